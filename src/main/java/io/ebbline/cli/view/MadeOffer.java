package io.ebbline.cli.view;

import io.ebbline.offer.Kind;
import io.ebbline.score.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best of a list of offers that was made.
 *
 * @param sku what it is an offer of; null: see {@code category}
 * @param category null with a null sku: anything in the shop
 * @param others how many more are on the list
 * @param propensity chance that it is taken up, 0 to 1
 * @param valueMinor what the shop earns by it then, minor units
 */
public record MadeOffer(
        long time,
        String customer,
        String offerId,
        Kind kind,
        @Nullable String sku,
        @Nullable String category,
        int others,
        double propensity,
        double valueMinor,
        List<Reason> reasons)
        implements OfferNews {}

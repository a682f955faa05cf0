package io.ebbline.offer;

import io.ebbline.model.Offer;
import io.ebbline.score.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that could be offered, before it is asked what stands in its way.
 *
 * @param offerId as in {@link OfferEffect.Offered}
 * @param sku what it is an offer of; null: see {@code category}
 * @param offer of the shop; null: a product by itself
 * @param again whether it is owned and known to be bought again
 * @param chance that what it is of is in the next order; NaN: not known
 * @param priceMinor what it usually sells for, minor units; NaN: not known
 * @param ends not to be offered from this instant on
 */
record Entrant(
        String offerId,
        Kind kind,
        @Nullable String sku,
        @Nullable String category,
        @Nullable Offer offer,
        boolean again,
        double chance,
        double priceMinor,
        long ends,
        List<Reason> reasons) {

    /** What stands before the sku in the id of an offer of a product. */
    static final String PRODUCT = "sku:";
}

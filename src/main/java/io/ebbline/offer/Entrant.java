package io.ebbline.offer;

import io.ebbline.model.Offer;
import org.jspecify.annotations.Nullable;

/**
 * Something that could be offered, before it is asked what stands in its way.
 *
 * @param sku what it is an offer of; null: see {@code category}
 * @param offer of the shop; null: a product by itself
 * @param again whether it is owned and known to be bought again
 * @param chance that what it is of is in the next order; NaN: not known
 * @param priceMinor what it usually sells for, minor units; NaN: not known
 * @param ends not to be offered from this instant on
 * @param why it may be taken up
 */
record Entrant(
        Kind kind,
        @Nullable String sku,
        @Nullable String category,
        @Nullable Offer offer,
        boolean again,
        double chance,
        double priceMinor,
        long ends,
        Candidate.Why why) {

    /** What stands before the sku in the id of an offer of a product. */
    static final String PRODUCT = "sku:";

    /** As in {@link OfferEffect.Offered}. */
    String offerId() {
        return offer == null ? PRODUCT + sku : offer.offerId();
    }
}

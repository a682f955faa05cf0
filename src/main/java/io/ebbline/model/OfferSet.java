package io.ebbline.model;

import java.util.List;

/**
 * The offers of a shop. A version takes the place of the one before it in its line.
 *
 * @param modelId the line of versions it belongs to
 * @param version 1, 2, 3 ...
 * @param effectiveFrom milliseconds since the epoch; see {@link ModelTimeline}
 * @param backdated takes effect at {@code effectiveFrom} though its record is newer, if it was read before the first event
 * @param note where it comes from
 */
public record OfferSet(
        String modelId, int version, long effectiveFrom, boolean backdated, List<Offer> offers, String note)
        implements ModelVersion {

    public OfferSet {
        ModelVersion.check(modelId, version);
        offers = List.copyOf(offers);
        ModelVersion.checkUnique("offerId", offers.stream().map(Offer::offerId));
    }
}

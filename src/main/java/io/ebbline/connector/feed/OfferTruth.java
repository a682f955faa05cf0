package io.ebbline.connector.feed;

/**
 * How the simulated customers of a segment take an offer that they are shown, though no event says so. Chances are of one
 * showing, 0 to 1.
 *
 * @param accepted that it is accepted by who is interested in the shop
 * @param acceptedGone the same of who has lost interest
 * @param rejected that it is rejected
 */
public record OfferTruth(String offerId, ShopSegment segment, double accepted, double acceptedGone, double rejected) {}

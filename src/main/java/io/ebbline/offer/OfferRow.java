package io.ebbline.offer;

import java.util.List;

/**
 * What became of an offer, from the beginning up to the end of a tick.
 *
 * @param offerId that of the shop's offer; of a product: {@code sku:} and the sku; of a kind: {@code kind:} and its name
 * @param made how often it was in a ranked list that was told
 * @param withdrawn how many of them were withdrawn
 * @param ended how many of them have expired: it is known what became of them
 * @param shown of those that ended, how many the channel reported as shown; the next four are counts of these, too
 * @param expired neither accepted nor rejected, nor was what they offer bought in their time
 * @param bought what they offer was bought in their time
 * @param heldOut how often it was decided on for a customer of the holdout group and its time is over
 * @param heldOutBought of these, how often what would have been offered was bought in that time
 * @param expected sum of the propensities of those that {@code calibration} counts
 * @param uplift bought per ended less bought per held out; NaN where there are none of either
 * @param upliftError its standard error (Agresti and Caffo 2000); NaN with it
 * @param calibration classes of propensity that hold any, ascending; of the shop's own offers only those count that were reported as
 *     shown or accepted
 */
public record OfferRow(
        String offerId,
        long made,
        long withdrawn,
        long ended,
        long shown,
        long accepted,
        long rejected,
        long expired,
        long bought,
        long heldOut,
        long heldOutBought,
        double expected,
        double uplift,
        double upliftError,
        List<PropensityClass> calibration) {

    /**
     * Offers that ended, by the propensity with which they were made.
     *
     * @param from the least propensity of the class; it ends where the next begins, the last with 1
     * @param taken how many of them were taken up: accepted or, of products, bought
     * @param expected sum of their propensities
     */
    public record PropensityClass(double from, long offers, long taken, double expected) {}

    public OfferRow {
        calibration = List.copyOf(calibration);
    }
}

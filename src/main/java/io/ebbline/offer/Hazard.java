package io.ebbline.offer;

/**
 * How likely something is in an order, given something else: counts drawn towards a prior, the posterior mean of a share whose
 * prior is worth {@link AffinityRules#SMOOTHING} orders.
 *
 * @param chances faded orders in which it could have happened
 */
record Hazard(double chances) {

    /** By how much the chance exceeds a base, from -1 to 1. */
    double excess(double count, double base, double prior) {
        double m = AffinityRules.SMOOTHING;
        return (count + m * prior) / (chances + m) - base;
    }

    /**
     * Whether a count is more than chance makes of a base: the log-likelihood ratio of a binomial share against the base (Dunning:
     * Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 1993).
     */
    boolean isSignificant(double count, double base, double threshold) {
        double expected = chances * base;
        if (count <= expected || count <= 0 || base >= 1) {
            return false;
        }
        if (expected <= 0) {
            return true;
        }
        double ratio = count * StrictMath.log(count / expected);
        if (chances > count) {
            ratio += (chances - count) * StrictMath.log((chances - count) / (chances - expected));
        }
        return 2 * ratio >= threshold;
    }
}

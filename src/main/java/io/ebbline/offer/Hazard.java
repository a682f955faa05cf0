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
        if (!maySignify(count, base, threshold)) {
            return false;
        }
        double ratio = count * StrictMath.log(count / expected);
        if (chances > count) {
            ratio += (chances - count) * StrictMath.log((chances - count) / (chances - expected));
        }
        return 2 * ratio >= threshold;
    }

    /** False only where {@link #isSignificant} is: the ratio is never above twice Pearson's chi-squared, which takes no logarithm. */
    boolean maySignify(double count, double base, double threshold) {
        double expected = chances * base;
        return count > expected && 2 * (count - expected) * (count - expected) >= threshold * expected * (1 - base);
    }

    /**
     * The threshold for a pair of a shop of so many products, by which of all its pairs {@link AffinityRules#ERRORS} at most are
     * expected to be significant by chance: a ratio above t has a probability below exp(-t / 2) (Chernoff 1952), by the number of pairs
     * (Bonferroni).
     */
    static double surely(int products) {
        double pairs = (double) products * (products - 1);
        return 2 * StrictMath.log(Math.max(1, pairs) / AffinityRules.ERRORS);
    }
}

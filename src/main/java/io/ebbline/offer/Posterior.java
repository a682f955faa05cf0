package io.ebbline.offer;

/**
 * What is known of a chance: a Beta distribution.
 *
 * @param alpha above 0
 * @param beta above 0
 */
public record Posterior(double alpha, double beta) {

    public Posterior {
        if (!(alpha > 0 && beta > 0)) {
            throw new IllegalArgumentException("A Beta distribution has no parameters " + alpha + " and " + beta + ".");
        }
    }

    /**
     * What is believed of one of several when the others are known: their mean, as sure as so many trials.
     *
     * @param trials above 0
     */
    public Posterior spread(double trials) {
        double mean = mean();
        return new Posterior(trials * mean, trials * (1 - mean));
    }

    /** This, after more trials. */
    public Posterior after(double successes, double failures) {
        return new Posterior(alpha + successes, beta + failures);
    }

    /** The expected chance. */
    public double mean() {
        return alpha / (alpha + beta);
    }

    /** The variance of the chance. */
    public double variance() {
        double sum = alpha + beta;
        return alpha * beta / (sum * sum * (sum + 1));
    }
}

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

    /** The expected chance. */
    public double mean() {
        return alpha / (alpha + beta);
    }

    /** Its variance. */
    public double variance() {
        double sum = alpha + beta;
        return alpha * beta / (sum * sum * (sum + 1));
    }

    /** The same chance, known as well as from so many trials at most. */
    public Posterior asSureAs(double trials) {
        double sum = alpha + beta;
        return sum <= trials ? this : new Posterior(alpha / sum * trials, beta / sum * trials);
    }
}

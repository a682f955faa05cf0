package io.ebbline.offer;

/**
 * What is known of an offer's fate: faded counts.
 *
 * @param shown how often it was shown
 * @param accepted how often it was accepted
 * @param rejected how often it was rejected
 * @param expired how often neither happened before it expired
 */
public record Posterior(double shown, double accepted, double rejected, double expired) {

    /** Nothing is known. */
    public static final Posterior NONE = new Posterior(0, 0, 0, 0);

    /** How often it was not accepted. */
    public double refused() {
        return rejected + expired;
    }
}

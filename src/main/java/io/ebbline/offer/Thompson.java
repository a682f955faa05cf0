package io.ebbline.offer;

import io.ebbline.event.Hash64;

/**
 * Draws from a beta distribution, the same ones for the same seed on every machine: what is known of an offer's acceptance,
 * drawn rather than averaged, so that offers of which little is known get their chance (Thompson: On the Likelihood that One
 * Unknown Probability Exceeds Another, Biometrika 25, 1933).
 *
 * <p>Bits by SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014, fig. 9 with the
 * constants of Stafford's mix 13); normals by the polar method (Marsaglia, Bray: A Convenient Method for Generating Normal
 * Variables, SIAM Review 6, 1964); gammas by Marsaglia, Tsang: A Simple Method for Generating Gamma Variables, ACM TOMS 26,
 * 2000, with its note on shapes below 1; a beta is the share of one gamma in two. For one thread.
 */
public final class Thompson {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    /** A sequence of draws. */
    public Thompson(long seed) {
        state = seed;
    }

    /** The sequence that belongs to a customer, an offer, an instant, and a version of the policy. */
    public static Thompson of(String customer, String offerId, long eventTime, String policyRef) {
        return new Thompson(Hash64.of(customer, offerId) ^ (Hash64.of(policyRef) + GOLDEN * eventTime));
    }

    /**
     * A draw from beta(accepted, refused), 0 to 1.
     *
     * @param accepted above 0
     * @param refused above 0
     */
    public double beta(double accepted, double refused) {
        double won = gamma(accepted);
        double lost = gamma(refused);
        if (won + lost > 0) {
            return won / (won + lost);
        }
        // Shapes so small that both vanish: all of the mass is at the ends.
        return uniform() * (accepted + refused) < accepted ? 1 : 0;
    }

    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = uniform();
                // Nearly all pass the first test, which needs no logarithm and lets nothing pass that the second does
                // not.
                if (u < 1 - .0331 * x * x * x * x
                        || StrictMath.log(u) < .5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }

    private double normal() {
        while (true) {
            double u = 2 * uniform() - 1;
            double v = 2 * uniform() - 1;
            double s = u * u + v * v;
            if (s < 1 && s > 0) {
                return u * Math.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /** Above 0, below 1. */
    private double uniform() {
        state += GOLDEN;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z = z ^ (z >>> 31);
        return ((z >>> 11) + .5) * 0x1p-53;
    }
}

package io.ebbline.model;

import java.time.Duration;

/**
 * How fast the past fades. A trend holds a fast and a slow decayed sum against each other.
 *
 * @param fastHalfLifeMillis half-life of the recent rate of spend and contacts
 * @param slowHalfLifeMillis half-life of the usual rate of spend and contacts; longer than the fast one
 * @param contactHalfLifeMillis half-life of contacts by type, channel and hour
 * @param tasteHalfLifeMillis half-life of what orders and opinions say of tastes, deals and contentment
 * @throws IllegalArgumentException when one is not positive, or the slow one is not the longer
 */
public record DecayRules(
        long fastHalfLifeMillis, long slowHalfLifeMillis, long contactHalfLifeMillis, long tasteHalfLifeMillis) {

    private static final double LN_2 = StrictMath.log(2);

    public DecayRules {
        if (fastHalfLifeMillis <= 0 || contactHalfLifeMillis <= 0 || tasteHalfLifeMillis <= 0) {
            throw new IllegalArgumentException("Half-lives are " + fastHalfLifeMillis + ", " + contactHalfLifeMillis
                    + " and " + tasteHalfLifeMillis + " ms: they must be positive.");
        }
        if (slowHalfLifeMillis <= fastHalfLifeMillis) {
            throw new IllegalArgumentException("The slow half-life, " + slowHalfLifeMillis
                    + " ms, must be longer than the fast one, " + fastHalfLifeMillis + " ms.");
        }
    }

    /** Decay of the fast sum, per millisecond. */
    public double fast() {
        return LN_2 / fastHalfLifeMillis;
    }

    /** Decay of the slow sum, per millisecond. */
    public double slow() {
        return LN_2 / slowHalfLifeMillis;
    }

    /**
     * Three weeks against thirteen, which docs/quality.md weighs; contacts by channel and hour over thirteen weeks; tastes over a
     * year.
     */
    public static DecayRules shipped() {
        return new DecayRules(
                Duration.ofDays(21).toMillis(),
                Duration.ofDays(91).toMillis(),
                Duration.ofDays(91).toMillis(),
                Duration.ofDays(365).toMillis());
    }
}

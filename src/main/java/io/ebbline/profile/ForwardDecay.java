package io.ebbline.profile;

/**
 * Weights that halve with every half-life, without touching what was weighed before.
 *
 * <p>Forward decay (Cormode, Shkapenyuk, Srivastava, Xu: Forward Decay, ICDE 2009, exponential decay): what happens at t is
 * added with the weight 2^((t - L) / half-life) for a landmark L, and a level as of an instant is its sum times
 * 2^((L - asOf) / half-life). So nothing needs touching as time passes, something late counts with its own age, and the ratio
 * of two sums is the ratio of their levels at any instant. The same things in the same order give the same bits; in another
 * order they differ by rounding alone. Mutable, for one thread.
 *
 * <p>Half-life and instants are milliseconds (since the epoch).
 */
public final class ForwardDecay {

    private static final double LN_2 = 0.6931471805599453;

    /** The landmark moves before a weight exceeds e to this; a sum of amounts below e^100 overflows beyond e^609. */
    private static final double GREATEST_EXPONENT = 500;

    /** 0 before the first weight. */
    private long halfLifeMillis;

    private long landmark;

    /**
     * Makes ready for {@link #weight}.
     *
     * @param time of what is to be weighed, not after {@code asOf}
     * @param millis the half-life; when it is another one than before, what was weighed has decayed by the old one up to
     *     {@code asOf} and goes on by this one
     * @param asOf when it is weighed, not before any earlier one: for what comes late the latest instant of the customer
     * @return what the sums so far must be multiplied by; 1 when they stay as they are
     * @throws IllegalArgumentException when the half-life is not positive
     */
    double prepare(long time, long millis, long asOf) {
        if (millis == halfLifeMillis) {
            return exponent(time) > GREATEST_EXPONENT ? moveLandmark(asOf) : 1;
        }
        if (millis <= 0) {
            throw new IllegalArgumentException("A half-life must be positive, not " + millis + " ms.");
        }
        double factor = 1;
        if (halfLifeMillis == 0) {
            landmark = asOf;
        } else {
            factor = moveLandmark(asOf);
        }
        halfLifeMillis = millis;
        return factor;
    }

    /** What something at that time weighs; below {@link Double#MIN_NORMAL} it is too old to count. */
    double weight(long time) {
        return StrictMath.exp(exponent(time));
    }

    /** The level of a sum of weights as of an instant. */
    double level(double sum, long asOf) {
        return sum == 0 ? 0 : sum * StrictMath.exp(-exponent(asOf));
    }

    /** The half-life that the sums go by; 0 when nothing was weighed. */
    public long halfLifeMillis() {
        return halfLifeMillis;
    }

    /** L. */
    public long landmark() {
        return landmark;
    }

    /** Takes over what stored sums go by. */
    public void restore(long storedHalfLifeMillis, long storedLandmark) {
        halfLifeMillis = storedHalfLifeMillis;
        landmark = storedLandmark;
    }

    private double exponent(long instant) {
        return LN_2 * (instant - landmark) / halfLifeMillis;
    }

    private double moveLandmark(long to) {
        double factor = StrictMath.exp(-exponent(to));
        landmark = to;
        return factor;
    }
}

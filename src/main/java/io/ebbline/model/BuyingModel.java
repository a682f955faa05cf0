package io.ebbline.model;

import static io.ebbline.model.Crossing.DAY_MILLIS;

/**
 * The chances that a customer is alive and buys, and the silence at which they sink below a threshold, on whole
 * milliseconds.
 *
 * <p>P(alive) is that of {@code repeat}; P(buy) is the mean of both models' chances of a purchase within the horizon: one
 * knows drop-out, the other forgets, and on real histories their mean ranks about as well as the better of the two, or better.
 *
 * <p>A customer is given as in {@link RepeatBuying}, with times in milliseconds, and by a decayed count as of the last
 * occasion as in {@link DecayedBuying#pBuy}.
 *
 * @param horizonMillis how far ahead P(buy) looks, positive
 * @throws IllegalArgumentException when the horizon is not positive
 */
public record BuyingModel(RepeatBuying repeat, DecayedBuying decayed, long horizonMillis) {

    /** 100 years: a silence that is as good as endless. */
    private static final long ENDLESS_MILLIS = 36_525L * 86_400_000L;

    public BuyingModel {
        if (horizonMillis <= 0) {
            throw new IllegalArgumentException(
                    "horizonMillis is " + horizonMillis + ": it must be positive, 26 weeks for instance.");
        }
    }

    /**
     * What Ebbline ships, fitted to the 23,570 CDNOW customers who first bought in early 1997, 39 weeks from 1997-01-01 to
     * 1997-09-30, one occasion a day. MBG/NBD by maximum likelihood (log-likelihood -142,694.57); the decayed gamma-Poisson by
     * the summed log-loss of "buys before the end of the 39 weeks" as of the ends of weeks 21, 26 and 31. Horizon: 26 weeks.
     *
     * <p>They know a shop of CDs: fit your own when you have a history.
     */
    public static BuyingModel shipped() {
        return new BuyingModel(
                new RepeatBuying(RepeatBuying.Family.MBG, 1, .6371, 51.17, .8075, 1.2284),
                new DecayedBuying(.279, 139.1, .00934),
                182L * 86_400_000L);
    }

    /** The chance that the customer has not dropped out, 0 to 1. */
    public double pAlive(long repeats, long spanMillis, long silenceMillis) {
        return repeat.pAlive(repeats, spanMillis / DAY_MILLIS, silenceMillis / DAY_MILLIS);
    }

    /** The chance of a purchase within the horizon, 0 to 1. */
    public double pBuy(long repeats, double decayedCount, long spanMillis, long silenceMillis) {
        return at(repeats, decayedCount, spanMillis / DAY_MILLIS, silenceMillis / DAY_MILLIS)
                .value();
    }

    /**
     * The smallest silence, not below {@code fromMillis}, at which P(alive) is below {@code p}; {@code Long.MAX_VALUE} when
     * that takes 100 years. Exact with respect to {@link #pAlive} as computed.
     *
     * @throws IllegalArgumentException when p is not above 0 and below 1
     */
    public long aliveFallsBelow(double p, long repeats, long spanMillis, long fromMillis) {
        Parameters.requireChance(p);
        if (pAlive(repeats, spanMillis, fromMillis) < p) {
            return fromMillis;
        }
        double guess = repeat.silenceUntilAlive(repeats, spanMillis / DAY_MILLIS, p) * DAY_MILLIS;
        if (guess > 2.0 * ENDLESS_MILLIS) {
            return Long.MAX_VALUE;
        }
        return Crossing.exact(silence -> pAlive(repeats, spanMillis, silence) < p, guess, fromMillis, ENDLESS_MILLIS);
    }

    /**
     * The smallest silence, not below {@code fromMillis}, at which P(buy) is below {@code q} and stays so as the silence goes
     * on; {@code Long.MAX_VALUE} when that takes 100 years. Exact with respect to {@link #pBuy} as computed.
     *
     * <p>With k = 1 P(buy) only falls. With a greater k it may fall, rise until a purchase is due, and then fall for good.
     *
     * @throws IllegalArgumentException when q is not above 0 and below 1
     */
    public long fallsBelow(double q, long repeats, double decayedCount, long spanMillis, long fromMillis) {
        Parameters.requireChance(q);
        double spanDays = spanMillis / DAY_MILLIS;
        Crossing.Curve curve = days -> at(repeats, decayedCount, spanDays, days);
        long from = fromMillis;
        if (repeat.k() > 1) {
            Crossing.Curve rising = days -> repeat.buying(repeats, spanDays, days, horizonMillis / DAY_MILLIS);
            long gap = 1 + (long) (repeat.expectedGapDays(repeats, spanDays) * DAY_MILLIS);
            from = Crossing.lastReached(curve, rising, q, fromMillis, gap, ENDLESS_MILLIS);
        }
        Point start = curve.at(from / DAY_MILLIS);
        if (start.value() < q) {
            return fromMillis;
        }
        double scale = repeat.alphaDays() + spanDays;
        double guess =
                Crossing.guess(curve, q, from / DAY_MILLIS, start, scale, ENDLESS_MILLIS / DAY_MILLIS) * DAY_MILLIS;
        if (guess == Double.POSITIVE_INFINITY) {
            return Long.MAX_VALUE;
        }
        return Crossing.exact(
                silence -> pBuy(repeats, decayedCount, spanMillis, silence) < q, guess, from, ENDLESS_MILLIS);
    }

    private Point at(long repeats, double decayedCount, double spanDays, double silenceDays) {
        double horizonDays = horizonMillis / DAY_MILLIS;
        Point one = repeat.buying(repeats, spanDays, silenceDays, horizonDays);
        Point other = decayed.buying(decayedCount, spanDays, silenceDays, horizonDays);
        return new Point((one.value() + other.value()) / 2, (one.slope() + other.slope()) / 2);
    }
}

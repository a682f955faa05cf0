package io.ebbline.model;

import static io.ebbline.model.Crossing.DAY_MILLIS;

import org.jspecify.annotations.Nullable;

/**
 * The chances that a customer is alive and buys, and the silence at which they sink below a threshold, on whole
 * milliseconds.
 *
 * <p>P(alive) is that of {@code repeat}. P(buy) is the mean of both models' chances of a purchase within the horizon: one
 * knows drop-out, the other forgets, and on real histories their mean ranks about as well as the better of the two, or better.
 * With a layer P(buy) is the mean of that mean and of the layer's chance.
 *
 * @param horizonMillis how far ahead P(buy) looks, positive
 * @param layer what else tells of a purchase; null when no history was long enough to learn it from
 * @throws IllegalArgumentException when the horizon is not positive
 */
public record BuyingModel(
        RepeatBuying repeat,
        DecayedBuying decayed,
        long horizonMillis,
        @Nullable BuyingLayer layer) {

    /** 100 years: a silence that is as good as endless. */
    private static final long ENDLESS_MILLIS = 36_525L * 86_400_000L;

    public BuyingModel {
        if (horizonMillis <= 0) {
            throw new IllegalArgumentException(
                    "horizonMillis is " + horizonMillis + ": it must be positive, 26 weeks for instance.");
        }
    }

    /** A model without a layer. */
    public BuyingModel(RepeatBuying repeat, DecayedBuying decayed, long horizonMillis) {
        this(repeat, decayed, horizonMillis, null);
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

    /** The half-life by which repeats fade in {@link Evidence#recentRepeats}. */
    public long orderHalfLifeMillis() {
        return layer == null ? BuyingLayer.ORDER_HALF_LIFE_MILLIS : layer.orderHalfLifeMillis();
    }

    /** The half-life by which purchases fade in {@link Evidence#recentSpendMinor}. */
    public long spendHalfLifeMillis() {
        return layer == null ? BuyingLayer.SPEND_HALF_LIFE_MILLIS : layer.spendHalfLifeMillis();
    }

    /** The chance of a purchase within the horizon, 0 to 1. */
    public double pBuy(Evidence evidence, long silenceMillis) {
        return curve(evidence).at(silenceMillis / DAY_MILLIS).value();
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
    public long fallsBelow(double q, Evidence evidence, long fromMillis) {
        Parameters.requireChance(q);
        double spanDays = evidence.spanMillis() / DAY_MILLIS;
        Crossing.Curve curve = curve(evidence);
        long from = fromMillis;
        if (repeat.k() > 1) {
            // Of all that P(buy) is made of, the chance of the repeat model alone ever rises, and it rises with it.
            Crossing.Curve rising =
                    days -> repeat.buying(evidence.repeats(), spanDays, days, horizonMillis / DAY_MILLIS);
            long gap = 1 + (long) (repeat.expectedGapDays(evidence.repeats(), spanDays) * DAY_MILLIS);
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
        return Crossing.exact(silence -> curve.at(silence / DAY_MILLIS).value() < q, guess, from, ENDLESS_MILLIS);
    }

    /** P(buy) over silence. */
    Crossing.Curve curve(Evidence evidence) {
        double spanDays = evidence.spanMillis() / DAY_MILLIS;
        double horizonDays = horizonMillis / DAY_MILLIS;
        double constant = layer == null ? 0 : layer.constant(evidence);
        return silenceDays -> {
            Point one = repeat.buying(evidence.repeats(), spanDays, silenceDays, horizonDays);
            Point other = decayed.buying(evidence.decayedRepeats(), spanDays, silenceDays, horizonDays);
            Point mean = mean(one, other);
            return layer == null ? mean : mean(layer.at(constant, evidence, silenceDays, one, other), mean);
        };
    }

    private static Point mean(Point one, Point other) {
        return new Point((one.value() + other.value()) / 2, (one.slope() + other.slope()) / 2);
    }
}

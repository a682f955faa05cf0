package io.ebbline.model;

import static io.ebbline.model.Crossing.DAY_MILLIS;

/**
 * A logistic regression stacked (Wolpert 1992) on two chances of a purchase within a horizon: what they miss is how much and
 * how much at a time a customer buys, and how many of the repeats are recent.
 *
 * <p>sigma(z), z = intercept + {@code repeat} l(q1) + {@code decayed} l(q2) + {@code repeats} ln(1 + x)
 * + {@code recentRepeats} ln(.05 + C) + {@code recentSpend} ln(1 + S / unit) + {@code units} ln(1 + u), where q1 is the chance
 * of {@link RepeatBuying}, q2 that of {@link DecayedBuying}, x the repeats, C the decayed repeats, S the decayed spend and u the
 * units per occasion of an {@link Evidence}. l(q) = ln((q + .02) / (1 - q + .02)) are log odds that take a chance of nearly
 * nothing, and one of nearly 1, for less sure than the models do.
 *
 * <p>Where q1 falls in silence, so does the layer: whatever changes in silence has a slope that is not negative.
 *
 * @param repeat slope of l(q1), 0 or more
 * @param decayed slope of l(q2), 0 or more
 * @param repeats slope of ln(1 + x)
 * @param recentRepeats slope of ln(.05 + C), 0 or more
 * @param recentSpend slope of ln(1 + S / unit), 0 or more
 * @param units slope of ln(1 + u)
 * @param orderHalfLifeMillis half-life of C, a day or more
 * @param spendHalfLifeMillis half-life of S, a day or more
 * @param moneyUnitMinor what spend is counted in, minor units, positive: the shop's mean order, so that the currency does not
 *     matter
 * @throws IllegalArgumentException when a number is out of its range
 */
public record BuyingLayer(
        double intercept,
        double repeat,
        double decayed,
        double repeats,
        double recentRepeats,
        double recentSpend,
        double units,
        long orderHalfLifeMillis,
        long spendHalfLifeMillis,
        double moneyUnitMinor) {

    /** The half-life of C where nothing else is known: 52 weeks. */
    public static final long ORDER_HALF_LIFE_MILLIS = 364L * 86_400_000L;

    /** The half-life of S where nothing else is known: 52 weeks. */
    public static final long SPEND_HALF_LIFE_MILLIS = 364L * 86_400_000L;

    private static final double LN_2 = 0.6931471805599453;

    /** Keeps the logarithm of a count finite; so little is left of a repeat after more than four half-lives. */
    private static final double FEW = .05;

    private static final double SOFT = .02;

    public BuyingLayer {
        Parameters.requireFinite("layer.intercept", intercept);
        requireRising("layer.repeat", repeat);
        requireRising("layer.decayed", decayed);
        Parameters.requireFinite("layer.repeats", repeats);
        requireRising("layer.recentRepeats", recentRepeats);
        requireRising("layer.recentSpend", recentSpend);
        Parameters.requireFinite("layer.units", units);
        requireDay("layer.orderHalfLifeMillis", orderHalfLifeMillis);
        requireDay("layer.spendHalfLifeMillis", spendHalfLifeMillis);
        Parameters.requirePositive("layer.moneyUnitMinor", moneyUnitMinor);
    }

    private static void requireRising(String name, double slope) {
        if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " is " + slope
                            + ": it must be 0 or more and finite, or the chance would rise in silence; leave the term out and fit anew.");
        }
    }

    private static void requireDay(String name, long halfLifeMillis) {
        if (halfLifeMillis < 86_400_000) {
            throw new IllegalArgumentException(
                    name + " is " + halfLifeMillis + ": it must be a day (86400000) or more.");
        }
    }

    /** This layer with another intercept. */
    public BuyingLayer withIntercept(double other) {
        return new BuyingLayer(
                other,
                repeat,
                decayed,
                repeats,
                recentRepeats,
                recentSpend,
                units,
                orderHalfLifeMillis,
                spendHalfLifeMillis,
                moneyUnitMinor);
    }

    /** What is left of a customer's spend after a silence, minor units. */
    public double recentSpendMinor(Evidence evidence, long silenceMillis) {
        return evidence.recentSpendMinor()
                * StrictMath.exp(-lambdaPerDay(spendHalfLifeMillis) * (silenceMillis / DAY_MILLIS));
    }

    /** What of z stays the same however long the silence. */
    double constant(Evidence evidence) {
        return intercept
                + repeats * StrictMath.log1p((double) evidence.repeats())
                + units * StrictMath.log1p(evidence.unitsPerOccasion());
    }

    /** The layer's chance, from the chances of the models below it. */
    Point at(double constant, Evidence evidence, double silenceDays, Point one, Point other) {
        double orderLambda = lambdaPerDay(orderHalfLifeMillis);
        double spendLambda = lambdaPerDay(spendHalfLifeMillis);
        double ordersLeft = StrictMath.exp(-orderLambda * silenceDays);
        double spendLeft = spendLambda == orderLambda ? ordersLeft : StrictMath.exp(-spendLambda * silenceDays);
        double count = evidence.recentRepeats() * ordersLeft;
        double spend = evidence.recentSpendMinor() / moneyUnitMinor * spendLeft;
        double z = constant
                + repeat * logOdds(one.value())
                + decayed * logOdds(other.value())
                + recentRepeats * StrictMath.log(FEW + count)
                + recentSpend * StrictMath.log1p(spend);
        double slope = repeat * logOddsSlope(one)
                + decayed * logOddsSlope(other)
                - recentRepeats * orderLambda * count / (FEW + count)
                - recentSpend * spendLambda * spend / (1 + spend);
        double value = 1 / (1 + StrictMath.exp(-z));
        return new Point(value, value * (1 - value) * slope);
    }

    /** l(q): log odds of a chance, about -4 to 4. */
    public static double logOdds(double chance) {
        return StrictMath.log((chance + SOFT) / (1 - chance + SOFT));
    }

    private static double logOddsSlope(Point chance) {
        return chance.slope() * (1 / (chance.value() + SOFT) + 1 / (1 - chance.value() + SOFT));
    }

    private static double lambdaPerDay(long halfLifeMillis) {
        return LN_2 * DAY_MILLIS / halfLifeMillis;
    }
}

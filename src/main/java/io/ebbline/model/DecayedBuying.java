package io.ebbline.model;

/**
 * Whether a customer buys, from a count that forgets: a decayed gamma-Poisson model. Purchases count e^(-lambda age) each,
 * and so does the time in which they could have come; the rate is Gamma(r, alpha) over customers. What was long ago then
 * weighs little, which does the work of a drop-out.
 *
 * @param r shape of the purchase rates, positive
 * @param alphaDays their scale, days, positive
 * @param lambdaPerDay how fast the past fades, per day, positive
 * @throws IllegalArgumentException when a parameter is out of its range
 */
public record DecayedBuying(double r, double alphaDays, double lambdaPerDay) {

    public DecayedBuying {
        Parameters.requirePositive("r", r);
        Parameters.requirePositive("alphaDays", alphaDays);
        Parameters.requirePositive("lambdaPerDay", lambdaPerDay);
    }

    /**
     * The chance of a purchase within the next {@code horizonDays}. Falls in silence, but not to zero: who has been silent for
     * ever is taken for a customer of the population's rate, of whom nothing has been seen for 1 / lambda days.
     *
     * <p>1 - ((alpha + E) / (alpha + E + H))^(r + C), with C = {@code decayedCount} e^(-lambda g), E = (1 - e^(-lambda T)) /
     * lambda, T = tx + g.
     *
     * @param decayedCount sum of e^(-lambda age) over the repeat purchases, ages as of the last of them (which counts 1);
     *     0 for who bought once
     * @param spanDays from the first purchase occasion to the last, 0 or more
     * @param silenceDays since the last, 0 or more
     */
    public double pBuy(double decayedCount, double spanDays, double silenceDays, double horizonDays) {
        return buying(decayedCount, spanDays, silenceDays, horizonDays).value();
    }

    Point buying(double decayedCount, double spanDays, double silenceDays, double horizonDays) {
        double count = decayedCount * StrictMath.exp(-lambdaPerDay * silenceDays);
        double gone = -StrictMath.expm1(-lambdaPerDay * (spanDays + silenceDays));
        double scale = alphaDays + gone / lambdaPerDay;
        double n = r + count;
        double log = StrictMath.log1p(horizonDays / scale);
        double value = -StrictMath.expm1(-n * log);
        double slope = -(1 - value)
                * (lambdaPerDay * count * log + n * (1 - gone) * horizonDays / (scale * (scale + horizonDays)));
        return new Point(value, slope);
    }
}

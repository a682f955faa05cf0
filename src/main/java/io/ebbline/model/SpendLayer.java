package io.ebbline.model;

/**
 * What a customer will spend, told from what a {@link ValueModel} expects of orders and spend, and from what that leaves out:
 * recent spend, silence and the usual amount. A log-linear regression, fitted on spend that came after inner cuts of a history.
 *
 * <p>spend = unit exp(intercept + base ln(expected / unit + 1/10) + recent ln(1 + recent / unit) + silence ln(1 + weeks) + mean
 * ln(1 + mean / unit)). The unit keeps it from knowing the currency.
 *
 * @param unitMinor unit of the money, minor units, positive
 * @param base exponent of the expected spend, 0 or more: who is expected to spend more is never told to spend less
 * @throws IllegalArgumentException when a number is not finite or out of its range
 */
public record SpendLayer(double unitMinor, double intercept, double base, double recent, double silence, double mean) {

    /** How fast recent spend fades: half in 13 weeks. */
    public static final double LAMBDA_PER_DAY = StrictMath.log(2) / 91;

    private static final double WEEK_DAYS = 7;

    public SpendLayer {
        Parameters.requirePositive("unitMinor", unitMinor);
        Parameters.requireAmount("base", base);
        Parameters.requireFinite("intercept", intercept);
        Parameters.requireFinite("recent", recent);
        Parameters.requireFinite("silence", silence);
        Parameters.requireFinite("mean", mean);
    }

    /**
     * Expected spend within the horizon that the layer was fitted for, minor units.
     *
     * @param expectedMinor what the models below expect within that horizon, minor units, 0 or more
     */
    public double spendMinor(Past past, double expectedMinor) {
        double[] terms = terms(past, expectedMinor, unitMinor);
        return unitMinor
                * StrictMath.exp(
                        intercept + base * terms[0] + recent * terms[1] + silence * terms[2] + mean * terms[3]);
    }

    /** The four logarithms that the weights belong to, in the order of the components. */
    public static double[] terms(Past past, double expectedMinor, double unitMinor) {
        return new double[] {
            StrictMath.log(expectedMinor / unitMinor + .1),
            StrictMath.log1p(past.recentMinor() / unitMinor),
            StrictMath.log1p(past.silenceDays() / WEEK_DAYS),
            StrictMath.log1p(past.meanMinor() / unitMinor)
        };
    }
}

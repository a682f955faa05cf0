package io.ebbline.backtest.measure;

/** The chi-squared distribution. */
public final class ChiSquare {

    /** From here on the continued fraction of erfc converges fast, below it the series of erf does. */
    private static final double TURN = 2;

    private ChiSquare() {}

    /**
     * The chance of that much or more: by recurrence over the degrees of freedom (Abramowitz and Stegun 26.4.8) from one or two.
     *
     * @param x 0 or more
     * @param degrees of freedom, 1 or more
     */
    public static double above(double x, int degrees) {
        double half = x / 2;
        boolean even = degrees % 2 == 0;
        double sum = even ? 0 : erfc(Math.sqrt(half));
        double term = StrictMath.exp(-half) * (even ? 1 : 2 * Math.sqrt(half / Math.PI));
        double k = even ? 1 : 1.5;
        for (int terms = degrees / 2; terms > 0; terms--) {
            sum += term;
            term *= half / k;
            k++;
        }
        return Math.min(1, sum);
    }

    /** The complementary error function (Abramowitz and Stegun 7.1.5, 7.1.14) of a number of 0 or more. */
    private static double erfc(double z) {
        if (z < TURN) {
            double term = z;
            double sum = z;
            for (int n = 1; Math.abs(term) > 1e-17 * sum; n++) {
                term *= -z * z / n;
                sum += term / (2 * n + 1);
            }
            return 1 - 2 / Math.sqrt(Math.PI) * sum;
        }
        double fraction = z;
        for (int n = 60; n > 0; n--) {
            fraction = z + n / 2.0 / fraction;
        }
        return StrictMath.exp(-z * z) / Math.sqrt(Math.PI) / fraction;
    }
}

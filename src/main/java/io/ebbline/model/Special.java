package io.ebbline.model;

/** Functions that the models share, to about 14 digits, with the same bits on every machine. */
final class Special {

    private static final double HALF_LOG_TWO_PI = .9189385332046728;

    private static final double[] BERNOULLI = {
        1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360_360.0, 1 / 156.0
    };

    /** From here on these terms reach a double's last digit. */
    private static final double STIRLING = 12;

    private Special() {}

    /**
     * Natural logarithm of the gamma function: Stirling's series (Abramowitz and Stegun 6.1.41) after the recurrence has taken
     * small arguments there. Off by at most about 1e-14, absolutely where the result is small, else relatively.
     *
     * @param x positive
     */
    static double logGamma(double x) {
        double product = 1;
        double y = x;
        while (y < STIRLING) {
            product *= y;
            y++;
        }
        double w = 1 / (y * y);
        double series = 0;
        for (int i = BERNOULLI.length - 1; i >= 0; i--) {
            series = series * w + BERNOULLI[i];
        }
        double stirling = (y - .5) * StrictMath.log(y) - y + HALF_LOG_TWO_PI + series / y;
        return product == 1 ? stirling : stirling - StrictMath.log(product);
    }

    /** Natural logarithm of the beta function, both arguments positive. */
    static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** (1 - e^(c y)) / c, which is -y at c = 0; y is 0 or less. */
    static double saturation(double c, double y) {
        return Math.abs(c) < 1e-18 ? -y : -StrictMath.expm1(c * y) / c;
    }

    /**
     * The hypergeometric function 2F1(1, a; c; z) by Gauss's continued fraction (DLMF 15.7.5), which converges fast even near
     * z = 1, where the series crawls.
     *
     * @param a positive
     * @param c above a and above 1
     * @param z 0 to below 1
     */
    static double gaussFraction(double a, double c, double z) {
        // 1 / (1 - u1 z / (1 - u2 z / (1 - ...))), forward by Steed's method: each step adds a
        // correction to the value so far.
        double value = 1;
        double correction = 1;
        double d = 1;
        for (int i = 1; i <= 100_000; i++) {
            double k = i >> 1;
            double u = (i & 1) == 1
                    ? (a + k) / (c - 1 + 2 * k) * ((c - 1 + k) / (c + 2 * k))
                    : k / (c - 2 + 2 * k) * ((c - 1 - a + k) / (c - 1 + 2 * k));
            d = 1 / (1 - u * z * d);
            correction *= d - 1;
            value += correction;
            if (correction <= 1e-17 * value) {
                break;
            }
        }
        return value;
    }
}

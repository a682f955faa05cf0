package io.ebbline.offer;

/**
 * Classes of propensity, finer where propensities are small: they begin at 0, 1, 2 and 5 ten-thousandths, thousandths,
 * hundredths and tenths. The last ends with 1. Chances of products are mostly below a tenth.
 */
public final class PropensityClasses {

    /** How many there are. */
    public static final int SIZE = 13;

    private static final double[] FROM = {0, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, .01, .02, .05, .1, .2, .5};

    private PropensityClasses() {}

    /** Number of the class that holds a propensity, from 0. */
    public static int of(double propensity) {
        int at = SIZE - 1;
        while (at > 0 && propensity < FROM[at]) {
            at--;
        }
        return at;
    }

    /** The least propensity of a class. */
    public static double from(int number) {
        return FROM[number];
    }
}

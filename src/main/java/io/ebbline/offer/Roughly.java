package io.ebbline.offer;

/**
 * Fast functions whose last digits may be others on another machine. They decide what is looked at closely, with room for that, and
 * are nothing to be told: what is told is worked out by {@link StrictMath}.
 */
final class Roughly {

    /** Below it 1 - e^-x is x less half its square, from it on the difference has digits enough. */
    private static final double SMALL = 1e-5;

    private Roughly() {}

    /** About ln(x). */
    static double log(double x) {
        return Math.log(x);
    }

    /** About ln(1 + x). */
    static double log1p(double x) {
        return Math.log(1 + x);
    }

    /** About 1 - e^-x, of x from 0 on; off by less than a billionth of itself. */
    static double oneLessExp(double x) {
        return x < SMALL ? x * (1 - x / 2) : 1 - Math.exp(-x);
    }

    /** About e^x. */
    static double exp(double x) {
        return Math.exp(x);
    }
}

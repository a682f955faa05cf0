package io.ebbline.offer;

/**
 * Fast functions whose last digits may be others on another machine. They decide what is looked at closely, with room for that, and
 * are nothing to be told: what is told is worked out by {@link StrictMath}.
 */
final class Roughly {

    private Roughly() {}

    /** About ln(x). */
    static double log(double x) {
        return Math.log(x);
    }

    /** About ln(1 + x). */
    static double log1p(double x) {
        return Math.log(1 + x);
    }

    /** About e^x. */
    static double exp(double x) {
        return Math.exp(x);
    }
}

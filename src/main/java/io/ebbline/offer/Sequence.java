package io.ebbline.offer;

/**
 * Which of two products customers bought first. Who likes one of two products of a kind likes the other, so owners of one buy the
 * other more often than anybody does; but that alone makes neither of them the first. Where one leads on to the other, it is
 * (sequence symmetry analysis: Hallas: Evidence of Depression Provoked by Cardiovascular Medication, Epidemiology 1996). So each
 * customer is compared with themselves, and tastes cancel out.
 */
final class Sequence {

    private Sequence() {}

    /**
     * How surely the odds of after to before exceed some odds: the log-likelihood ratio of a binomial share; negative where they are
     * below. Of counts of independent events, it reaches t by chance with a probability below exp(-t / 2) (Chernoff 1952).
     *
     * @param odds that are to be exceeded, above 0
     */
    static double ratio(double after, double before, double odds) {
        double all = after + before;
        double expected = all * odds / (1 + odds);
        double ratio = 2 * (term(after, expected) + term(before, all - expected));
        return after > expected ? ratio : -ratio;
    }

    /** What {@link #ratio} is at most where the odds are even, without a logarithm: that of x is below x - 1. */
    static double atMost(double after, double before) {
        return 2 * (after - before) * (after - before) / (after + before);
    }

    private static double term(double count, double expected) {
        return count > 0 ? count * StrictMath.log(count / expected) : 0;
    }
}

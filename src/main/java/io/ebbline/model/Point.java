package io.ebbline.model;

/**
 * A point of a chance's curve over a customer's silence.
 *
 * @param value the chance, 0 to 1
 * @param rest 1 less the chance, without cancellation where the chance is near 1
 * @param slope the chance's change per day of silence
 */
record Point(double value, double rest, double slope) {

    private static final double LEAST = 1e-300;

    /** 1 less a chance, from the logarithm of that where the difference would lose digits. */
    static double rest(double value, double logRest) {
        return value < .5 ? 1 - value : StrictMath.exp(logRest);
    }

    /** Log odds of the chance, about -690 to 690. */
    double logit() {
        return StrictMath.log(Math.max(LEAST, value) / Math.max(LEAST, rest));
    }

    /** Change of the log odds per day of silence. */
    double logitSlope() {
        return slope / (Math.max(LEAST, value) * Math.max(LEAST, rest));
    }
}

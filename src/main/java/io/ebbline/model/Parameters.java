package io.ebbline.model;

/** Checks of fitted numbers. */
final class Parameters {

    private Parameters() {}

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": it must be positive and finite; fit the model anew.");
        }
    }

    static void requireChance(double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "The threshold is " + value + ": choose a probability above 0 and below 1.");
        }
    }
}

package io.ebbline.model;

/** Checks of the numbers that formulas are given. */
final class Parameters {

    private Parameters() {}

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": it must be positive and finite; fit the model anew.");
        }
    }

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be finite; fit the model anew.");
        }
    }

    static void requireChance(double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "The threshold is " + value + ": choose a probability above 0 and below 1.");
        }
    }

    static void requireAmount(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be 0 or more, and finite.");
        }
    }

    static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be from 0 to 1; write 30 % as 0.3.");
        }
    }

    static void requireRate(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The discount rate is " + value + ": choose 0 or more; write 9 % as 0.09.");
        }
    }
}

package io.ebbline.score;

/**
 * A code with its number.
 *
 * @param value the customer's number, in the unit that the code says
 * @param reference what it is held against, in the same unit; NaN when there is nothing
 */
public record Reason(ReasonCode code, double value, double reference) {

    /** A reason without a reference. */
    public static Reason of(ReasonCode code, double value) {
        return new Reason(code, value, Double.NaN);
    }
}

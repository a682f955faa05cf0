package io.ebbline.score;

import org.jspecify.annotations.Nullable;

/**
 * A code with its number.
 *
 * @param value the customer's number, in the unit that the code says
 * @param reference what it is held against, in the same unit; NaN when there is nothing
 * @param label a name that belongs to it, such as a channel or a type of contact; null when there is none
 */
public record Reason(
        ReasonCode code,
        double value,
        double reference,
        @Nullable String label) {

    /** A reason without a label. */
    public Reason(ReasonCode code, double value, double reference) {
        this(code, value, reference, null);
    }

    /** A reason without a reference. */
    public static Reason of(ReasonCode code, double value) {
        return new Reason(code, value, Double.NaN);
    }
}

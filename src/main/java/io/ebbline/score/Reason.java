package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
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

    private static final double DAY_MILLIS = 86_400_000;

    /** A reason without a label. */
    public Reason(ReasonCode code, double value, double reference) {
        this(code, value, reference, null);
    }

    /** Why there is no R, F or M: no order is kept, or the latest kept one is older than the look-back window. */
    public static Reason noOrder(Profile profile, ScoringModel model, long asOf) {
        return profile.keptOrders() == 0 || model.lookBackMillis() == 0
                ? of(ReasonCode.NO_ORDER, 0)
                : new Reason(
                        ReasonCode.NO_RECENT_ORDER,
                        (asOf - profile.lastOrder()) / DAY_MILLIS,
                        model.lookBackMillis() / DAY_MILLIS);
    }

    /** A reason without a reference. */
    public static Reason of(ReasonCode code, double value) {
        return new Reason(code, value, Double.NaN);
    }
}

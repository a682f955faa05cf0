package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** F of RFM: 1 plus the cuts that the number of kept orders exceeds. */
public final class Frequency implements Score {

    @Override
    public String name() {
        return "rfm-frequency";
    }

    /** F, 1 to 5; 0 without a kept order. */
    public static int of(Profile profile, ScoringModel model) {
        return profile.keptOrders() == 0 ? 0 : 1 + model.frequency().exceeded(profile.keptOrders());
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        long next = model.frequency().next(profile.keptOrders());
        double reference = next == Long.MAX_VALUE ? Double.NaN : next;
        return new ScoreValue(
                name(),
                of(profile, model),
                List.of(new Reason(ReasonCode.KEPT_ORDERS, profile.keptOrders(), reference)));
    }
}

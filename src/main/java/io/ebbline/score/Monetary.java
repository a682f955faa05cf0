package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** M of RFM: 1 plus the cuts that the net spend exceeds. */
public final class Monetary implements Score {

    @Override
    public String name() {
        return "rfm-monetary";
    }

    /** M, 1 to 5; 0 without a kept order. */
    public static int of(Profile profile, ScoringModel model) {
        return profile.keptOrders() == 0 ? 0 : 1 + model.monetary().exceeded(profile.monetaryMinor());
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        long next = model.monetary().next(profile.monetaryMinor());
        double reference = next == Long.MAX_VALUE ? Double.NaN : next;
        return new ScoreValue(
                name(),
                of(profile, model),
                List.of(new Reason(ReasonCode.NET_SPEND, profile.monetaryMinor(), reference)));
    }
}

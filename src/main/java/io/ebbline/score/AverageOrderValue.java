package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** Net spend per kept order, in minor units. */
public final class AverageOrderValue implements Score {

    @Override
    public String name() {
        return "average-order-value";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        return new ScoreValue(
                name(),
                (double) profile.monetaryMinor() / profile.keptOrders(),
                List.of(
                        Reason.of(ReasonCode.NET_SPEND, (double) profile.monetaryMinor()),
                        Reason.of(ReasonCode.KEPT_ORDERS, (double) profile.keptOrders())));
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** Expected net spend within the horizon of the chance of an order, minor units, not discounted. */
public final class SpendForecast implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "spend-forecast";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        long horizon = model.buying().horizonMillis();
        ValueModel.Outlook outlook = model.value().spendWithin(profile.past(asOf), horizon);
        return new ScoreValue(
                name(),
                outlook.minor(),
                model.value().formula().name(),
                List.of(
                        Reason.of(ReasonCode.EXPECTED_ORDERS, outlook.purchases()),
                        Reason.of(ReasonCode.EXPECTED_SPEND, outlook.perPurchaseMinor()),
                        Reason.of(ReasonCode.HORIZON, horizon / DAY_MILLIS)));
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** What the customer has brought and will bring, minor units: {@link ClvHistoric} and {@link ClvPredicted}. */
public final class ClvTotal implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "clv-total";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        double predicted = profile.outlook(model.value(), asOf).minor();
        return new ScoreValue(
                name(),
                profile.monetaryMinor() + predicted,
                model.value().formula().name(),
                List.of(
                        Reason.of(ReasonCode.NET_SPEND, (double) profile.monetaryMinor()),
                        Reason.of(ReasonCode.EXPECTED_VALUE, predicted),
                        Reason.of(ReasonCode.HORIZON, model.value().horizonMillis() / DAY_MILLIS),
                        Reason.of(ReasonCode.DISCOUNT_RATE, model.value().yearlyRate())));
    }
}

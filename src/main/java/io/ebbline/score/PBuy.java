package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** The chance of another order within the model's horizon. */
public final class PBuy implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "p-buy";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        return new ScoreValue(
                name(),
                profile.rhythm().pBuy(model, asOf),
                List.of(
                        Reason.of(ReasonCode.DAYS_SINCE_ORDER, profile.rhythm().silence(asOf) / DAY_MILLIS),
                        Reason.of(ReasonCode.REPEATS, (double) profile.rhythm().repeats()),
                        Reason.of(ReasonCode.HORIZON, model.buying().horizonMillis() / DAY_MILLIS)));
    }
}

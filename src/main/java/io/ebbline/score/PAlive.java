package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/**
 * The chance that the customer is still one (Fader, Hardie and Lee 2005; Batislam et al. 2007). A one-time buyer has one too:
 * under the shipped family it is below 1 from the first order on.
 */
public final class PAlive implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "p-alive";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        return new ScoreValue(
                name(),
                profile.rhythm().pAlive(model, asOf),
                List.of(
                        Reason.of(ReasonCode.DAYS_SINCE_ORDER, profile.rhythm().silence(asOf) / DAY_MILLIS),
                        Reason.of(ReasonCode.REPEATS, (double) profile.rhythm().repeats())));
    }
}

package io.ebbline.score;

import io.ebbline.model.LifetimeValue;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** What the customer has brought so far: net spend, minor units, not discounted. Negative when more came back than was bought. */
public final class ClvHistoric implements Score {

    @Override
    public String name() {
        return "clv-historic";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        return new ScoreValue(
                name(),
                profile.monetaryMinor(),
                LifetimeValue.Model.PAID.name(),
                List.of(
                        Reason.of(ReasonCode.GROSS_SPEND, (double) profile.grossMinor()),
                        Reason.of(ReasonCode.RETURNED, (double) profile.returnedMinor())));
    }
}

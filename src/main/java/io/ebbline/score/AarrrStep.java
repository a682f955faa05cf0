package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Aarrr;
import io.ebbline.profile.Profile;
import java.util.List;

/** The furthest step of AARRR that the customer has reached, 1 to 5, with the days since. */
public final class AarrrStep implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "aarrr-step";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Aarrr step = profile.journey().aarrr();
        if (step == null) {
            return ScoreValue.noContact(name());
        }
        double days = (asOf - profile.journey().aarrrSince()) / DAY_MILLIS;
        return new ScoreValue(
                name(),
                1 + step.ordinal(),
                step.name(),
                List.of(new Reason(ReasonCode.STEP, days, Double.NaN, step.name())));
    }
}

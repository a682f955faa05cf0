package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Profile;
import java.util.List;

/** The hour of the day, 0 to 23 in the shop's time zone, in which the customer responds most. */
public final class BestHour implements Score {

    @Override
    public String name() {
        return "best-hour";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Engagement.Hour best = profile.engagement().bestHour();
        if (best == null) {
            return ScoreValue.noContact(name());
        }
        return new ScoreValue(name(), best.hour(), List.of(reason(best)));
    }

    static Reason reason(Engagement.Hour best) {
        return new Reason(ReasonCode.HOUR, best.share(), Double.NaN, Integer.toString(best.hour()));
    }
}

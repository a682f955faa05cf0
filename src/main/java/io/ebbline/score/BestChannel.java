package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Profile;
import java.util.List;

/** The channel on which the customer responds most, with its share of the decayed responses. */
public final class BestChannel implements Score {

    @Override
    public String name() {
        return "best-channel";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Engagement.Channel best = profile.engagement().bestChannel();
        if (best == null) {
            return ScoreValue.noContact(name());
        }
        return new ScoreValue(name(), best.share(), best.name(), List.of(reason(best)));
    }

    static Reason reason(Engagement.Channel best) {
        return new Reason(ReasonCode.CHANNEL, best.share(), Double.NaN, best.name());
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** Cost of the 4C: how far price decides. It is the price sensitivity. */
public final class FourCCost implements Score {

    @Override
    public String name() {
        return "four-c-cost";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        ReasonCode unknown = PriceSensitivity.unknown(profile);
        if (unknown != null) {
            return ScoreValue.unknown(name(), unknown);
        }
        double share = profile.dealings().dealShare();
        return new ScoreValue(name(), share, List.of(Reason.of(ReasonCode.DEAL_SHARE, share)));
    }
}

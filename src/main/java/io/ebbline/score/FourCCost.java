package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;

/** Cost of the 4C: how far price decides. It is the price sensitivity. */
public final class FourCCost implements Score {

    @Override
    public String name() {
        return "four-c-cost";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        return PriceSensitivity.of(name(), profile);
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;

/** Customer needs of the 4C: the category that the customer spends most on, with its share of the decayed spend. */
public final class FourCNeeds implements Score {

    @Override
    public String name() {
        return "four-c-needs";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        return CategoryAffinity.of(name(), 1, profile);
    }
}

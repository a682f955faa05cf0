package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;

/** What a customer may yet bring. The one place that says what the value matrix takes for it. */
final class Potential {

    private Potential() {}

    /** The predicted lifetime value, minor units. Ask only with a kept order. */
    static double minor(Profile profile, ScoringModel model, long asOf) {
        return profile.outlook(model.value(), asOf).minor();
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;

/** What a customer may yet bring. The one place that says what the value matrix takes for it. */
final class Potential {

    private Potential() {}

    /**
     * The average kept order times the chance of another one within the model's horizon, minor units: what the next order is
     * worth today. Ask only with a kept order.
     */
    static double minor(Profile profile, ScoringModel model, long asOf) {
        double average = (double) profile.monetaryMinor() / profile.keptOrders();
        return average * profile.rhythm().pBuy(model, asOf);
    }
}

package io.ebbline.backtest;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.ScoringModel;

/** Models made from another by changing one number. */
final class Models {

    private Models() {}

    static ScoringModel declineBelow(ScoringModel model, double below) {
        ChurnRules churn = model.churn();
        return model.withBuying(model.buying(), churn.withThresholds(below, churn.departBelow()));
    }

    static ScoringModel horizon(ScoringModel model, long horizonMillis) {
        BuyingModel buying = model.buying();
        return model.withBuying(
                new BuyingModel(buying.repeat(), buying.decayed(), horizonMillis, buying.layer()), model.churn());
    }
}

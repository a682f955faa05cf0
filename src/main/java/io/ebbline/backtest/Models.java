package io.ebbline.backtest;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.ScoringModel;

/** Models made from another by changing one number. */
final class Models {

    private Models() {}

    static ScoringModel declineBelow(ScoringModel model, double below) {
        ChurnRules churn = model.churn();
        return with(
                model,
                model.buying(),
                new ChurnRules(
                        below,
                        churn.declineShare(),
                        churn.declineShareOnce(),
                        churn.severeShare(),
                        churn.departBelow(),
                        churn.recoverMargin(),
                        churn.dwellMillis(),
                        churn.slowTo(),
                        churn.cusumAlarm(),
                        churn.trendFall(),
                        churn.trendContacts(),
                        churn.negativeMillis(),
                        churn.spreeMillis(),
                        churn.badRating()));
    }

    static ScoringModel horizon(ScoringModel model, long horizonMillis) {
        BuyingModel buying = model.buying();
        return with(model, new BuyingModel(buying.repeat(), buying.decayed(), horizonMillis), model.churn());
    }

    private static ScoringModel with(ScoringModel model, BuyingModel buying, ChurnRules churn) {
        return new ScoringModel(
                model.modelId(),
                model.version(),
                model.effectiveFrom(),
                model.backdated(),
                model.recency(),
                model.frequency(),
                model.monetary(),
                model.segments(),
                model.stages(),
                buying,
                churn,
                model.decay(),
                model.value(),
                model.matrix(),
                model.lookBackMillis(),
                model.note());
    }
}

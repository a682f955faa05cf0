package io.ebbline.score;

import io.ebbline.model.BuyingLayer;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import java.util.ArrayList;
import java.util.List;

/** The chance of another order within the model's horizon. */
public final class PBuy implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "p-buy";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        Rhythm rhythm = profile.rhythm();
        List<Reason> reasons = new ArrayList<>();
        reasons.add(Reason.of(ReasonCode.DAYS_SINCE_ORDER, rhythm.silence(asOf) / DAY_MILLIS));
        reasons.add(Reason.of(ReasonCode.REPEATS, (double) rhythm.repeats()));
        BuyingLayer layer = model.buying().layer();
        if (layer != null && layer.recentSpend() > 0) {
            double spend = layer.recentSpendMinor(rhythm.evidence(), rhythm.silence(asOf));
            reasons.add(new Reason(ReasonCode.RECENT_SPEND, spend, layer.moneyUnitMinor()));
        }
        reasons.add(Reason.of(ReasonCode.HORIZON, model.buying().horizonMillis() / DAY_MILLIS));
        return new ScoreValue(name(), rhythm.pBuy(model, asOf), List.copyOf(reasons));
    }
}

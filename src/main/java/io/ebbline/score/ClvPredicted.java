package io.ebbline.score;

import io.ebbline.model.Past;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** What the customer will bring within the value model's horizon, discounted, minor units; which formula is its label. */
public final class ClvPredicted implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "clv-predicted";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        ValueModel value = model.value();
        Past past = profile.past(asOf);
        ValueModel.Outlook outlook = profile.outlook(value, asOf);
        List<Reason> reasons = new ArrayList<>(5);
        reasons.add(Reason.of(ReasonCode.EXPECTED_ORDERS, outlook.purchases()));
        reasons.add(Reason.of(ReasonCode.EXPECTED_SPEND, outlook.perPurchaseMinor()));
        if (value.layer() != null) {
            reasons.add(Reason.of(ReasonCode.RECENT_SPEND, past.recentMinor()));
        }
        reasons.add(Reason.of(ReasonCode.HORIZON, value.horizonMillis() / DAY_MILLIS));
        reasons.add(Reason.of(ReasonCode.DISCOUNT_RATE, value.yearlyRate()));
        return new ScoreValue(name(), outlook.minor(), value.formula().name(), List.copyOf(reasons));
    }
}

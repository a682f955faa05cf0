package io.ebbline.score;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/** R of RFM: 5 less the cuts that the age of the latest kept order exceeds. Drops as time passes. */
public final class Recency implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "rfm-recency";
    }

    /** R, 1 to 5; 0 without a kept order. */
    public static int of(Profile profile, ScoringModel model, long asOf) {
        return profile.keptOrders() == 0 ? 0 : 5 - model.recency().exceeded(asOf - profile.lastOrder());
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        long age = asOf - profile.lastOrder();
        long next = model.recency().next(age);
        double reference = next == Long.MAX_VALUE ? Double.NaN : next / DAY_MILLIS;
        return new ScoreValue(
                name(),
                of(profile, model, asOf),
                List.of(new Reason(ReasonCode.DAYS_SINCE_ORDER, age / DAY_MILLIS, reference)));
    }

    /** One millisecond past the age of the next cut: at the cut itself the better score still holds. */
    @Override
    public long changesAt(Profile profile, ScoringModel model, long asOf) {
        if (profile.lastOrder() == NEVER) {
            return NO_DEADLINE;
        }
        long next = model.recency().next(asOf - profile.lastOrder());
        return Profile.later(Profile.later(profile.lastOrder(), next), 1);
    }
}

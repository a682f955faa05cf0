package io.ebbline.score;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import java.util.List;

/**
 * R of RFM: 5 less the cuts that the age of the latest kept order exceeds. Drops as time passes, and is unknown once that order
 * has left the look-back window.
 */
public final class Recency implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "rfm-recency";
    }

    /** R, 1 to 5; 0 without a kept order in the look-back window. */
    public static int of(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        return rfm.isEmpty() ? 0 : 5 - model.recency().exceeded(asOf - rfm.lastOrder());
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        if (rfm.isEmpty()) {
            return ScoreValue.noOrder(name(), profile, model, asOf);
        }
        long age = asOf - rfm.lastOrder();
        long cut = model.recency().next(age);
        long next = model.lookBackMillis() == 0 ? cut : Math.min(cut, model.lookBackMillis());
        double reference = next == Long.MAX_VALUE ? Double.NaN : next / DAY_MILLIS;
        return new ScoreValue(
                name(),
                of(profile, model, asOf),
                List.of(new Reason(ReasonCode.DAYS_SINCE_ORDER, age / DAY_MILLIS, reference)));
    }

    /**
     * One millisecond past the age of the next cut: at the cut itself the better score still holds. Or as soon as the order is as
     * old as the window is long.
     */
    @Override
    public long changesAt(Profile profile, ScoringModel model, long asOf) {
        long window = model.lookBackMillis();
        long last = profile.rfm(window, asOf).lastOrder();
        if (last == NEVER) {
            return NO_DEADLINE;
        }
        long next = Profile.later(Profile.later(last, model.recency().next(asOf - last)), 1);
        return window == 0 ? next : Math.min(next, Profile.later(last, window));
    }
}

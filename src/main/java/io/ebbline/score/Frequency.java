package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import java.util.List;

/** F of RFM: 1 plus the cuts that the number of kept orders exceeds. */
public final class Frequency implements Score {

    @Override
    public String name() {
        return "rfm-frequency";
    }

    /** F, 1 to 5; 0 without a kept order in the look-back window. */
    public static int of(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        return rfm.isEmpty() ? 0 : 1 + model.frequency().exceeded(rfm.orders());
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        if (rfm.isEmpty()) {
            return ScoreValue.noOrder(name(), profile, model, asOf);
        }
        long next = model.frequency().next(rfm.orders());
        double reference = next == Long.MAX_VALUE ? Double.NaN : next;
        return new ScoreValue(
                name(), of(profile, model, asOf), List.of(new Reason(ReasonCode.KEPT_ORDERS, rfm.orders(), reference)));
    }

    /** When the oldest kept order leaves the look-back window. */
    @Override
    public long changesAt(Profile profile, ScoringModel model, long asOf) {
        return profile.rfm(model.lookBackMillis(), asOf).ordersChangeAt();
    }
}

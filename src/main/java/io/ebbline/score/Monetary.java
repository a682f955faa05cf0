package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import java.util.List;

/** M of RFM: 1 plus the cuts that the net spend exceeds. */
public final class Monetary implements Score {

    @Override
    public String name() {
        return "rfm-monetary";
    }

    /** M, 1 to 5; 0 without a kept order in the look-back window. */
    public static int of(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        return rfm.isEmpty() ? 0 : 1 + model.monetary().exceeded(rfm.monetaryMinor());
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        if (rfm.isEmpty()) {
            return ScoreValue.noOrder(name(), profile, model, asOf);
        }
        long next = model.monetary().next(rfm.monetaryMinor());
        double reference = next == Long.MAX_VALUE ? Double.NaN : next;
        return new ScoreValue(
                name(),
                of(profile, model, asOf),
                List.of(new Reason(ReasonCode.NET_SPEND, rfm.monetaryMinor(), reference)));
    }

    /**
     * When the oldest amount leaves the look-back window (the head of the answer says it, though M may be unknown), or the oldest
     * kept order, without the last of which there is no M.
     */
    @Override
    public long changesAt(Profile profile, ScoringModel model, long asOf) {
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        return Math.min(rfm.amountChangesAt(), rfm.ordersChangeAt());
    }
}

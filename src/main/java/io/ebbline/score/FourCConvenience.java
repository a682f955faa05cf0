package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.NamedSums;
import io.ebbline.profile.Profile;
import java.util.List;

/** Convenience of the 4C: the channel that the customer buys through, with its share of the decayed orders. */
public final class FourCConvenience implements Score {

    @Override
    public String name() {
        return "four-c-convenience";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        NamedSums channels = profile.dealings().channels();
        int best = channels.strongest();
        if (best < 0) {
            return ScoreValue.unknown(name(), ReasonCode.NO_CHANNEL_KNOWN);
        }
        String channel = channels.name(best);
        double share = channels.sum(best) / channels.total();
        return new ScoreValue(
                name(), share, channel, List.of(new Reason(ReasonCode.ORDER_CHANNEL, share, Double.NaN, channel)));
    }
}

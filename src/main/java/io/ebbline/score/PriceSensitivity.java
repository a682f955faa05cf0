package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Dealings;
import io.ebbline.profile.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far purchases depend on discounts and promotions: the share of the decayed spend that was on a deal, 0 to 1 (deal proneness;
 * Webster, The "Deal-Prone" Consumer, Journal of Marketing Research 2, 1965, with spend for units). Not known before the second
 * order, nor while nothing is known of deals.
 */
public final class PriceSensitivity implements Score {

    @Override
    public String name() {
        return "price-sensitivity";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        ReasonCode unknown = unknown(profile);
        if (unknown != null) {
            return ScoreValue.unknown(name(), unknown);
        }
        Dealings dealings = profile.dealings();
        return new ScoreValue(
                name(),
                dealings.dealShare(),
                List.of(
                        Reason.of(ReasonCode.DEAL_SHARE, dealings.dealShare()),
                        Reason.of(ReasonCode.DISCOUNT_DEPTH, dealings.discountDepth()),
                        Reason.of(ReasonCode.CAMPAIGN_SHARE, dealings.campaignShare())));
    }

    /** Why it can't be said; null when it can. */
    static @Nullable ReasonCode unknown(Profile profile) {
        if (profile.keptOrders() == 0) {
            return ReasonCode.NO_ORDER;
        }
        if (profile.orders() == 1) {
            return ReasonCode.ONE_ORDER;
        }
        return Double.isNaN(profile.dealings().dealShare()) ? ReasonCode.NO_DISCOUNT_KNOWN : null;
    }
}

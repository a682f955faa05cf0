package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Sentiment.Voice;

/** What ties a customer to the shop, in parts from 0 to 1. */
final class Bond {

    private Bond() {}

    /**
     * How much the customer turns to the shop: 1 - (1 - e) (1 - a), with e = responses / (responses + the model's cut) and
     * a = referrals / (referrals + 1), both decayed. Half for who is as engaged as the cut, or refers once.
     */
    static double turning(Profile profile, ScoringModel model, long asOf) {
        double cut = model.matrix().engagementCut();
        double responses = profile.engagement().total(asOf);
        double referrals = profile.sentiment().level(Voice.REFERRALS, asOf);
        return 1 - cut / (responses + cut) / (referrals + 1);
    }

    /** Attitude: the mean of that and of satisfaction, where satisfaction is known. */
    static double attachment(Profile profile, ScoringModel model, long asOf) {
        double turning = turning(profile, model, asOf);
        double satisfaction = profile.sentiment().satisfaction();
        return Double.isNaN(satisfaction) ? turning : (turning + satisfaction) / 2;
    }

    /** The share of the spend that was not given back. */
    static double keptShare(Profile profile) {
        double share = (double) profile.monetaryMinor() / Math.max(1, profile.grossMinor());
        return Math.min(1, Math.max(0, share));
    }

    /**
     * Trust: the mean of turning to the shop, of coming back (kept orders / (kept orders + the model's cut)) and of keeping what
     * was bought.
     */
    static double trust(Profile profile, ScoringModel model, long asOf) {
        double orders = profile.keptOrders();
        double comingBack = orders / (orders + model.matrix().frequencyCut());
        return (turning(profile, model, asOf) + comingBack + keptShare(profile)) / 3;
    }
}

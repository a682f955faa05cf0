package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Sentiment.Voice;
import java.util.List;

/**
 * How good the relation is, 0 to 100: the mean of satisfaction and trust (Crosby, Evans and Cowles, Relationship Quality in Services
 * Selling, Journal of Marketing 54, 1990), or trust alone where satisfaction is not known. Needs a kept order and a contact.
 */
public final class RelationshipQuality implements Score {

    @Override
    public String name() {
        return "relationship-quality";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        if (profile.touchpoints() == 0) {
            return ScoreValue.noContact(name());
        }
        double trust = 100 * Bond.trust(profile, model, asOf);
        double satisfaction = 100 * profile.sentiment().satisfaction();
        boolean said = !Double.isNaN(satisfaction);
        return new ScoreValue(
                name(),
                said ? (satisfaction + trust) / 2 : trust,
                List.of(
                        said ? Reason.of(ReasonCode.SATISFACTION, satisfaction) : Reason.of(ReasonCode.NO_SURVEY, 0),
                        Reason.of(ReasonCode.TRUST, trust),
                        Reason.of(ReasonCode.REFERRALS, profile.sentiment().level(Voice.REFERRALS, asOf)),
                        Reason.of(ReasonCode.KEPT_SHARE, Bond.keptShare(profile))));
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Sentiment;
import io.ebbline.profile.Sentiment.Voice;
import java.util.ArrayList;
import java.util.List;

/**
 * The customer satisfaction index, 0 to 100: the mean of the decayed answers to surveys and in reviews, put from 1 to 5 onto 0 to
 * 100 as the ACSI does (Fornell et al., The American Customer Satisfaction Index, Journal of Marketing 60, 1996), lowered by
 * complaints, returns and service contacts ({@link Sentiment#satisfaction}).
 */
public final class Satisfaction implements Score {

    @Override
    public String name() {
        return "satisfaction";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        Sentiment sentiment = profile.sentiment();
        double satisfaction = sentiment.satisfaction();
        if (Double.isNaN(satisfaction)) {
            return ScoreValue.unknown(name(), ReasonCode.NO_SURVEY);
        }
        List<Reason> reasons = new ArrayList<>(4);
        double rating = sentiment.meanRating();
        if (!Double.isNaN(rating)) {
            reasons.add(Reason.of(ReasonCode.RATING, rating));
        }
        add(reasons, ReasonCode.COMPLAINTS, sentiment.level(Voice.COMPLAINTS, asOf));
        add(reasons, ReasonCode.RETURNS, sentiment.level(Voice.RETURNS, asOf));
        add(reasons, ReasonCode.SERVICE_CONTACTS, sentiment.level(Voice.SERVICE_CONTACTS, asOf));
        return new ScoreValue(name(), 100 * satisfaction, reasons);
    }

    private static void add(List<Reason> reasons, ReasonCode code, double level) {
        if (level > 0) {
            reasons.add(Reason.of(code, level));
        }
    }
}

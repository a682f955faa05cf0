package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.NamedSums;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** The category that has most of the customer's decayed spend, with its share, and the two that come next. */
public final class CategoryAffinity implements Score {

    private static final int REASONS = 3;

    @Override
    public String name() {
        return "category-affinity";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        return of(name(), REASONS, profile);
    }

    /** The same under another name, with at most that many categories. */
    static ScoreValue of(String name, int most, Profile profile) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name);
        }
        NamedSums categories = profile.dealings().categories();
        int best = categories.strongest();
        if (best < 0) {
            return ScoreValue.unknown(name, ReasonCode.NO_CATEGORY_KNOWN);
        }
        double total = categories.total();
        List<Reason> reasons = new ArrayList<>(most);
        long told = 0;
        for (int next = best; next >= 0 && reasons.size() < most; next = categories.strongest(told)) {
            reasons.add(
                    new Reason(ReasonCode.CATEGORY, categories.sum(next) / total, Double.NaN, categories.name(next)));
            told |= 1L << next;
        }
        return new ScoreValue(name, categories.sum(best) / total, categories.name(best), reasons);
    }
}

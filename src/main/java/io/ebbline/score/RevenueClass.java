package io.ebbline.score;

import io.ebbline.model.MatrixRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/**
 * ABCD by share of revenue: the customers of class A bring the first 80 % of it, those of B the next 15 %, those of C the rest,
 * and D nothing. From 4 for A to 1 for D. Which net spend belongs where is the model's.
 */
public final class RevenueClass implements Score {

    @Override
    public String name() {
        return "abcd";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        MatrixRules rules = model.matrix();
        long spend = profile.monetaryMinor();
        if (spend > rules.classAMinor()) {
            return value(4, "A", spend, Double.NaN);
        }
        if (spend > rules.classBMinor()) {
            return value(3, "B", spend, (double) rules.classAMinor());
        }
        return spend > 0 ? value(2, "C", spend, (double) rules.classBMinor()) : value(1, "D", spend, 0);
    }

    private ScoreValue value(int value, String label, long spend, double next) {
        return new ScoreValue(name(), value, label, List.of(new Reason(ReasonCode.NET_SPEND, spend, next)));
    }
}

package io.ebbline.score;

import io.ebbline.model.MatrixRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/**
 * Order frequency x average order value, in the practitioner's five fields: A has no order yet, B is new or low on both axes, C is
 * high in frequency alone, D in value alone, E in both. The way to go is A, B, E. A customer of one order is new, whatever it came
 * to.
 */
public final class FrequencyValueQuadrant implements Score {

    @Override
    public String name() {
        return "frequency-value-quadrant";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        MatrixRules rules = model.matrix();
        long orders = profile.keptOrders();
        Reason frequency = new Reason(ReasonCode.KEPT_ORDERS, orders, rules.frequencyCut());
        if (orders == 0) {
            return new ScoreValue(name(), 1, "A", List.of(frequency));
        }
        double average = (double) profile.monetaryMinor() / orders;
        boolean often = orders > rules.frequencyCut();
        boolean much = orders > 1 && average > rules.averageOrderCutMinor();
        int field = often ? much ? 4 : 2 : much ? 3 : 1;
        return new ScoreValue(
                name(),
                1 + field,
                "ABCDE".substring(field, field + 1),
                List.of(frequency, new Reason(ReasonCode.AVERAGE_ORDER, average, rules.averageOrderCutMinor())));
    }
}

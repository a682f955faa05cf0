package io.ebbline.score;

import io.ebbline.model.MatrixRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/**
 * Current x potential value: VIP (both high), IMPROVABLE (potential alone), MAINTAINED (current alone), ABANDONED (neither), from 4
 * to 1. The current value is the net spend, the potential one the predicted lifetime value.
 */
public final class ValueMatrix implements Score {

    private static final String[] FIELDS = {"ABANDONED", "MAINTAINED", "IMPROVABLE", "VIP"};

    @Override
    public String name() {
        return "value-matrix";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        MatrixRules rules = model.matrix();
        long current = profile.monetaryMinor();
        double potential = Potential.minor(profile, model, asOf);
        int field = (current > rules.currentCutMinor() ? 1 : 0) + (potential > rules.potentialCutMinor() ? 2 : 0);
        return new ScoreValue(
                name(),
                1 + field,
                FIELDS[field],
                List.of(
                        new Reason(ReasonCode.NET_SPEND, current, rules.currentCutMinor()),
                        new Reason(ReasonCode.POTENTIAL, potential, rules.potentialCutMinor())));
    }
}

package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one score says of one customer.
 *
 * @param name which score
 * @param value NaN when it can't be said yet; the reasons then say why
 * @param label what the value stands for, where it stands for a name; null when the number says it all
 */
public record ScoreValue(
        String name, double value, @Nullable String label, List<Reason> reasons) {

    /** A score that is a number. */
    public ScoreValue(String name, double value, List<Reason> reasons) {
        this(name, value, null, reasons);
    }

    /** A score that can't be said, and why. */
    static ScoreValue unknown(String name, ReasonCode why) {
        return new ScoreValue(name, Double.NaN, List.of(Reason.of(why, 0)));
    }

    /** A score that can't be said without a kept order. */
    static ScoreValue noOrder(String name) {
        return unknown(name, ReasonCode.NO_ORDER);
    }

    /** A score of RFM that can't be said without a kept order in the look-back window. */
    static ScoreValue noOrder(String name, Profile profile, ScoringModel model, long asOf) {
        return new ScoreValue(name, Double.NaN, List.of(Reason.noOrder(profile, model, asOf)));
    }

    /** A score that can't be said without a contact. */
    static ScoreValue noContact(String name) {
        return unknown(name, ReasonCode.NO_CONTACT);
    }
}

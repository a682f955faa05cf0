package io.ebbline.score;

import java.util.List;

/**
 * What one score says of one customer.
 *
 * @param name which score
 * @param value NaN when it can't be said yet; the reasons then say why
 */
public record ScoreValue(String name, double value, List<Reason> reasons) {

    /** A score that can't be said without a kept order. */
    static ScoreValue noOrder(String name) {
        return new ScoreValue(name, Double.NaN, List.of(Reason.of(ReasonCode.NO_ORDER, 0)));
    }
}

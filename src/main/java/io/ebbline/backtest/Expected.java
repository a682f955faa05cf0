package io.ebbline.backtest;

import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatExpectation;
import io.ebbline.model.ScoringModel;
import org.jspecify.annotations.Nullable;

/** How many orders a model expects. */
final class Expected {

    private Expected() {}

    /** What the model's repeat part expects; null with k above 1, for which there is no closed form. */
    static @Nullable RepeatExpectation of(ScoringModel model) {
        RepeatBuying repeat = model.buying().repeat();
        return repeat.k() == 1 ? new RepeatExpectation(repeat) : null;
    }
}

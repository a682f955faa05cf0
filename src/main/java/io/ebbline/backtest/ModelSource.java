package io.ebbline.backtest;

import io.ebbline.model.ScoringModel;

/** Where the model of a hold-out test comes from. */
@FunctionalInterface
public interface ModelSource {

    /** A model for what is known at a cut, to predict this far ahead. */
    ScoringModel model(Past past, long horizonMillis);

    /** This very model at every cut; of another horizon, its chances are computed for the one that is asked for. */
    static ModelSource fixed(ScoringModel model) {
        return (past, horizonMillis) ->
                model.buying().horizonMillis() == horizonMillis ? model : Models.horizon(model, horizonMillis);
    }
}

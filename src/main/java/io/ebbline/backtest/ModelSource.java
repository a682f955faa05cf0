package io.ebbline.backtest;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Hash64;
import io.ebbline.event.Tick;
import io.ebbline.fit.Buyer;
import io.ebbline.fit.CustomerFold;
import io.ebbline.fit.Folded;
import io.ebbline.fit.ModelFit;
import io.ebbline.model.Provenance;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.ShopClock;
import java.util.function.Consumer;

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

    /**
     * A model fitted anew at every cut, to the orders and returns known there, as {@code fit} does it; chances and values look as far ahead as
     * is asked for.
     *
     * @param base lends what is not fitted
     * @param yearlyDiscountRate 0 or more
     * @param told hears of each part when it is done
     */
    static ModelSource fitted(
            ScoringModel base, EngineRules rules, double yearlyDiscountRate, Consumer<Provenance.Part> told) {
        return (past, horizonMillis) -> {
            CustomerFold fold = new CustomerFold(
                    new ShopClock(rules.timeZone()), rules.dedupHorizonMillis(), base.lookBackMillis());
            Folded.Builder history = new Folded.Builder(Long.MAX_VALUE);
            for (CustomerEvents customer : past.customers()) {
                Buyer buyer = fold.fold(customer.withoutTouchpoints().events());
                if (buyer != null) {
                    history.buyer(Hash64.of(customer.customer()), buyer);
                }
            }
            fold.census().days().forEach(history::day);
            ModelFit.Wish wish = new ModelFit.Wish(false, horizonMillis, horizonMillis, yearlyDiscountRate);
            ScoringModel model = ModelFit.of(history.build(), Tick.of(past.cut()), base, wish, told::accept)
                    .model();
            // Chances that were not fitted still look as far ahead as those they stand in for.
            return fixed(model).model(past, horizonMillis);
        };
    }
}

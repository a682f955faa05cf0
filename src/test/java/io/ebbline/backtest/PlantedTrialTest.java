package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.Affinity;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantedTrialTest {

    /** The bar: nine tenths of what was planted, and nothing else. The reverse of a pair is a stranger. */
    @Test
    void findsWhatWasPlantedAndNothingElse() {
        SimulatedShop shop = new SimulatedShop(3, 20_000, 365, Instant.parse("2025-01-01T00:00:00Z"));
        PlantedTrial trial = new PlantedTrial(ScoringModel.shipped(), EngineRules.defaults(), shop.close());
        CustomerEvents.of(shop, SimulatedShop.CURRENCY).forEach(trial::add);
        List<Affinity> planted = shop.truth().affinities();
        PlantedTrial.Figures right = trial.judge(planted, 2);
        PlantedTrial.Figures reversed = trial.judge(
                planted.stream()
                        .map(pair -> new Affinity(pair.to(), pair.from(), pair.factor()))
                        .toList(),
                2);

        assertThat(right.planted()).isEqualTo(planted.size());
        assertThat(right.share()).as("%s", right).isGreaterThanOrEqualTo(.9);
        assertThat(right.strangers()).as("%s", right).isZero();
        assertThat(reversed.found()).as("%s", reversed).isZero();
        assertThat(reversed.strangers()).as("%s", reversed).isGreaterThanOrEqualTo(right.found());
    }
}

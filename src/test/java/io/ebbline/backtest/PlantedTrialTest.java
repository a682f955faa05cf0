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

    /** A shop far smaller than it takes to find all of them; pairs turned round are no pairs that were planted. */
    @Test
    void findsWhatWasPlantedAndNotItsReverse() {
        SimulatedShop shop = new SimulatedShop(2, 3_000, 120, Instant.parse("2025-01-01T00:00:00Z"));
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
        assertThat(right.found()).as("%s", right).isGreaterThan(planted.size() / 6);
        assertThat(reversed.found()).as("%s", reversed).isLessThan(right.found() / 2);
    }
}

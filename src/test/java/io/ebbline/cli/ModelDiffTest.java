package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.ScoringModel;
import org.junit.jupiter.api.Test;

class ModelDiffTest {

    private static final ScoringModel SHIPPED = ScoringModel.shipped();

    @Test
    void aVersionThatAnswersTheSameDiffersInNothing() {
        ScoringModel named = SHIPPED.published("own", 7, 99, false, "another note");
        assertThat(ModelDiff.between(SHIPPED, named)).isEmpty();
        assertThat(ModelDiff.table(SHIPPED, named)).containsExactly("Nothing differs from default/1.");
    }

    @Test
    void everyNumberThatDiffersIsARow() {
        BuyingModel buying =
                new BuyingModel(SHIPPED.buying().repeat(), new DecayedBuying(.279, 139.1, .0125), 91L * 86_400_000L);
        ScoringModel fitted = SHIPPED.withCuts(
                        new Cuts(86_400_000L, 90_000_000L, 7_776_000_000L, 15_552_000_000L),
                        SHIPPED.frequency(),
                        new Cuts(-5, 20_000, 50_000, 1_200_000))
                .withBuying(buying, SHIPPED.churn().withThresholds(.6, .2))
                .published("default", 2, 0, true, "");
        assertThat(ModelDiff.table(SHIPPED, fitted))
                .containsExactly(
                        "                               default/1                    default/2",
                        "  recency                      30d 60d 90d 180d             1d 1d1h 90d 180d",
                        "  monetary                     5,000 20,000 50,000 200,000  -5 20,000 50,000 1,200,000",
                        "  buying.decayed.lambdaPerDay  0.0093400                    0.012500",
                        "  buying.horizonMillis         182d                         91d",
                        "  churn.declineBelow           0.45500                      0.60000");
    }
}

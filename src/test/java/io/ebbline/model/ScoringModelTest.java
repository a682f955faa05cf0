package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScoringModelTest {

    private static final long DAY = 24L * 60 * 60 * 1000;

    private static ScoringModel named(String id, int version) {
        Cuts cuts = new Cuts(1, 2, 3, 4);
        return new ScoringModel(
                id,
                version,
                0,
                false,
                cuts,
                cuts,
                cuts,
                SegmentGrid.shipped(),
                new StageRules(3, DAY),
                BuyingModel.shipped(),
                ChurnRules.shipped(),
                DecayRules.shipped(),
                0,
                "");
    }

    @Test
    void anAnswerNamesItByIdAndVersion() {
        assertThat(named("spring", 7).ref()).isEqualTo("spring/7");
    }

    @Test
    void aReferenceMustBeUnambiguous() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named("a/b", 1))
                .withMessage("modelId is \"a/b\": it must have a name without a slash or a plus.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named(" ", 1))
                .withMessage("modelId is \" \": it must have a name without a slash or a plus.");
    }

    @Test
    void versionsCountFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named("m", 0))
                .withMessage("version is 0: versions count from 1.");
    }

    @Test
    void aRhythmTakesThreeOrdersToShow() {
        assertThat(new StageRules(3, 1).matureOrders()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StageRules(2, DAY))
                .withMessage("matureOrders is 2, but a rhythm takes at least 3 orders to show.");
    }

    @Test
    void aHiatusTakesTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StageRules(3, 0))
                .withMessage("hiatusMillis is 0: it must be positive.");
    }

    @Test
    void theShippedModelHasTheDocumentedThresholds() {
        ScoringModel shipped = ScoringModel.shipped();
        assertThat(shipped.ref()).isEqualTo("default/1");
        assertThat(shipped.backdated()).isTrue();
        assertThat(shipped.effectiveFrom()).isZero();
        assertThat(shipped.recency().toList()).containsExactly(30 * DAY, 60 * DAY, 90 * DAY, 180 * DAY);
        assertThat(shipped.frequency().toList()).containsExactly(1L, 2L, 4L, 9L);
        assertThat(shipped.monetary().toList()).containsExactly(50_00L, 200_00L, 500_00L, 2_000_00L);
        assertThat(shipped.stages()).isEqualTo(new StageRules(3, 180 * DAY));
    }
}

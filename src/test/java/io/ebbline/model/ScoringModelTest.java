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
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
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
    void aLookBackIsFromADayToTheFourHundredThatOrdersAreKnownFor() {
        ScoringModel shipped = ScoringModel.shipped();
        assertThat(shipped.lookBackMillis()).isZero();
        for (long known : new long[] {0, DAY, 365 * DAY, 400 * DAY}) {
            assertThat(shipped.withLookBack(known).lookBackMillis()).isEqualTo(known);
        }
        for (long wrong : new long[] {-1, 1, DAY - 1, 400 * DAY + 1, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shipped.withLookBack(wrong))
                    .withMessage("lookBackMillis is " + wrong
                            + ": choose 0 for all history, or from 1 day (86400000) to 400 days (34560000000).");
        }
    }

    @Test
    void otherCutsAndOtherNamesKeepTheLookBack() {
        ScoringModel model = ScoringModel.shipped().withLookBack(DAY);
        assertThat(model.withCuts(model.recency(), model.frequency(), model.monetary()))
                .isEqualTo(model);
        assertThat(model.published("m", 2, 3, false, "").lookBackMillis()).isEqualTo(DAY);
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

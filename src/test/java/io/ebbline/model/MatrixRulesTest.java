package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixRulesTest {

    private static MatrixRules classes(long a, long b) {
        return new MatrixRules(1, 0, 0, 0, a, b, 1, 0.5, 0.5, 0);
    }

    @Test
    void classesMayBeEmptyButNotTheWrongWayRound() {
        assertThat(classes(0, 0).classAMinor()).isZero();
        assertThat(classes(7, 7).classBMinor()).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classes(7, 8))
                .withMessage(
                        "classAMinor is 7 and classBMinor 8: class A begins where class B ends, and neither below 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> classes(7, -1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void sharesLieBetweenNothingAndAll(double bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MatrixRules(1, 0, 0, 0, 0, 0, 1, bad, 0.5, 0))
                .withMessage("attachmentCut is " + bad + ": it must lie above 0 and below 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MatrixRules(1, 0, 0, 0, 0, 0, 1, 0.5, bad, 0))
                .withMessage("dealCut is " + bad + ": it must lie above 0 and below 1.");
    }

    @Test
    void theRestIsPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MatrixRules(0, 0, 0, 0, 0, 0, 1, 0.5, 0.5, 0))
                .withMessage("frequencyCut is 0: it must be at least 1, or every customer would order often.");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MatrixRules(1, 0, 0, 0, 0, 0, bad, 0.5, 0.5, 0))
                    .withMessage("engagementCut is " + bad + ": it must be positive.");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MatrixRules(1, 0, 0, 0, 0, 0, 1, 0.5, 0.5, -1))
                .withMessage("promotionMillis is -1: it must not be negative.");
    }
}

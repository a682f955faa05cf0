package io.ebbline.backtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChiSquareTest {

    /** Abramowitz and Stegun, table 26.8: percentage points. */
    @Test
    void agreesWithTheTables() {
        assertThat(ChiSquare.above(3.84146, 1)).isCloseTo(.05, within(1e-6));
        assertThat(ChiSquare.above(5.99147, 2)).isCloseTo(.05, within(1e-6));
        assertThat(ChiSquare.above(7.81473, 3)).isCloseTo(.05, within(1e-6));
        assertThat(ChiSquare.above(.554300, 5)).isCloseTo(.99, within(1e-6));
        assertThat(ChiSquare.above(16.9190, 9)).isCloseTo(.05, within(1e-6));
        assertThat(ChiSquare.above(18.3070, 10)).isCloseTo(.05, within(1e-6));
        assertThat(ChiSquare.above(29.5883, 10)).isCloseTo(.001, within(1e-6));
        assertThat(ChiSquare.above(10.8276, 1)).isCloseTo(.001, within(1e-6));
    }

    @Test
    void nothingIsMoreThanNothing() {
        assertThat(ChiSquare.above(0, 1)).isEqualTo(1);
        assertThat(ChiSquare.above(0, 10)).isEqualTo(1);
    }
}

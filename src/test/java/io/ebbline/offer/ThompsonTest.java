package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Draws against the moments and the distribution of the beta distribution. */
class ThompsonTest {

    private static final int DRAWS = 4_000;

    @Property(tries = 60)
    void theDrawsOfManyCustomersHaveTheMeanAndTheVarianceOfTheBetaDistribution(
            @ForAll @DoubleRange(min = .05, max = 60) double a,
            @ForAll @DoubleRange(min = .05, max = 60) double b,
            @ForAll long time) {
        double mean = a / (a + b);
        double variance = a * b / ((a + b) * (a + b) * (a + b + 1));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double drawn = Thompson.of("c" + i, "offer", time, "policy/1").beta(a, b);
            assertThat(drawn).isBetween(0.0, 1.0);
            sum += drawn - mean;
            squares += (drawn - mean) * (drawn - mean);
        }
        // The variance of a mean of n is var / n; that of the squares is at most mean of (x - mean)^2, for |x - mean| <
        // 1.
        assertThat(sum / DRAWS).isCloseTo(0, within(5 * Math.sqrt(variance / DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(variance, within(6 * Math.sqrt(variance / DRAWS)));
    }

    /** Beta(1, 1) is uniform, beta(2, 1) has the distribution x^2: greatest distance within the Kolmogorov-Smirnov bound at .001. */
    @Example
    void theDrawsFollowTheDistribution() {
        double[] uniform = new double[DRAWS];
        double[] square = new double[DRAWS];
        Thompson one = new Thompson(7);
        for (int i = 0; i < DRAWS; i++) {
            uniform[i] = one.beta(1, 1);
            square[i] = StrictMath.pow(one.beta(2, 1), 2);
        }
        for (double[] draws : new double[][] {uniform, square}) {
            Arrays.sort(draws);
            for (int i = 0; i < DRAWS; i++) {
                assertThat(draws[i]).isCloseTo((i + .5) / DRAWS, within(1.95 / Math.sqrt(DRAWS)));
            }
        }
    }

    @Property(tries = 200)
    void theSameIsDrawnAgain(@ForAll String customer, @ForAll String offer, @ForAll long time) {
        double drawn = Thompson.of(customer, offer, time, "p/1").beta(3, 5);
        assertThat(Thompson.of(customer, offer, time, "p/1").beta(3, 5)).isEqualTo(drawn);
        assertThat(Thompson.of(customer, offer, time + 1, "p/1").beta(3, 5)).isNotEqualTo(drawn);
        assertThat(Thompson.of(customer, offer, time, "p/2").beta(3, 5)).isNotEqualTo(drawn);
        assertThat(Thompson.of(customer, offer + "x", time, "p/1").beta(3, 5)).isNotEqualTo(drawn);
        assertThat(Thompson.of(customer + "x", offer, time, "p/1").beta(3, 5)).isNotEqualTo(drawn);
    }

    @Example
    void extremeShapesDrawTheEnds() {
        for (int i = 0; i < 200; i++) {
            assertThat(new Thompson(i).beta(1e-9, 1e-9)).isBetween(0.0, 1.0);
            assertThat(new Thompson(i).beta(1e9, 1)).isGreaterThan(.999_99);
            assertThat(new Thompson(i).beta(1e-6, 1e3)).isLessThan(1e-3);
        }
    }
}

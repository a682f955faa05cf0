package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DecayedBuyingTest {

    private static final DecayedBuying MODEL = new DecayedBuying(.5, 40, .0076);

    /** Purchases and time both weighed with e^(-lambda age), a sum and a Riemann sum. */
    @Property(tries = 300)
    void agreesWithTheSumsThatItStandsFor(
            @ForAll @DoubleRange(min = .1, max = 50) double firstGap,
            @ForAll @DoubleRange(min = .1, max = 50) double secondGap,
            @ForAll @DoubleRange(max = 300) double silence,
            @ForAll @DoubleRange(min = 1, max = 300) double horizon) {
        double lambda = MODEL.lambdaPerDay();
        double asOfLast = 1 + Math.exp(-lambda * secondGap);
        double span = firstGap + secondGap;
        double count = Math.exp(-lambda * silence) + Math.exp(-lambda * (silence + secondGap));
        double time = 0;
        int steps = 20_000;
        for (int i = 0; i < steps; i++) {
            double age = (span + silence) * (i + .5) / steps;
            time += Math.exp(-lambda * age) * (span + silence) / steps;
        }
        double seen = MODEL.alphaDays() + time;
        double expected = 1 - Math.pow(seen / (seen + horizon), MODEL.r() + count);
        assertThat(MODEL.pBuy(asOfLast, span, silence, horizon)).isEqualTo(expected, within(1e-8));
    }

    @Property
    void fallsInSilence(
            @ForAll @DoubleRange(max = 500) double count,
            @ForAll @DoubleRange(max = 500) double span,
            @ForAll @DoubleRange(max = 800) double silence,
            @ForAll @DoubleRange(min = .01, max = 100) double more) {
        DecayedBuying slow = new DecayedBuying(.5, 400, .0076); // Where P(buy) is not 1 for the rounding.
        assertThat(slow.pBuy(Math.min(count, 20), span, silence + more, 182))
                .isLessThan(slow.pBuy(Math.min(count, 20), span, silence, 182));
        assertThat(MODEL.pBuy(count, span, silence + more, 182))
                .isLessThanOrEqualTo(MODEL.pBuy(count, span, silence, 182));
    }

    @Test
    void endlessSilenceLeavesTheChanceOfWhomNothingWasSeenForOneOverLambda() {
        double left = 1 - Math.pow((40 + 1 / .0076) / (40 + 1 / .0076 + 182), .5);
        assertThat(MODEL.pBuy(30, 100, 1e11, 182)).isEqualTo(left, within(1e-12));
    }

    @Property
    void theSlopeIsThatOfTheCurve(
            @ForAll @DoubleRange(max = 20) double count,
            @ForAll @DoubleRange(max = 500) double span,
            @ForAll @DoubleRange(min = 1, max = 500) double silence) {
        double step = 1e-3;
        double rise = MODEL.pBuy(count, span, silence + step, 182) - MODEL.pBuy(count, span, silence - step, 182);
        assertThat(MODEL.buying(count, span, silence, 182).slope()).isEqualTo(rise / (2 * step), within(1e-7));
    }

    @Test
    void extremesGiveProbabilities() {
        for (double count : new double[] {0, 1e-300, 1, 1000, 1e18}) {
            for (double span : new double[] {0, 1e-9, 1, 1e5, 1.1e11}) {
                for (double silence : new double[] {0, 1e-9, 1, 1e5, 1.1e11}) {
                    assertThat(MODEL.pBuy(count, span, silence, 182)).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DecayedBuying(.5, 40, 0))
                .withMessage("lambdaPerDay is 0.0: it must be positive and finite; fit the model anew.");
        assertThatIllegalArgumentException().isThrownBy(() -> new DecayedBuying(-1, 40, .01));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecayedBuying(.5, Double.NaN, .01));
    }
}

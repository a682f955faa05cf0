package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published parameters and histories are in weeks, and so are the numbers here: nothing but ratios of times counts. */
class ParetoNbdTest {

    /** On the CDNOW sample, BTYD walkthrough. */
    private static final ParetoNbd BTYD = new ParetoNbd(.5534, 10.5802, .6061, 11.6562);

    /** The same, fitted by lifetimes. */
    private static final ParetoNbd LIFETIMES = new ParetoNbd(.553, 10.578, .606, 11.669);

    // ---- published figures

    @Test
    void newCustomersAsPublished() {
        double[] published = {
            0, .05077821, .09916088, .14542507, .18979930, .23247466, .27361274, .31335159, .35181024, .38909211
        };
        for (int week = 0; week < published.length; week++) {
            assertThat(LIFETIMES.purchasesOfNew(week)).isEqualTo(published[week], within(.01 * published[week]));
        }
        assertThat(BTYD.purchasesOfNew(52)).isEqualTo(1.473434, within(1e-3));
    }

    @Test
    void customer1516AsPublished() {
        assertThat(BTYD.purchases(26, 216 / 7.0, 1 / 7.0, 52)).isEqualTo(25.45647, within(.01));
        assertThat(BTYD.pAlive(26, 30.86, .14)).isEqualTo(.997874, within(1e-4));
    }

    @Test
    void whoNeverCameBackAsPublished() {
        assertThat(BTYD.pAlive(0, 0, 39)).isEqualTo(.2941633, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"10,.7062289", "15,.1442396", "20,.02250658", "25,.00309267"})
    void increasingFrequencyParadoxAsInTheBtydWalkthrough(long repeats, double published) {
        assertThat(BTYD.purchases(repeats, 20, 19, 52)).isEqualTo(published, within(1e-3 * published));
    }

    /** The textbook's difference of two hypergeometric functions underflows here. */
    @Test
    void manyPurchasesAsPublished() {
        ParetoNbd model = new ParetoNbd(.55, 10.58, .61, 11.67);
        assertThat(model.purchases(132, 200, 0, 10)).isEqualTo(6.2060517889632418, within(1e-9));
        assertThat(model.purchases(133, 200, 0, 10)).isEqualTo(6.2528722475748113, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"221,103.42857,103.57143", "254,97.14286,97.28571", "161,94.71429,98", "204,98.57143,99.42857"})
    void theHardCasesAreAsIntegrated(long repeats, double span, double age) {
        ParetoNbd model = new ParetoNbd(.5143, 2.8845, .2856, 14.1087);
        double alive = 1 / (1 + gone(model, repeats, span, age - span));
        assertThat(model.pAlive(repeats, span, age - span)).isEqualTo(alive, within(1e-9));
    }

    @Test
    void holdOutByFrequencyAsInTheBtydWalkthrough() throws IOException {
        double[] published = {.138, .600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403};
        List<CdnowSample> sample = CdnowSample.exact();
        ToDoubleFunction<CdnowSample> expected = c -> BTYD.purchases(c.repeats(), c.span(), c.silence(), 39);
        for (int x = 0; x <= 7; x++) {
            assertThat(RepeatExpectationTest.meanOf(sample, x, expected)).isEqualTo(published[x], within(1e-3));
        }
    }

    @Test
    void weeklyTotalsAsInTheBtydWalkthrough() throws IOException {
        double[] weekly = {78.308, 76.419, 74.648, 72.983, 71.414, 69.933};
        double[] cumulative = {1308.856, 1385.275, 1459.923, 1532.906, 1604.32, 1674.253};
        List<CdnowSample> sample = CdnowSample.exact();
        for (int i = 0; i < 6; i++) {
            double until = RepeatExpectationTest.totalBy(20 + i, sample, BTYD::purchasesOfNew);
            double before = RepeatExpectationTest.totalBy(19 + i, sample, BTYD::purchasesOfNew);
            assertThat(until).isEqualTo(cumulative[i], within(3e-4 * cumulative[i])); // as exact as the parameters
            assertThat(until - before).isEqualTo(weekly[i], within(3e-4 * weekly[i]));
        }
    }

    @Test
    void allThatIsToComeDiscountedAsComputedIndependently() {
        ParetoNbd model = new ParetoNbd(.5533, 10.577, .6060, 11.663);
        assertThat(model.discountedPurchases(2, 30.43, 8.43, .0027)).isEqualTo(6.4842, within(1e-4));
    }

    @Test
    void likelihoodOfTheSampleAsPublished() throws IOException {
        ParetoNbd model = new ParetoNbd(.55315, 10.57633, .60625, 11.67150);
        double sum = CdnowSample.exact().stream()
                .mapToDouble(c -> model.logLikelihood(c.repeats(), c.span(), c.silence()))
                .sum();
        assertThat(sum).isEqualTo(-9594.9762, within(1e-3));
    }

    // ---- against the definition

    /** The odds of having left, by the integral over the moment of leaving, in a substitution that is smooth for many repeats. */
    private static double gone(ParetoNbd model, long repeats, double span, double silence) {
        double n = model.r() + repeats;
        double now = span + silence;
        int steps = 20_000;
        double sum = 0;
        double all = Math.log((model.alphaDays() + now) / (model.alphaDays() + span));
        for (int i = 0; i < steps; i++) {
            double w = all * (i + .5) / steps;
            double alpha = (model.alphaDays() + now) * Math.exp(-w);
            double beta = alpha - model.alphaDays() + model.betaDays();
            sum += Math.exp(n * w + model.s() * Math.log((model.betaDays() + now) / beta)) * alpha / beta * all / steps;
        }
        return model.s() * sum;
    }

    @Property(tries = 300)
    void agreesWithNumericalIntegration(
            @ForAll @DoubleRange(min = .05, max = 5) double r,
            @ForAll @DoubleRange(min = .05, max = 60) double alpha,
            @ForAll @DoubleRange(min = .05, max = 5) double s,
            @ForAll @DoubleRange(min = .05, max = 60) double beta,
            @ForAll @IntRange(max = 100) int repeats,
            @ForAll @DoubleRange(max = 100) double span,
            @ForAll @DoubleRange(max = 50) double silence,
            @ForAll @DoubleRange(min = .01, max = 100) double horizon) {
        ParetoNbd model = new ParetoNbd(r, alpha, s, beta);
        double n = r + repeats;
        double age = span + silence;
        double alive = 1 / (1 + gone(model, repeats, span, silence));
        assertThat(model.pAlive(repeats, span, silence)).isEqualTo(alive, within(1e-6));

        double stays = n * Math.log((alpha + span) / (alpha + age)) + s * Math.log((beta + span) / (beta + age));
        double density = Special.logGamma(n)
                - Special.logGamma(r)
                + r * Math.log(alpha)
                - n * Math.log(alpha + span)
                + s * Math.log(beta / (beta + span))
                + stays
                - Math.log(alive);
        assertThat(model.logLikelihood(repeats, span, silence)).isEqualTo(density, within(1e-4));

        // Purchases come at rate (r+x)/(alpha+T) from who has not left by then; the next before they leave.
        double purchases = 0;
        double buys = 0;
        int steps = 20_000;
        for (int i = 0; i < steps; i++) {
            double time = horizon * Math.pow((i + .5) / steps, 2); // finer at the start, where the rates are high
            double width = 2 * horizon * (i + .5) / steps / steps;
            double here = Math.pow(1 + time / (beta + age), -s);
            purchases += here * n / (alpha + age) * width;
            buys += here * n / (alpha + age) * Math.pow(1 + time / (alpha + age), -n - 1) * width;
        }
        assertThat(model.purchases(repeats, span, silence, horizon))
                .isEqualTo(alive * purchases, within(1e-4 * (1 + alive * purchases)));
        assertThat(model.pBuy(repeats, span, silence, horizon)).isEqualTo(alive * buys, within(1e-4));
    }

    /** s = 1 divides by zero in the textbook; whole s has a closed form with the exponential integral, any s the sum. */
    @ParameterizedTest
    @CsvSource({".6", "1", "2", "3.7"})
    void discountingIsTheSumOverShortSteps(double s) {
        ParetoNbd model = new ParetoNbd(.55, 10.6, s, 11.7);
        double sum = 0;
        double before = 0;
        double step = .25;
        for (int j = 1; j < 60_000; j++) {
            double until = model.purchases(2, 30, 8, step * j);
            sum += Math.exp(-.01 * step * (j - .5)) * (until - before);
            before = until;
        }
        assertThat(model.discountedPurchases(2, 30, 8, .01)).isEqualTo(sum, within(1e-5 * sum));
    }

    @Property(tries = 200)
    void fallsInSilence(
            @ForAll @IntRange(max = 100) int repeats,
            @ForAll @DoubleRange(max = 200) double silence,
            @ForAll @DoubleRange(min = .1, max = 50) double more) {
        double span = 2.0 * repeats;
        assertThat(BTYD.pAlive(repeats, span, silence + more)).isLessThanOrEqualTo(BTYD.pAlive(repeats, span, silence));
        assertThat(BTYD.pBuy(repeats, span, silence + more, 26))
                .isLessThanOrEqualTo(BTYD.pBuy(repeats, span, silence, 26));
    }

    @Test
    void withEqualScalesNothingIsDividedByZero() {
        double there = new ParetoNbd(.6, 10, .6, 10).pAlive(3, 20, 9);
        assertThat(new ParetoNbd(.6, 10, .6, 10 + 1e-9).pAlive(3, 20, 9)).isEqualTo(there, within(1e-9));
        assertThat(new ParetoNbd(.6, 10, .6, 10 - 1e-9).pAlive(3, 20, 9)).isEqualTo(there, within(1e-9));
    }

    // ---- against simulated customers

    @Test
    void simulatedCustomersBuyAsOftenAsExpected() {
        ParetoNbd model = new ParetoNbd(1, 8, 1, 30);
        Random random = new Random(5);
        double[] customers = new double[4];
        double[] expected = new double[4];
        double[] bought = new double[4];
        double[] squares = new double[4];
        double[] alive = new double[4];
        double[] pAlive = new double[4];
        for (int i = 0; i < 200_000; i++) {
            double rate = exponential(8, random); // Gamma(1, 8)
            double end = exponential(exponential(30, random), random);
            double last = 0;
            int x = 0;
            int later = 0;
            double time = exponential(rate, random);
            for (; time <= Math.min(end, 104); time += exponential(rate, random)) {
                if (time <= 52) {
                    x++;
                    last = time;
                } else {
                    later++;
                }
            }
            int group = Math.min(x, 3);
            customers[group]++;
            expected[group] += model.purchases(x, last, 52 - last, 52);
            bought[group] += later;
            squares[group] += later * later;
            alive[group] += end > 52 ? 1 : 0;
            pAlive[group] += model.pAlive(x, last, 52 - last);
        }
        for (int group = 0; group < 4; group++) {
            double mean = bought[group] / customers[group];
            double error = Math.sqrt(squares[group] / customers[group] - mean * mean) / Math.sqrt(customers[group]);
            assertThat(expected[group] / customers[group]).isEqualTo(mean, within(4 * error));
            assertThat(pAlive[group] / customers[group])
                    .isEqualTo(alive[group] / customers[group], within(2 / Math.sqrt(customers[group])));
        }
    }

    private static double exponential(double rate, Random random) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    // ---- extremes and refusals

    @Test
    void extremesGiveProbabilitiesAndFiniteNumbers() {
        for (double beta : new double[] {1e-3, 11.6562, 1e6}) {
            ParetoNbd model = new ParetoNbd(.5534, 10.5802, .6061, beta);
            for (long repeats : new long[] {0, 1, 1000, 1_000_000_000, Long.MAX_VALUE}) {
                for (double span : new double[] {0, 1e-9, 1, 1e5, 1.1e11}) {
                    for (double silence : new double[] {0, 1e-9, 1, 1e5, 1.1e11}) {
                        assertThat(model.pAlive(repeats, span, silence)).isBetween(0.0, 1.0);
                        assertThat(model.pBuy(repeats, span, silence, 182)).isBetween(0.0, 1.0);
                        assertThat(model.purchases(repeats, span, silence, 182)).isBetween(0.0, Double.MAX_VALUE);
                        assertThat(model.logLikelihood(repeats, span, silence)).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParetoNbd(.5, 10, 0, 10))
                .withMessage("s is 0.0: it must be positive and finite; fit the model anew.");
        assertThatIllegalArgumentException().isThrownBy(() -> new ParetoNbd(-1, 10, 1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new ParetoNbd(.5, Double.NaN, 1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new ParetoNbd(.5, 10, 1, Double.POSITIVE_INFINITY));
    }
}

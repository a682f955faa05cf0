package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.RepeatBuying.Family;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Published parameters and histories are in weeks, and so are the numbers here: nothing but ratios of times counts. */
class RepeatExpectationTest {

    private static RepeatExpectation weeks(Family family, double r, double alpha, double a, double b) {
        return new RepeatExpectation(new RepeatBuying(family, 1, r, alpha, a, b));
    }

    /** BG/NBD on the CDNOW sample, Fader, Hardie, Lee (2005). */
    private static final RepeatExpectation FADER = weeks(Family.BG, .243, 4.414, .793, 2.426);

    /** The same in more digits, BTYD walkthrough p. 20. */
    private static final RepeatExpectation BTYD = weeks(Family.BG, .2425967, 4.413659, .7929869, 2.426164);

    /** MBG/NBD on the same. */
    private static final RepeatExpectation MBG = weeks(Family.MBG, .525, 6.183, .891, 1.614);

    // ---- published figures

    @ParameterizedTest
    @CsvSource({".1429,.0078", "1,.0532", "3,.1506", "31.8571,1.0405", "32,1.0437", "78,1.8576"})
    void newCustomersAsPublished(double weeks, double published) {
        assertThat(BTYD.purchasesOfNew(weeks)).isEqualTo(published, within(5e-4));
    }

    @Test
    void newCustomersAsInTheBtydWalkthrough() {
        assertThat(BTYD.purchasesOfNew(52)).isEqualTo(1.444004, within(1e-6));
    }

    @Test
    void customerOneAsInHardiesSpreadsheet() {
        assertThat(FADER.purchases(2, 30.43, 8.43, 39)).isEqualTo(1.226, within(1e-3));
        assertThat(MBG.purchases(2, 30.43, 8.43, 39)).isEqualTo(1.226, within(.05));
    }

    /** Anchors of ALGORITHMS: the same four numbers in both families' formulas. */
    @Test
    void theFamiliesDifferAsComputedIndependently() {
        assertThat(weeks(Family.BG, .2426, 4.4135, .7931, 2.4263).purchases(2, 30.43, 8.43, 39))
                .isEqualTo(1.2258, within(1e-4));
        assertThat(weeks(Family.MBG, .2426, 4.4135, .7931, 2.4263).purchases(2, 30.43, 8.43, 39))
                .isEqualTo(1.3403, within(1e-4));
    }

    @Test
    void customer1516AsInTheBtydWalkthrough() {
        assertThat(BTYD.purchases(26, 216 / 7.0, 1 / 7.0, 52)).isEqualTo(25.75659, within(1e-5));
    }

    /** The more purchases, the surer it is that 19 weeks of silence mean the end. */
    @ParameterizedTest
    @CsvSource({"10,.3474606", "15,.04283391", "20,.004158973", "25,.0003583685"})
    void increasingFrequencyParadoxAsInTheBtydWalkthrough(long repeats, double published) {
        assertThat(BTYD.purchases(repeats, 20, 19, 52)).isEqualTo(published, within(1e-6));
    }

    @Test
    void chancesOfRepeatsAsPublished() {
        assertThat(FADER.chanceOfRepeats(10, 2)).isEqualTo(1.07869e-7, within(1e-11));
        assertThat(FADER.chanceOfRepeats(0, 39)).isEqualTo(.5737864, within(1e-4));
        double[] published = {
            .0019995214, .0015170236, .0011633150, .0009003148, .0007023638,
            .0005517902, .0004361913, .0003467171, .0002769613, .0002222260
        };
        for (int i = 0; i < published.length; i++) {
            assertThat(FADER.chanceOfRepeats(11 + i, 30)).isEqualTo(published[i], within(1e-5));
        }
    }

    @Test
    void theFiveBestOfNextWeekAsPublished() throws IOException {
        List<Double> best = CdnowSample.rounded().stream()
                .map(c -> BTYD.purchases(c.repeats(), c.span(), c.silence(), 1))
                .sorted((one, other) -> Double.compare(other, one))
                .limit(5)
                .toList();
        double[] published = {.710623, .662396, .486526, .474738, .424877};
        for (int i = 0; i < 5; i++) {
            assertThat(best.get(i)).isEqualTo(published[i], within(1e-5)); // 1e-6 with the digits of their own fit
        }
    }

    @Test
    void holdOutByFrequencyAsInTheBtydWalkthrough() throws IOException {
        double[] published = {.2250893, .5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036};
        double[] actual = {.2367116, .6970387, 1.392523, 1.56, 2.532258, 2.947368, 3.862069, 6.359375};
        List<CdnowSample> sample = CdnowSample.exact();
        ToDoubleFunction<CdnowSample> expected = c -> BTYD.purchases(c.repeats(), c.span(), c.silence(), 39);
        for (int x = 0; x <= 7; x++) {
            assertThat(meanOf(sample, x, expected)).isEqualTo(published[x], within(1e-6));
            assertThat(meanOf(sample, x, CdnowSample::later)).isEqualTo(actual[x], within(1e-6));
        }
        assertThat(sample.stream().mapToDouble(expected).sum()).isEqualTo(1653.4, within(.05));
    }

    static double meanOf(List<CdnowSample> sample, int repeats, ToDoubleFunction<CdnowSample> value) {
        return sample.stream()
                .filter(c -> Math.min(c.repeats(), 7) == repeats)
                .mapToDouble(value)
                .average()
                .orElseThrow();
    }

    @Test
    void weeklyTotalsAsInTheBtydWalkthrough() throws IOException {
        double[] weekly = {76.86531, 74.88843, 73.04554, 71.32166, 69.70412, 68.18213};
        double[] cumulative = {1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6};
        List<CdnowSample> sample = CdnowSample.exact();
        for (int i = 0; i < 6; i++) {
            double until = totalBy(20 + i, sample, BTYD::purchasesOfNew);
            assertThat(until).isEqualTo(cumulative[i], within(1e-3));
            assertThat(until - totalBy(19 + i, sample, BTYD::purchasesOfNew)).isEqualTo(weekly[i], within(1e-4));
        }
    }

    interface Growth {
        double after(double weeks);
    }

    /** Repeats expected of all up to the end of a week, each from their own first purchase on. */
    static double totalBy(int week, List<CdnowSample> sample, Growth growth) {
        double oldest = sample.stream().mapToDouble(CdnowSample::age).max().orElseThrow();
        return sample.stream()
                .mapToDouble(c -> week - (oldest - c.age()))
                .filter(known -> known > 0)
                .map(growth::after)
                .sum();
    }

    /** 12 steps of 30 weeks at .01 a step: the lifetimes package's Quickstart, whose "months" these are. */
    @Test
    void valueOfTheFirstTenAsPublished() throws IOException {
        double[] published = {
            140.096211,
            18.943467,
            38.180574,
            38.180574,
            38.180574,
            1003.868107,
            28.109683,
            38.180574,
            167.418216,
            38.180574
        };
        List<CdnowSample> sample = CdnowSample.spending();
        GammaGamma spend = new GammaGamma(6.249, 3.744, 15.446);
        for (int i = 0; i < 10; i++) {
            CdnowSample c = sample.get(i);
            double purchases = 0;
            double before = 0;
            for (int step = 1; step <= 12; step++) {
                double until = BTYD.purchases(c.repeats(), c.span(), c.silence(), 30 * step);
                purchases += (until - before) / Math.pow(1.01, step);
                before = until;
            }
            assertThat(purchases * spend.expectedSpend(c.repeats(), c.meanSpend()))
                    .isEqualTo(published[i], within(.001 * published[i]));
        }
    }

    // ---- discounting

    @Test
    void threeYearsDiscountedAsComputedIndependently() {
        RepeatExpectation model = weeks(Family.BG, .2426, 4.4135, .7931, 2.4263);
        assertThat(model.pAlive(2, 30.43, 8.43) * model.discountedWhileAlive(2, 38.86, 156, .0027, 36))
                .isEqualTo(2.9875, within(1e-4));
        assertThat(model.pAlive(2, 30.43, 8.43) * model.discountedWhileAlive(2, 38.86, 156, .0027, 12))
                .isEqualTo(2.9867, within(1e-4));
    }

    @Test
    void discountingIsByTheQuarterOfAYearOfDays() {
        RepeatExpectation model =
                new RepeatExpectation(new RepeatBuying(Family.BG, 1, .2426, 7 * 4.4135, .7931, 2.4263));
        double quarters = model.discountedPurchases(2, 7 * 30.43, 7 * 8.43, 7 * 156, .0027 / 7);
        assertThat(quarters).isEqualTo(2.9867, within(1e-4));
        assertThat(model.discountedPurchases(2, 7 * 30.43, 7 * 8.43, 7 * 156, 0))
                .isEqualTo(model.purchases(2, 7 * 30.43, 7 * 8.43, 7 * 156), within(1e-12));
    }

    // ---- against the definition

    /** Rates are a closed form, drop-out chances p are integrated over: the mean of (1 - (1 + p t / scale)^-n) / p. */
    @Property(tries = 300)
    void agreesWithNumericalIntegrationOverDropOut(
            @ForAll Family family,
            @ForAll @DoubleRange(min = .1, max = 6) double r,
            @ForAll @DoubleRange(min = .3, max = 5) double a,
            @ForAll @DoubleRange(min = .3, max = 30) double b,
            @ForAll @LongRange(max = 400) long repeats,
            @ForAll @DoubleRange(min = .01, max = 2) double gap,
            @ForAll @DoubleRange(min = .01, max = 500) double horizon) {
        RepeatExpectation model = weeks(family, r, 5, a, b);
        double span = repeats * gap;
        double stay = b + repeats + (family == Family.MBG ? 1 : 0);
        double scale = 5 + span;
        double all = 0;
        double purchases = 0;
        for (double y = -140; y < 140; y += .02) {
            double p = 1 / (1 + Math.exp(-y));
            double weight = Math.exp(-a * Math.log1p(Math.exp(-y)) - stay * Math.log1p(Math.exp(y)));
            all += weight;
            purchases += weight * -Math.expm1(-(r + repeats) * Math.log1p(p * horizon / scale)) / p;
        }
        double expected = model.model().pAlive(repeats, span, 0) * purchases / all;
        assertThat(model.purchases(repeats, span, 0, horizon)).isEqualTo(expected, within(1e-9 * (1 + expected)));
    }

    /** Where the textbook's formula divides by zero: a = 1, and a + b + x = 1. */
    @ParameterizedTest
    @CsvSource({"1,2.4,3", "1,2.4,0", ".4,.6,0", ".25,.75,0"})
    void nothingHappensAtThePolesOfTheTextbook(double a, double b, long repeats) {
        double there = weeks(Family.BG, .3, 5, a, b).purchases(repeats, 10, 2, 39);
        assertThat(weeks(Family.BG, .3, 5, a + 1e-9, b).purchases(repeats, 10, 2, 39))
                .isEqualTo(there, within(1e-8));
        assertThat(weeks(Family.BG, .3, 5, a - 1e-9, b).purchases(repeats, 10, 2, 39))
                .isEqualTo(there, within(1e-8));
        assertThat(weeks(Family.BG, .3, 5, a + 1e-3, b).purchases(repeats, 10, 2, 39))
                .isEqualTo(there, within(1e-2));
    }

    @Property(tries = 200)
    void expectedOfNewIsTheMeanOverTheChancesOfRepeats(
            @ForAll Family family, @ForAll @DoubleRange(min = .1, max = 60) double weeks) {
        RepeatExpectation model = weeks(family, .6, 8, .8, 2.4);
        double all = 0;
        double mean = 0;
        for (int n = 0; n < 400; n++) {
            double chance = model.chanceOfRepeats(n, weeks);
            all += chance;
            mean += n * chance;
        }
        assertThat(all).isEqualTo(1, within(1e-9));
        assertThat(model.purchasesOfNew(weeks)).isEqualTo(mean, within(1e-6));
    }

    // ---- against simulated customers

    /** Customers with as many repeats in a year are followed for another. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void simulatedCustomersBuyAsOftenAsExpected(Family family) {
        RepeatExpectation model = weeks(family, 1, 8, .8, 2.4);
        Random random = new Random(11);
        double[] customers = new double[4];
        double[] expected = new double[4];
        double[] bought = new double[4];
        double[] squares = new double[4];
        for (int i = 0; i < 200_000; i++) {
            double rate = -Math.log(1 - random.nextDouble()) / 8; // Gamma(1, 8)
            double dropOut = Math.pow(random.nextDouble(), 1 / .8); // Beta(.8, 2.4) by rejection
            while (random.nextDouble() > Math.pow(1 - dropOut, 1.4)) {
                dropOut = Math.pow(random.nextDouble(), 1 / .8);
            }
            boolean here = family == Family.BG || random.nextDouble() >= dropOut;
            double last = 0;
            int x = 0;
            int later = 0;
            for (double time = gap(rate, random); here && time <= 104; time += gap(rate, random)) {
                if (time <= 52) {
                    x++;
                    last = time;
                } else {
                    later++;
                }
                here = random.nextDouble() >= dropOut;
            }
            int group = Math.min(x, 3);
            customers[group]++;
            expected[group] += model.purchases(x, last, 52 - last, 52);
            bought[group] += later;
            squares[group] += later * later;
        }
        for (int group = 0; group < 4; group++) {
            double mean = bought[group] / customers[group];
            double error = Math.sqrt(squares[group] / customers[group] - mean * mean) / Math.sqrt(customers[group]);
            assertThat(expected[group] / customers[group]).isEqualTo(mean, within(4 * error));
            assertThat(error).isLessThan(.05);
        }
    }

    private static double gap(double rate, Random random) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    // ---- extremes and refusals

    @ParameterizedTest
    @EnumSource(Family.class)
    void extremesGiveFiniteNumbers(Family family) {
        for (double a : new double[] {1e-4, .8, 1, 20}) {
            for (double b : new double[] {1e-4, 2.4, 13_100}) {
                RepeatExpectation model = weeks(family, .6, 50, a, b);
                for (long repeats : new long[] {0, 1, 400, 1_000_000_000}) {
                    for (double span : new double[] {0, 1e-9, 1, 1e5}) {
                        for (double silence : new double[] {0, 1, 1e5, 1.1e11}) {
                            for (double horizon : new double[] {0, 1e-9, 1, 36_525}) {
                                assertThat(model.purchases(repeats, span, silence, horizon))
                                        .isBetween(0.0, (.6 + repeats) / (50 + span) * horizon * 1.0001);
                            }
                        }
                    }
                }
            }
        }
    }

    @Property(tries = 200)
    void growsWithTheHorizon(
            @ForAll Family family,
            @ForAll @IntRange(max = 100) int repeats,
            @ForAll @DoubleRange(max = 500) double horizon,
            @ForAll @DoubleRange(min = .01, max = 50) double more) {
        RepeatExpectation model = weeks(family, .6, 8, .8, 2.4);
        assertThat(model.purchases(repeats, 2.0 * repeats, 1, horizon + more))
                .isGreaterThan(model.purchases(repeats, 2.0 * repeats, 1, horizon));
    }

    @Test
    void regularGapsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepeatExpectation(new RepeatBuying(Family.MBG, 2, .6, 50, .8, 1.2)))
                .withMessage("k is 2: purchases can be expected with k = 1 alone; fit such a model beside this one.");
    }
}

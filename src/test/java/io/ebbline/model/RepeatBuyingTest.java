package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.RepeatBuying.Family;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RepeatBuyingTest {

    /** The literature's unit: parameters and histories in weeks. Nothing but ratios of times counts. */
    private static RepeatBuying inWeeks(Family family, double r, double alpha, double a, double b) {
        return new RepeatBuying(family, 1, r, 7 * alpha, a, b);
    }

    /** BG/NBD on the CDNOW sample, Fader, Hardie, Lee (2005). */
    private static final RepeatBuying FADER = inWeeks(Family.BG, .243, 4.414, .793, 2.426);

    /** The same in more digits, BTYD walkthrough p. 20. */
    private static final RepeatBuying BTYD = inWeeks(Family.BG, .2425967, 4.413659, .7929869, 2.426164);

    // ---- published figures

    @Test
    void pAliveOfCustomer1516AsInTheBtydWalkthrough() {
        assertThat(BTYD.pAlive(26, 216, 1)).isEqualTo(.9688523, within(1e-7)); // tx = 30 6/7, T = 31 weeks
    }

    @Test
    void pAliveAsComputedIndependently() {
        assertThat(FADER.pAlive(2, 7 * 30.43, 7 * (38.86 - 30.43))).isEqualTo(.7265786, within(1e-6));
        assertThat(FADER.pAlive(1, 7 * 1.71, 7 * (38.86 - 1.71))).isEqualTo(.2121010, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "30", "1e5"})
    void withBgWhoBoughtOnceIsAliveForCertain(double silence) {
        assertThat(FADER.pAlive(0, 0, silence)).isEqualTo(1);
    }

    @Test
    void withMbgWhoBoughtOnceMayBeGone() {
        RepeatBuying sample = inWeeks(Family.MBG, .525, 6.183, .891, 1.614);
        assertThat(sample.pAlive(0, 0, 7)).isLessThan(1);
    }

    @Test
    void aThousandPurchasesInTenWeeksAndNinetyOfSilenceDoNotOverflow() {
        assertThat(FADER.pAlive(1000, 70, 630)).isEqualTo(0);
    }

    @Test
    void silenceOfANewCustomerIsTheChanceOfNoRepeat() {
        assertThat(Math.exp(FADER.logSurvival(0, 0, 7 * 39))).isEqualTo(.5737864, within(1e-4)); // P(X(39) = 0), BTYD
    }

    // ---- against the definition, by numerical integration over rates and drop-out chances

    @Property(tries = 300)
    void agreesWithNumericalIntegrationOfTheLikelihood(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 4) int k,
            @ForAll @LongRange(max = 20) long repeats,
            @ForAll @DoubleRange(min = 1, max = 40) double gap,
            @ForAll @DoubleRange(min = 0, max = 200) double silence,
            @ForAll @DoubleRange(min = 1, max = 200) double horizon) {
        RepeatBuying model = new RepeatBuying(family, k, .6, 20, .8, 1.4);
        double span = repeats * gap;
        double now = survival(model, repeats, span, silence);
        double later = survival(model, repeats, span, silence + horizon);
        boolean safe = family == Family.BG && repeats == 0;
        double stay = chances(model, family == Family.MBG ? repeats + 1 : repeats, 0);
        double leave = safe ? 0 : chances(model, family == Family.MBG ? repeats : repeats - 1, 1);
        double alive = stay * now / (stay * now + leave);

        assertThat(model.logSurvival(repeats, span, silence)).isEqualTo(Math.log(now), within(1e-6));
        assertThat(model.pAlive(repeats, span, silence)).isEqualTo(alive, within(1e-6));
        assertThat(model.pBuy(repeats, span, silence, horizon)).isEqualTo(alive * (1 - later / now), within(1e-6));
    }

    /** Of the rates that fit kx stages in the span: the mean chance of fewer than k stages in the silence that follows. */
    private static double survival(RepeatBuying model, long repeats, double span, double silence) {
        double n = model.r() + model.k() * repeats;
        double scale = model.alphaDays() + span;
        double top = 0;
        double all = 0;
        // Substituted rate = e^y / scale, so that the integrand is smooth at 0.
        for (int i = 0; i <= 40_000; i++) {
            double y = -60 + 66.0 * i / 40_000;
            double weight = Math.exp(n * y - Math.exp(y) - (n * Math.log(n) - n));
            double stages = Math.exp(y) / scale * silence;
            double fewer = 0;
            double term = Math.exp(-stages);
            for (int j = 0; j < model.k(); j++) {
                fewer += term;
                term *= stages / (j + 1);
            }
            top += weight * fewer;
            all += weight;
        }
        return top / all;
    }

    /** The mean over drop-out chances p of (1-p)^stays p^leaves, up to a factor that stays the same. */
    private static double chances(RepeatBuying model, long stays, int leaves) {
        double sum = 0;
        // Substituted p = 1 / (1 + e^-y), so that the integrand vanishes at both ends.
        for (int i = 0; i <= 40_000; i++) {
            double y = -80 + 160.0 * i / 40_000;
            double lnP = -Math.log1p(Math.exp(-y));
            double lnNotP = -Math.log1p(Math.exp(y));
            sum += Math.exp((model.a() + leaves) * lnP + (model.b() + stays) * lnNotP);
        }
        return sum;
    }

    // ---- against simulated customers

    @ParameterizedTest
    @CsvSource({"BG,1", "BG,3", "MBG,1", "MBG,2", "MBG,4"})
    void asManySimulatedCustomersBuyAsItSays(Family family, int k) {
        RepeatBuying model = new RepeatBuying(family, k, 1, 15, 1, 2.5);
        Cohort cohort = new Cohort(model, 200_000, 120, 60);
        for (int x = 0; x <= 5; x++) {
            assertThat(cohort.boughtShare(x)).isEqualTo(cohort.meanPBuy(x), within(4 * cohort.standardError(x)));
            assertThat(cohort.aliveShare(x)).isEqualTo(cohort.meanPAlive(x), within(4 * cohort.standardError(x)));
        }
    }

    // ---- shape

    @Property
    void pAliveFallsInSilenceAndSoDoesPBuyWithKOne(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 4) int k,
            @ForAll @LongRange(min = 1, max = 300) long repeats,
            @ForAll @DoubleRange(max = 500) double span,
            @ForAll @DoubleRange(max = 500) double silence,
            @ForAll @DoubleRange(min = .01, max = 100) double more) {
        RepeatBuying model = new RepeatBuying(family, k, .6, 50, .8, 1.2);
        assertThat(model.pAlive(repeats, span, silence + more))
                .isLessThanOrEqualTo(model.pAlive(repeats, span, silence));
        RepeatBuying one = new RepeatBuying(family, 1, .6, 50, .8, 1.2);
        assertThat(one.pBuy(repeats, span, silence + more, 182))
                .isLessThanOrEqualTo(one.pBuy(repeats, span, silence, 182));
    }

    @Test
    void withRegularGapsPBuyRisesUntilAPurchaseIsDue() {
        RepeatBuying regular = new RepeatBuying(Family.MBG, 4, 2, 20, .8, 4);
        double bought = regular.pBuy(20, 600, 0, 7); // every 30 days
        double due = regular.pBuy(20, 600, 25, 7);
        double overdue = regular.pBuy(20, 600, 120, 7);
        assertThat(due).isGreaterThan(bought).isGreaterThan(overdue);
    }

    @Property
    void theSlopeIsThatOfTheCurve(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 4) int k,
            @ForAll @LongRange(max = 30) long repeats,
            @ForAll @DoubleRange(max = 300) double span,
            @ForAll @DoubleRange(min = 1, max = 300) double silence) {
        RepeatBuying model = new RepeatBuying(family, k, .6, 50, .8, 1.2);
        double step = 1e-3;
        double rise = model.pBuy(repeats, span, silence + step, 182) - model.pBuy(repeats, span, silence - step, 182);
        assertThat(model.buying(repeats, span, silence, 182).slope()).isEqualTo(rise / (2 * step), within(1e-7));
    }

    // ---- the crossing of P(alive)

    @Property(tries = 20_000)
    void atTheSilenceUntilAlivePAliveIsThere(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 4) int k,
            @ForAll @LongRange(max = 1000) long repeats,
            @ForAll @DoubleRange(max = 800) double span,
            @ForAll @Scale(6) @DoubleRange(min = .001, max = .999) double p) {
        RepeatBuying model = new RepeatBuying(family, k, .6, 50, .8, 1.2);
        double silence = model.silenceUntilAlive(repeats, span, p);
        if (silence == 0) {
            assertThat(model.pAlive(repeats, span, 0)).isLessThanOrEqualTo(p + 1e-12);
        } else if (silence < Double.POSITIVE_INFINITY) {
            assertThat(model.pAlive(repeats, span, silence)).isEqualTo(p, within(1e-8));
        } else {
            assertThat(model.pAlive(repeats, span, 1e300)).isGreaterThan(p);
        }
    }

    // ---- extremes and refusals

    @ParameterizedTest
    @EnumSource(Family.class)
    void extremesGiveProbabilities(Family family) {
        for (int k = 1; k <= 4; k++) {
            RepeatBuying model = new RepeatBuying(family, k, .6, 50, .8, 1.2);
            for (long repeats : new long[] {0, 1, 1000, 1_000_000_000, Long.MAX_VALUE}) {
                for (double span : new double[] {0, 1e-9, 1, 1e5, 1.1e11}) {
                    for (double silence : new double[] {0, 1e-9, 1, 1e5, 1.1e11}) {
                        assertThat(model.pAlive(repeats, span, silence)).isBetween(0.0, 1.0);
                        assertThat(model.pBuy(repeats, span, silence, 182)).isBetween(0.0, 1.0);
                        assertThat(model.logSurvival(repeats, span, silence)).isLessThanOrEqualTo(1e-9);
                    }
                }
            }
        }
    }

    @Test
    void parametersOutOfRangeAreRefusedWithTheWayToMendThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepeatBuying(Family.MBG, 5, .6, 50, .8, 1.2))
                .withMessage("k is 5: fit with a k of 1, 2, 3 or 4.");
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatBuying(Family.MBG, 0, .6, 50, .8, 1.2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepeatBuying(Family.MBG, 1, 0, 50, .8, 1.2))
                .withMessage("r is 0.0: it must be positive and finite; fit the model anew.");
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatBuying(Family.MBG, 1, .6, -1, .8, 1.2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatBuying(Family.MBG, 1, .6, 50, Double.NaN, 1.2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepeatBuying(Family.MBG, 1, .6, 50, .8, Double.POSITIVE_INFINITY));
        RepeatBuying model = new RepeatBuying(Family.MBG, 1, .6, 50, .8, 1.2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.silenceUntilAlive(1, 10, 1))
                .withMessage("The threshold is 1.0: choose a probability above 0 and below 1.");
        assertThatIllegalArgumentException().isThrownBy(() -> model.silenceUntilAlive(1, 10, 0));
    }

    @Property(tries = 300)
    void afterTheMedianWaitHalfOfThoseAliveHaveBought(@ForAll long seed) {
        Random random = new Random(seed);
        RepeatBuying model = new RepeatBuying(
                RepeatBuying.Family.MBG, 1 + random.nextInt(4), .2 + 2 * random.nextDouble(), 50, .8, 1.2);
        long repeats = random.nextInt(20);
        double span = repeats == 0 ? 0 : 300 * random.nextDouble();
        double silence = 400 * random.nextDouble();
        double wait = model.medianWaitDays(repeats, span, silence);
        double stillSilent =
                Math.exp(model.logSurvival(repeats, span, silence + wait) - model.logSurvival(repeats, span, silence));
        assertThat(wait).isPositive();
        assertThat(stillSilent).isEqualTo(.5, within(1e-9));
    }
}

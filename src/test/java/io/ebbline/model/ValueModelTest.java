package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.LifetimeValue.Model;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ValueModelTest {

    private static final long DAY = 86_400_000L;
    private static final long YEAR = 364 * DAY;

    /** The published fit to the CDNOW sample (Fader, Hardie, Lee 2005), weeks turned into days. */
    private static final ParetoNbd PARETO = new ParetoNbd(.5533, 7 * 10.578, .6061, 7 * 11.669);

    private static final RepeatExpectation MBG =
            new RepeatExpectation(new RepeatBuying(RepeatBuying.Family.MBG, 1, .5249, 7 * 6.1836, .8910, 1.6129));

    private static final GammaGamma SPEND = new GammaGamma(6.249, 3.744, 1_544.6);

    private static Past past(Random random) {
        return new Past(
                random.nextInt(10),
                400 * random.nextDouble(),
                300 * random.nextDouble(),
                random.nextInt(100_000) - 5_000,
                random.nextInt(20_000));
    }

    @Test
    void withAnEndlessHorizonItIsThePublishedDiscountedValueOfACustomer() {
        // Fader, Hardie, Lee (2005), the CLV paper: x = 2, tx = 30.43, T = 38.86 weeks, 15 % a year, delta .0027 a
        // week:
        // 6.4842 discounted transactions; and equation 5 of the Gamma-Gamma note by hand for two repeats at 30 each.
        ValueModel model = new ValueModel(
                new ParetoNbd(.5533, 7 * 10.577, .6060, 7 * 11.663),
                SPEND,
                36_525L * DAY,
                Math.expm1(.0027 / 7 * 365.25),
                null);
        ValueModel.Outlook outlook = model.value(new Past(2, 7 * 30.43, 7 * 8.43, 9_000, 0));
        double each = 6.249 * (1_544.6 + 9_000) / (6.249 * 3 + 3.744 - 1);
        assertThat(outlook.perPurchaseMinor()).isEqualTo(each, within(1e-9));
        assertThat(outlook.minor()).isEqualTo(6.4842 * each, within(.005 * 6.4842 * each));
    }

    @Property(tries = 200)
    void itIsWhatDailyStepsComeTo(@ForAll long seed) {
        Random random = new Random(seed);
        ExpectedPurchases purchases = random.nextBoolean() ? PARETO : MBG;
        double rate = random.nextDouble() / 4;
        ValueModel model = new ValueModel(purchases, SPEND, YEAR, rate, null);
        Past past = past(random);
        double sum = 0;
        double before = 0;
        for (int day = 1; day <= 364; day++) {
            double until = purchases.purchases(past.repeats(), past.spanDays(), past.silenceDays(), day);
            sum += (until - before) * Math.pow(1 + rate, -(day - .5) / 365.25);
            before = until;
        }
        double each = SPEND.expectedSpend(past.repeats() + 1, Math.max(0, past.netMinor()) / (past.repeats() + 1.0));
        ValueModel.Outlook value = model.value(past);
        assertThat(value.purchases()).isEqualTo(before, within(1e-9 * before));
        assertThat(value.perPurchaseMinor()).isEqualTo(each, within(1e-9 * each));
        assertThat(value.minor()).isEqualTo(sum * each, within(.002 * sum * each));
        assertThat(model.spendWithin(past, YEAR).minor()).isEqualTo(before * each, within(1e-9 * before * each));
    }

    @Property(tries = 200)
    void theLayerIsItsFormula(@ForAll long seed) {
        Random random = new Random(seed);
        SpendLayer layer = new SpendLayer(
                50 + 1_000 * random.nextDouble(),
                random.nextGaussian(),
                random.nextDouble(),
                random.nextGaussian(),
                random.nextGaussian(),
                random.nextGaussian());
        Past past = past(random);
        double u = layer.unitMinor();
        double base = 30_000 * random.nextDouble();
        double mean = Math.max(0, past.netMinor()) / (past.repeats() + 1.0);
        double expected = u
                * Math.exp(layer.intercept())
                * Math.pow(base / u + .1, layer.base())
                * Math.pow(1 + past.recentMinor() / u, layer.recent())
                * Math.pow(1 + past.silenceDays() / 7, layer.silence())
                * Math.pow(1 + mean / u, layer.mean());
        assertThat(layer.spendMinor(past, base)).isEqualTo(expected, within(1e-9 * expected));

        ValueModel without = new ValueModel(PARETO, SPEND, YEAR, .1, null);
        ValueModel with = new ValueModel(PARETO, SPEND, YEAR, .1, layer);
        double corrected =
                layer.spendMinor(past, without.spendWithin(past, YEAR).minor());
        assertThat(with.spendWithin(past, YEAR).minor()).isEqualTo(corrected, within(1e-9 * corrected));
        // Discount and another horizon bite as they do without a layer.
        double share = corrected / without.spendWithin(past, YEAR).minor();
        assertThat(with.value(past).minor() / without.value(past).minor()).isEqualTo(share, within(1e-9 * share));
        assertThat(with.spendWithin(past, 100 * DAY).minor()
                        / without.spendWithin(past, 100 * DAY).minor())
                .isEqualTo(share, within(1e-9 * share));
    }

    @Property(tries = 200)
    void theCurrencyDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        Past past = past(random);
        Past yen = new Past(
                past.repeats(), past.spanDays(), past.silenceDays(), 100 * past.netMinor(), 100 * past.recentMinor());
        ValueModel cents = new ValueModel(PARETO, SPEND, YEAR, .1, new SpendLayer(110, .2, .5, .5, .1, -.2));
        ValueModel many = new ValueModel(
                PARETO,
                new GammaGamma(SPEND.p(), SPEND.q(), 100 * SPEND.v()),
                YEAR,
                .1,
                new SpendLayer(11_000, .2, .5, .5, .1, -.2));
        double value = cents.value(past).minor();
        assertThat(many.value(yen).minor()).isEqualTo(100 * value, within(1e-7 * value));
    }

    @Test
    void whoBroughtBackMoreThanTheyBoughtIsTakenToHaveSpentNothing() {
        ValueModel model = ValueModel.shipped();
        assertThat(model.value(new Past(1, 20, 5, -700, 0))).isEqualTo(model.value(new Past(1, 20, 5, 0, 0)));
    }

    @Test
    void afterASilenceWithoutEndNothingIsExpectedAndEverythingIsANumber() {
        for (ExpectedPurchases purchases : new ExpectedPurchases[] {PARETO, MBG}) {
            for (SpendLayer layer : new SpendLayer[] {null, new SpendLayer(110, .2, .5, .5, .1, -.2)}) {
                ValueModel model = new ValueModel(purchases, SPEND, YEAR, .1, layer);
                for (long repeats : new long[] {0, 1, 500}) {
                    Past past = new Past(repeats, repeats == 0 ? 0 : 800, 36_525, 100_000, 0);
                    assertThat(model.value(past).purchases()).isBetween(0.0, .2);
                    assertThat(model.value(past).minor())
                            .isGreaterThanOrEqualTo(0)
                            .isLessThan(50_000);
                    assertThat(model.spendWithin(past, DAY).minor()).isGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    @Test
    void itSaysWhichFormulaItIs() {
        RepeatExpectation bg =
                new RepeatExpectation(new RepeatBuying(RepeatBuying.Family.BG, 1, .2426, 30.9, .7931, 2.4263));
        SpendLayer layer = new SpendLayer(110, .2, .5, .5, .1, -.2);
        assertThat(new ValueModel(PARETO, SPEND, YEAR, 0, null).formula()).isEqualTo(Model.PARETO_NBD);
        assertThat(new ValueModel(MBG, SPEND, YEAR, 0, null).formula()).isEqualTo(Model.MBG_NBD);
        assertThat(new ValueModel(bg, SPEND, YEAR, 0, null).formula()).isEqualTo(Model.BG_NBD);
        assertThat(new ValueModel(bg, SPEND, YEAR, 0, layer).formula()).isEqualTo(Model.SPEND_LAYER);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueModel(PARETO, SPEND, 0, .1, null))
                .withMessage("horizonMillis is 0: it must be positive, 52 weeks for instance.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueModel(PARETO, SPEND, DAY, -.1, null))
                .withMessageContaining("write 9 % as 0.09");
        assertThatIllegalArgumentException().isThrownBy(() -> new SpendLayer(0, 0, 1, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpendLayer(1, 0, -1, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpendLayer(1, 0, 1, Double.NaN, 0, 0))
                .withMessageContaining("recent is NaN");
    }
}

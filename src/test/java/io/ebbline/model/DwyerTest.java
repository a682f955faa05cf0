package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.LifetimeValue.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** {@link RetentionModel} and {@link MigrationModel}. */
class DwyerTest {

    // ---- lost for good

    /** The margin multiple that the literature on customers as assets quotes for these rates. */
    @Test
    void fourInFiveStayingAtTenPercentIsWorthTwoAndTwoThirdsMargins() {
        LifetimeValue value = new RetentionModel(.8, .1).value(1);
        assertThat(value.minor()).isEqualTo(2.67, within(.005));
        assertThat(value.model()).isEqualTo(Model.RETENTION);
    }

    @Property
    void retentionAgreesWithTheSumOverThePeriods(
            @ForAll @DoubleRange(max = .98) double retention, @ForAll @DoubleRange(max = 1) double rate) {
        double sum = 0;
        for (int t = 1; t <= 3000; t++) {
            sum += 500 * Math.pow(retention / (1 + rate), t);
        }
        assertThat(new RetentionModel(retention, rate).value(500).minor()).isEqualTo(sum, within(1e-7));
    }

    @Property
    void retentionFallsWithTheRateAndGrowsWithLoyalty(
            @ForAll @DoubleRange(min = .01, max = .95) double retention,
            @ForAll @DoubleRange(min = .01, max = 1) double rate) {
        double value = new RetentionModel(retention, rate).value(500).minor();
        assertThat(new RetentionModel(retention, rate + .01).value(500).minor()).isLessThan(value);
        assertThat(new RetentionModel(retention + .01, rate).value(500).minor()).isGreaterThan(value);
    }

    @Test
    void whoStaysForEverIsAPerpetuity() {
        assertThat(new RetentionModel(1, 1e-17).value(1).minor()).isEqualTo(1e17);
        assertThat(new RetentionModel(0, 0).value(500).minor()).isEqualTo(0);
    }

    // ---- always a share

    /** Chances, margin, contact cost and rate of the example in Pfeifer and Carraway (2000). */
    private static final MigrationModel CATALOGUE = new MigrationModel(List.of(.3, .2, .15, .05), 40, 4, .2);

    @Test
    void migrationSolvesTheEquationsOfItsStates() {
        List<LifetimeValue> v = CATALOGUE.values();
        assertThat(v).hasSize(4).allMatch(value -> value.model() == Model.MIGRATION);
        double bought = v.get(0).minor();
        assertThat(bought).isEqualTo(36 + (.3 * bought + .7 * v.get(1).minor()) / 1.2, within(1e-12));
        assertThat(v.get(1).minor()).isEqualTo(-4 + (.2 * bought + .8 * v.get(2).minor()) / 1.2, within(1e-12));
        assertThat(v.get(2).minor())
                .isEqualTo(-4 + (.15 * bought + .85 * v.get(3).minor()) / 1.2, within(1e-12));
        assertThat(v.get(3).minor()).isEqualTo(-4 + .05 * bought / 1.2, within(1e-12));
    }

    @Property
    void migrationAgreesWithTheLongSumOverThePeriods(
            @ForAll @Size(min = 1, max = 8) List<@DoubleRange(max = .9) Double> chances,
            @ForAll @DoubleRange(min = -50, max = 500) double margin,
            @ForAll @DoubleRange(max = 20) double contact,
            @ForAll @DoubleRange(min = .02, max = 1) double rate) {
        List<LifetimeValue> values = new MigrationModel(chances, margin, contact, rate).values();
        for (int k = 0; k < chances.size(); k++) {
            assertThat(values.get(k).minor()).isEqualTo(sum(chances, margin, contact, rate, k), within(1e-6));
        }
    }

    /** The chances of being in each state, moved on period by period; 1.02^-2000 is nothing. */
    private static double sum(List<Double> chances, double margin, double contact, double rate, int from) {
        int n = chances.size();
        double[] state = new double[n + 1];
        state[from] = 1;
        double sum = 0;
        for (int t = 0; t < 2000; t++) {
            double[] next = new double[n + 1];
            double cash = state[0] * margin;
            for (int k = 0; k < n; k++) {
                cash -= state[k] * contact;
                next[0] += state[k] * chances.get(k);
                next[k + 1] += state[k] * (1 - chances.get(k));
            }
            sum += cash / Math.pow(1 + rate, t);
            state = next;
        }
        return sum;
    }

    @Test
    void migrationIsTheMeanOfSimulatedCustomers() {
        SplittableRandom random = new SplittableRandom(3);
        int customers = 300_000;
        double sum = 0;
        double squares = 0;
        for (int c = 0; c < customers; c++) {
            double value = 0;
            double factor = 1;
            int k = 0;
            while (k < 4) {
                value += factor * (k == 0 ? 36 : -4);
                factor /= 1.2;
                k = random.nextDouble() < CATALOGUE.chances().get(k) ? 0 : k + 1;
            }
            sum += value;
            squares += value * value;
        }
        double mean = sum / customers;
        double error = Math.sqrt((squares / customers - mean * mean) / customers);
        assertThat(CATALOGUE.values().get(0).minor()).isEqualTo(mean, within(4 * error));
        assertThat(error).isLessThan(.1);
    }

    @Test
    void withOneStateItIsRetentionAndTheMarginOfNow() {
        double now = new MigrationModel(List.of(.8), 500, 0, .1).values().get(0).minor();
        assertThat(now - 500).isEqualTo(new RetentionModel(.8, .1).value(500).minor(), within(1e-9));
    }

    @Property
    void migrationFallsWithTheRateAndGrowsWithTheStatesThatMayBuy(
            @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = .01, max = .9) Double> chances,
            @ForAll @DoubleRange(max = 1) double rate) {
        double value = new MigrationModel(chances, 500, 0, rate).values().get(0).minor();
        List<Double> longer = new ArrayList<>(chances);
        longer.add(.5);
        assertThat(new MigrationModel(chances, 500, 0, rate + .01)
                        .values()
                        .get(0)
                        .minor())
                .isLessThan(value);
        assertThat(new MigrationModel(longer, 500, 0, rate).values().get(0).minor())
                .isGreaterThan(value);
    }

    // ---- refusals

    @Test
    void valuesWithoutBoundAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionModel(1, 0))
                .withMessage("Who never leaves is worth more without end when nothing is discounted: "
                        + "choose a retention below 1 or a rate above 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MigrationModel(List.of(.5, 1.0), 1, 0, 0))
                .withMessage("Who never lapses is worth more without end when nothing is discounted: "
                        + "choose chances below 1 or a rate above 0.");
    }

    @Test
    void argumentsOutOfRangeAreRefusedWithTheWayToMendThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionModel(80, .1))
                .withMessage("retention is 80.0: it must be from 0 to 1; write 30 % as 0.3.");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionModel(.8, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MigrationModel(List.of(), 1, 0, .1))
                .withMessage("There is no chance of buying: give one per period of recency.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MigrationModel(List.of(.5, -.1), 1, 0, .1))
                .withMessage("A chance of buying is -0.1: it must be from 0 to 1; write 30 % as 0.3.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MigrationModel(List.of(.5), Double.NaN, 0, .1))
                .withMessage("margin is NaN: give a finite amount in minor units.");
        assertThatIllegalArgumentException().isThrownBy(() -> new MigrationModel(List.of(.5), 1, -1, .1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MigrationModel(List.of(.5), 1, 0, -.1));
    }
}

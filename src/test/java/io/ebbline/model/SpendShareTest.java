package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.LifetimeValue.Model;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpendShareTest {

    private static final double[] NOW = {.6, .3, .1};
    private static final double[] B = {.1, .8, .1};

    private static SwitchingMatrix matrix(double[]... rows) {
        return new SwitchingMatrix(rows);
    }

    private static final SwitchingMatrix TEXTBOOK = matrix(new double[] {.7, .2, .1}, B, new double[] {.25, .15, .6});

    // ---- the textbook's worked examples, recomputed where it is wrong

    @Test
    void sharesMoveAsInTheTextbook() {
        double[] one = TEXTBOOK.next(NOW);
        assertThat(one).containsExactly(new double[] {.475, .375, .15}, within(1e-12));
        assertThat(TEXTBOOK.next(one)).containsExactly(new double[] {.4075, .4175, .175}, within(1e-12));
    }

    @Test
    void valuesAreTheTextbooks() {
        SwitchingMatrix better = matrix(new double[] {.8, .1, .1}, B, new double[] {.25, .15, .6});
        SwitchingMatrix best = matrix(new double[] {.8, .1, .1}, B, new double[] {.3, .1, .6});
        assertThat(threePeriods(TEXTBOOK)).containsExactly(new double[] {689.38, 497.72, 192.45}, within(.005001));
        assertThat(threePeriods(better)).containsExactly(new double[] {754.57, 432.53, 192.45}, within(.005001));
        assertThat(threePeriods(best)).containsExactly(new double[] {761.49, 425.61, 192.45}, within(.005001));
    }

    private static double[] threePeriods(SwitchingMatrix matrix) {
        return values(matrix, .09, 3);
    }

    private static double[] values(SwitchingMatrix matrix, double rate, int periods) {
        double[] purchases = new double[periods];
        double[] spend = new double[periods];
        Arrays.fill(purchases, 1);
        Arrays.fill(spend, 500);
        return new SpendShare(matrix, rate)
                .values(NOW, purchases, spend).stream()
                        .mapToDouble(LifetimeValue::minor)
                        .toArray();
    }

    // ---- against simulated customers, whose purchases and spend change from period to period

    @Test
    void isTheMeanOfWhatSimulatedCustomersSpend() {
        double[] purchases = {2, 1, 3, 1};
        double[] spend = {100, 400, 200, 50};
        int customers = 200_000;
        SplittableRandom random = new SplittableRandom(7);
        double[] means = new double[3];
        for (int c = 0; c < customers; c++) {
            int brand = draw(NOW, random);
            for (int t = 0; t < spend.length; t++) {
                means[brand] += purchases[t] * spend[t] / Math.pow(1.1, t) / customers;
                brand = draw(row(TEXTBOOK, brand), random);
            }
        }
        SpendShare model = new SpendShare(TEXTBOOK, .1);
        for (int j = 0; j < 3; j++) {
            LifetimeValue value = model.values(NOW, purchases, spend).get(j);
            // A customer's value is within 0..1200: the mean's standard error is 600 / sqrt(200 000) = 1.3 at most.
            assertThat(value.minor()).isEqualTo(means[j], within(5.5));
            assertThat(value.model()).isEqualTo(Model.SPEND_SHARE);
        }
    }

    private static double[] row(SwitchingMatrix matrix, int from) {
        double[] row = new double[matrix.size()];
        Arrays.setAll(row, to -> matrix.chance(from, to));
        return row;
    }

    private static int draw(double[] chances, SplittableRandom random) {
        double left = random.nextDouble();
        int i = 0;
        while (i < chances.length - 1 && left >= chances[i]) {
            left -= chances[i++];
        }
        return i;
    }

    @Property
    void fallsWithTheRateAndGrowsWithTheHorizon(
            @ForAll @IntRange(min = 2, max = 30) int periods,
            @ForAll @DoubleRange(max = .5) double rate,
            @ForAll @DoubleRange(min = .01, max = .5) double more) {
        double[] value = values(TEXTBOOK, rate, periods);
        double[] dearer = values(TEXTBOOK, rate + more, periods);
        double[] longer = values(TEXTBOOK, rate, periods + 1);
        for (int j = 0; j < value.length; j++) {
            assertThat(dearer[j]).isLessThan(value[j]);
            assertThat(longer[j]).isGreaterThan(value[j]);
        }
    }

    // ---- estimation

    @Test
    void countsOfASimulatedCustomerGiveTheMatrixBack() {
        SplittableRandom random = new SplittableRandom(11);
        double[][] counts = new double[3][3];
        int brand = 0;
        for (int i = 0; i < 300_000; i++) {
            int next = draw(row(TEXTBOOK, brand), random);
            counts[brand][next]++;
            brand = next;
        }
        SwitchingMatrix estimate = SwitchingMatrix.estimate(counts, 1);
        for (int i = 0; i < 3; i++) {
            // Some 50 000 purchases a row or more: standard error .0023 at most.
            assertThat(row(estimate, i)).containsExactly(row(TEXTBOOK, i), within(.01));
        }
    }

    @Test
    void fewPurchasesStayNearWhatEverybodyBuysNext() {
        // Next: 12 of 20 times the first, 8 of 20 the second. One purchase out of the second weighs as much as the
        // prior.
        double[][] counts = {{11, 8}, {1, 0}};
        SwitchingMatrix estimate = SwitchingMatrix.estimate(counts, 1);
        assertThat(row(estimate, 1)).containsExactly(new double[] {(1 + .6) / 2, .4 / 2}, within(1e-12));
        assertThat(row(estimate, 0)).containsExactly(new double[] {11.6 / 20, 8.4 / 20}, within(1e-12));
        double[][] noneOut = {{3, 1}, {0, 0}};
        assertThat(row(SwitchingMatrix.estimate(noneOut, 5), 1))
                .containsExactly(new double[] {.75, .25}, within(1e-12));
    }

    @Property
    void estimatesAndSharesSumToOneAfterAnyNumberOfSteps(
            @ForAll @Size(9) List<@DoubleRange(max = 1e6) Double> flat,
            @ForAll @DoubleRange(min = .01, max = 100) double smoothing) {
        double[][] counts = new double[3][];
        Arrays.setAll(
                counts,
                i -> flat.subList(3 * i, 3 * i + 3).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        counts[0][0] += 1;
        SwitchingMatrix estimate = SwitchingMatrix.estimate(counts, smoothing);
        double[] shares = NOW;
        for (int t = 0; t < 1000; t++) {
            shares = estimate.next(shares);
        }
        assertThat(Arrays.stream(shares).sum()).isEqualTo(1, within(1e-12));
        for (int i = 0; i < 3; i++) {
            assertThat(Arrays.stream(row(estimate, i)).sum()).isEqualTo(1, within(1e-12));
        }
    }

    @Test
    void roundedRowsStaySharesForEver() {
        double third = .333333333;
        double[] row = {third, third, third};
        double[] shares = NOW;
        SwitchingMatrix rounded = matrix(row, row, row);
        for (int t = 0; t < 1000; t++) {
            shares = rounded.next(shares);
        }
        assertThat(Arrays.stream(shares).sum()).isEqualTo(1, within(1e-12));
    }

    // ---- refusals

    @Test
    void aMatrixThatIsNoneIsRefusedWithTheWayToMendIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix(new double[] {.5, .5}, new double[] {.5, .25}))
                .withMessage("Row 2 of the switching matrix sums to 0.75: its numbers must sum to 1; "
                        + "divide each by their sum.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix(new double[] {1.5, -.5}, new double[] {.5, .5}))
                .withMessage("Row 1 of the switching matrix holds 1.5: every number must be from 0 to 1; "
                        + "write 30 % as 0.3.");
        assertThatIllegalArgumentException().isThrownBy(() -> matrix(new double[] {Double.NaN}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix(new double[] {.5, .5}, new double[] {1}))
                .withMessage("Row 2 of the switching matrix has 1 columns, but there are 2 rows: "
                        + "give every row a column per row.");
        assertThatIllegalArgumentException()
                .isThrownBy(SpendShareTest::matrix)
                .withMessage("The switching matrix is empty: give it a row per brand or category.");
    }

    @Test
    void sharesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEXTBOOK.next(new double[] {.5, .25, 0}))
                .withMessage("The share vector sums to 0.75: its numbers must sum to 1; divide each by their sum.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TEXTBOOK.next(new double[] {.5, .5}))
                .withMessage("There are 2 shares for a switching matrix of 3 rows: "
                        + "give one share per row, in the same order.");
        SpendShare model = new SpendShare(TEXTBOOK, .09);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.values(NOW, new double[2], new double[3]))
                .withMessage("Purchases are given for 2 periods, spend for 3: "
                        + "give both for the same periods, from now to the horizon.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.values(NOW, new double[0], new double[0]))
                .withMessage("There is no period: give purchases and spend at least for now.");
        assertThatIllegalArgumentException().isThrownBy(() -> new SpendShare(TEXTBOOK, -1));
    }

    @Test
    void countsThatSayNothingAreRefused() {
        double[][] counts = {{0, 1}, {1, -1}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SwitchingMatrix.estimate(counts, 1))
                .withMessage("A count of purchases is -1.0: it must be 0 or more, and finite.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SwitchingMatrix.estimate(new double[2][2], 1))
                .withMessage("No purchase followed another: count over a history in which customers buy twice.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SwitchingMatrix.estimate(new double[2][2], 0))
                .withMessage("smoothing is 0.0: choose a positive number of purchases, such as 1.");
    }

    @Test
    void changingTheArgumentsAfterwardsChangesNothing() {
        double[][] rows = {{.5, .5}, {.25, .75}};
        SwitchingMatrix matrix = new SwitchingMatrix(rows);
        rows[0][0] = 9;
        assertThat(matrix.chance(0, 0)).isEqualTo(.5);
        double[][] counts = {{3, 1}, {1, 1}};
        SwitchingMatrix.estimate(counts, 1);
        assertThat(counts[0][0]).isEqualTo(3);
    }
}

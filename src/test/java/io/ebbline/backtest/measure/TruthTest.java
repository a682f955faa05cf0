package io.ebbline.backtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Figures of chances and amounts, by hand. */
class TruthTest {

    /** The example of scikit-learn's documentation of log_loss: .21616; and of brier_score_loss: .0375. */
    @Test
    void errorsOfChancesAreThoseThatOthersFind() {
        Chances spam = new Chances(new double[] {.9, .1, .2, .65}, new boolean[] {true, false, false, true});
        Chances brier = new Chances(new double[] {.1, .9, .8, .3}, new boolean[] {false, true, true, false});

        assertThat(spam.logLoss(Draws.once(4))).isCloseTo(.21616, within(5e-6));
        assertThat(brier.brier(Draws.once(4))).isCloseTo(.0375, within(1e-12));
    }

    @Test
    void whoeverIsDrawnTwiceCountsTwiceAndWhoeverIsNotDoesNot() {
        Chances chances = new Chances(new double[] {.5, 1, 0}, new boolean[] {true, true, true});

        assertThat(chances.brier(new int[] {2, 1, 0})).isCloseTo(.5 / 3, within(1e-12));
        assertThat(chances.predicted(new int[] {2, 1, 0})).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(chances.happened(new int[] {1, 0, 1})).isOne();
    }

    @Test
    void aChanceOfNoneThatProvesWrongCostsMuchAndNotEverything() {
        Chances chances = new Chances(new double[] {0}, new boolean[] {true});

        assertThat(chances.logLoss(Draws.once(1))).isCloseTo(-Math.log(1e-15), within(1e-9));
    }

    @Test
    void amountsAreHeldAgainstWhatCame() {
        Amounts amounts = new Amounts(new double[] {10, 0, 5}, new double[] {7, 4, 9});

        assertThat(amounts.totalRatio(Draws.once(3))).isEqualTo(.75);
        assertThat(amounts.rmse(Draws.once(3))).isCloseTo(Math.sqrt((9 + 16 + 16) / 3.0), within(1e-12));
        assertThat(amounts.totalRatio(new int[] {1, 0, 1})).isEqualTo(15.0 / 16);
    }

    @Property(tries = 200)
    void binsHoldEverybodyOnceAndTheirOwnChances(@ForAll long seed) {
        Random random = new Random(seed);
        double[] chances =
                random.doubles(50).map(x -> Math.round(20 * x) / 20.0).toArray();
        boolean[] outcomes = new boolean[50];
        int happened = 0;
        for (int i = 0; i < 50; i++) {
            outcomes[i] = random.nextDouble() < chances[i];
            happened += outcomes[i] ? 1 : 0;
        }

        List<Calibration.Bin> bins = Calibration.bins(new Chances(chances, outcomes), 10);

        assertThat(bins.stream().mapToInt(Calibration.Bin::customers).sum()).isEqualTo(50);
        assertThat(bins.stream().mapToInt(Calibration.Bin::happened).sum()).isEqualTo(happened);
        assertThat(bins.stream()
                        .mapToDouble(bin -> bin.customers() * bin.chance())
                        .sum())
                .isCloseTo(Arrays.stream(chances).sum(), within(1e-9));
        assertThat(bins).allSatisfy(bin -> {
            assertThat(bin.chance()).isBetween(bin.from() - 1e-12, bin.to() + 1e-12);
            assertThat(bin.share()).isBetween(bin.low(), bin.high());
        });
    }

    /** Wilson's interval of 81 of 263: .2553 to .3662 (Newcombe 1998, table I, method 3). */
    @Test
    void theIntervalOfAShareIsWilsons() {
        Calibration.Bin bin = new Calibration.Bin(0, 1, 263, .3, 81);

        assertThat(bin.low()).isCloseTo(.2553, within(5e-5));
        assertThat(bin.high()).isCloseTo(.3662, within(5e-5));
    }

    @Test
    void theEndsOfAnIntervalLieBetweenOrderStatistics() {
        double[] values = new double[41];
        for (int i = 0; i <= 40; i++) {
            values[i] = 40 - i;
        }
        Interval interval = Interval.of95(values);

        assertThat(interval).isEqualTo(new Interval(1, 39));
        assertThat(Interval.of95(new double[] {Double.NaN, 3})).isEqualTo(new Interval(3, 3));
        assertThat(Interval.of95(new double[] {Double.NaN}).low()).isNaN();
    }

    /** The standard error of a mean is known: sigma / sqrt(n). */
    @Test
    void theBootstrapOfAMeanVariesAsAMeanDoes() {
        Random random = new Random(5);
        double[] values = random.doubles(400).toArray();
        Bootstrap bootstrap = new Bootstrap(400, 1_000, 7);

        double[][] draws = bootstrap.of(List.of(
                times -> {
                    double sum = 0;
                    for (int i = 0; i < times.length; i++) {
                        sum += times[i] * values[i];
                    }
                    return sum / 400;
                },
                times -> Arrays.stream(times).sum()));
        Interval interval = Interval.of95(draws[0]);

        double error = Math.sqrt(1 / 12.0 / 400);
        assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * error, within(.2 * error * 3.92));
        assertThat(draws[1]).containsOnly(400.0);
        assertThat(bootstrap.of(List.of(times -> times[0]))[0])
                .isEqualTo(bootstrap.of(List.of(times -> times[0]))[0]);
    }
}

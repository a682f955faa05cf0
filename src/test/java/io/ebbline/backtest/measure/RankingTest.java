package io.ebbline.backtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Figures of rankings against what one would count by hand, on few scores with many ties, everybody drawn some times. */
class RankingTest {

    private static final class Customers {
        final double[] scores;
        final double[] others;
        final boolean[] outcomes;
        final int[] times;

        Customers(long seed, int count) {
            Random random = new Random(seed);
            scores = random.doubles(count).map(x -> Math.floor(5 * x)).toArray();
            others = random.doubles(count).map(x -> Math.floor(4 * x) - 1).toArray();
            outcomes = new boolean[count];
            times = new int[count];
            for (int i = 0; i < count; i++) {
                outcomes[i] = random.nextBoolean();
                times[i] = random.nextInt(3);
            }
        }

        /** The customers as often as they were drawn. */
        List<Integer> drawn() {
            List<Integer> drawn = new ArrayList<>();
            for (int i = 0; i < times.length; i++) {
                drawn.addAll(Collections.nCopies(times[i], i));
            }
            return drawn;
        }
    }

    @Property(tries = 300)
    void theAreaIsTheShareOfPairsInTheRightOrder(@ForAll long seed, @ForAll @IntRange(min = 2, max = 25) int count) {
        Customers all = new Customers(seed, count);
        double right = 0;
        long pairs = 0;
        for (int i : all.drawn()) {
            for (int j : all.drawn()) {
                if (all.outcomes[i] && !all.outcomes[j]) {
                    pairs++;
                    right += all.scores[i] > all.scores[j] ? 1 : all.scores[i] == all.scores[j] ? .5 : 0;
                }
            }
        }

        double area = new Auroc(all.scores, all.outcomes).of(all.times);

        if (pairs == 0) {
            assertThat(area).isNaN();
        } else {
            assertThat(area).isCloseTo(right / pairs, within(1e-12));
        }
    }

    @Property(tries = 200)
    void theAreaIsThatUnderTheCurve(@ForAll long seed) {
        Customers all = new Customers(seed, 30);
        Auroc auroc = new Auroc(all.scores, all.outcomes);
        List<Point> curve = auroc.curve();
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            area += (curve.get(i).x() - curve.get(i - 1).x())
                    * (curve.get(i).y() + curve.get(i - 1).y())
                    / 2;
        }

        assertThat(curve.get(0)).isEqualTo(new Point(0, 0));
        assertThat(curve.get(curve.size() - 1)).isEqualTo(new Point(1, 1));
        assertThat(area).isCloseTo(auroc.of(Draws.once(30)), within(1e-12));
    }

    @Property(tries = 300)
    void theRankCorrelationIsThatOfTheRanksThemselves(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 25) int count) {
        Customers all = new Customers(seed, count);
        List<Integer> drawn = all.drawn();
        double[] x = drawn.stream().mapToDouble(i -> rank(all.scores, drawn, i)).toArray();
        double[] y = drawn.stream().mapToDouble(i -> rank(all.others, drawn, i)).toArray();
        double expected = correlation(x, y);

        double correlation = new Spearman(all.scores, all.others).of(all.times);

        if (Double.isNaN(expected)) {
            assertThat(correlation).isNaN();
        } else {
            assertThat(correlation).isCloseTo(expected, within(1e-12));
        }
    }

    /** One more than how many are less, and half of the others that are equal. */
    private static double rank(double[] values, List<Integer> drawn, int customer) {
        long less = drawn.stream().filter(i -> values[i] < values[customer]).count();
        long equal = drawn.stream().filter(i -> values[i] == values[customer]).count();
        return less + (equal + 1) / 2.0;
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), the example of its documentation: 0.82078. */
    @Test
    void theRankCorrelationIsTheOneThatOthersFind() {
        Spearman spearman = new Spearman(new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7});

        assertThat(spearman.of(Draws.once(5))).isCloseTo(.82078268166812, within(1e-13));
    }

    @Property(tries = 300)
    void gainsAreTheMeanOverAllOrdersOfEqualScores(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 20) int percent5) {
        Customers all = new Customers(seed, 20);
        double[] amounts = Arrays.stream(all.others).map(x -> x + 1).toArray();
        List<Integer> drawn = all.drawn();
        double total = drawn.stream().mapToDouble(i -> amounts[i]).sum();
        double wanted = percent5 * 5 / 100.0 * drawn.size();
        double reached = 0;
        for (int i : drawn) {
            long better =
                    drawn.stream().filter(j -> all.scores[j] > all.scores[i]).count();
            long equal =
                    drawn.stream().filter(j -> all.scores[j] == all.scores[i]).count();
            reached += amounts[i] * Math.min(1, Math.max(0, (wanted - better) / equal));
        }

        double share = new Gains(all.scores, amounts).reached(percent5 * 5 / 100.0, all.times);

        if (total == 0) {
            assertThat(share).isNaN();
        } else {
            assertThat(share).isCloseTo(reached / total, within(1e-12));
        }
    }

    @Test
    void anUnknownScoreHasNoRank() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Auroc(new double[] {1, Double.NaN}, new boolean[2]))
                .withMessageContaining("leave its customer out");
    }
}

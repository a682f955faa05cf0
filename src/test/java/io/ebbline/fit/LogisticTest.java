package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.fit.Logistic.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LogisticTest {

    private static final boolean[] FREE = {false, false, false};

    /** Log odds of -1 or 1 by group, plus 1.5, -.5 and nothing per unit of the terms. */
    private static List<Row> rows(long seed, int size) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int group = random.nextInt(2);
            double[] terms = {random.nextGaussian() + group, 3 * random.nextGaussian(), random.nextGaussian()};
            double z = 2 * group - 1 + 1.5 * terms[0] - .5 * terms[1];
            rows.add(new Row(terms, random.nextDouble() < 1 / (1 + Math.exp(-z)), group));
        }
        return rows;
    }

    @Example
    void findsTheSlopesThatMadeTheRows() {
        double[] slopes = Logistic.slopes(rows(1, 60_000), FREE);
        assertThat(slopes[0]).isEqualTo(1.5, within(.1));
        assertThat(slopes[1]).isEqualTo(-.5, within(.02));
        assertThat(slopes[2]).isEqualTo(0, within(.05));
    }

    @Example
    void aTermThatMustRiseAndWouldFallIsLeftOutAndSoIsAConstant() {
        List<Row> rows = rows(2, 20_000).stream()
                .map(row -> new Row(new double[] {row.terms()[0], row.terms()[1], 7}, row.yes(), row.group()))
                .toList();
        double[] slopes = Logistic.slopes(rows, new boolean[] {true, true, true});
        List<Row> first = rows.stream()
                .map(row -> new Row(new double[] {row.terms()[0]}, row.yes(), row.group()))
                .toList();
        assertThat(slopes[0]).isEqualTo(Logistic.slopes(first, new boolean[] {true})[0], within(1e-9));
        assertThat(slopes[1]).isZero();
        assertThat(slopes[2]).isZero();
    }

    /** At the maximum the penalised likelihood falls in every direction. */
    @Property(tries = 20)
    void noSlopesAreBetter(@ForAll long seed) {
        List<Row> rows = rows(seed, 500);
        double[] slopes = Logistic.slopes(rows, FREE);
        double best = objective(rows, slopes);
        for (int j = 0; j < 3; j++) {
            for (double step : new double[] {-.02, .02}) {
                double[] other = slopes.clone();
                other[j] += step;
                assertThat(objective(rows, other)).isLessThan(best);
            }
        }
    }

    /** Log-likelihood with the best intercepts, less 25 times the squares of the slopes per standard deviation. */
    private static double objective(List<Row> rows, double[] slopes) {
        double sum = 0;
        for (int group = 0; group < 2; group++) {
            int wanted = group;
            List<Row> some = rows.stream().filter(row -> row.group() == wanted).toList();
            double low = -20;
            double high = 20;
            for (int i = 0; i < 100; i++) {
                double third = (high - low) / 3;
                if (likelihood(some, slopes, low + third) < likelihood(some, slopes, high - third)) {
                    low += third;
                } else {
                    high -= third;
                }
            }
            sum += likelihood(some, slopes, low);
        }
        for (int j = 0; j < slopes.length; j++) {
            int term = j;
            double mean = rows.stream()
                    .mapToDouble(row -> row.terms()[term])
                    .average()
                    .orElseThrow();
            double variance = rows.stream()
                    .mapToDouble(row -> Math.pow(row.terms()[term] - mean, 2))
                    .average()
                    .orElseThrow();
            sum -= 25 * slopes[j] * slopes[j] * variance;
        }
        return sum;
    }

    private static double likelihood(List<Row> rows, double[] slopes, double intercept) {
        double sum = 0;
        for (Row row : rows) {
            double z = intercept;
            for (int j = 0; j < slopes.length; j++) {
                z += slopes[j] * row.terms()[j];
            }
            sum -= Math.log1p(Math.exp(row.yes() ? -z : z));
        }
        return sum;
    }
}

package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.fit.SpendLayerFit.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpendLayerFitTest {

    private static List<List<Row>> cuts(Random random, double[] truth, double... levels) {
        List<List<Row>> cuts = new ArrayList<>();
        for (double level : levels) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                double[] terms = {
                    random.nextGaussian(), 2 * random.nextDouble(), 3 * random.nextDouble(), random.nextGaussian()
                };
                double mean = level * Math.exp(SpendLayerFit.linear(truth, terms));
                rows.add(new Row(terms, random.nextInt(3) == 0 ? 6 * mean * random.nextDouble() : 0));
            }
            rows.sort(Row.ORDER);
            cuts.add(rows);
        }
        return cuts;
    }

    /** The quasi-likelihood with every cut's level at its best, less the prior; written down anew. */
    private static double objective(List<List<Row>> cuts, double[] weights) {
        double[] centre = {1, 0, 0, 0};
        double sum = 0;
        double pearson = 0;
        long rows = 0;
        for (List<Row> cut : cuts) {
            double spent = cut.stream().mapToDouble(Row::spend).sum();
            double told = 0;
            double toldByPrior = 0;
            for (Row row : cut) {
                told += Math.exp(SpendLayerFit.linear(weights, row.terms()));
                toldByPrior += Math.exp(row.terms()[0]);
            }
            for (Row row : cut) {
                double mean = spent / told * Math.exp(SpendLayerFit.linear(weights, row.terms()));
                sum += row.spend() * Math.log(mean) - mean;
                double prior = spent / toldByPrior * Math.exp(row.terms()[0]);
                pearson += (row.spend() - prior) * (row.spend() - prior) / prior;
                rows++;
            }
        }
        double away = 0;
        for (int i = 0; i < 4; i++) {
            away += (weights[i] - centre[i]) * (weights[i] - centre[i]);
        }
        return sum - cuts.size() * pearson / rows / (.25 * .25) * away / 2;
    }

    @Property(tries = 20)
    void noWeightsNearbyAreBetter(@ForAll long seed) {
        Random random = new Random(seed);
        List<List<Row>> cuts = cuts(random, new double[] {.5, .4, -.2, .1}, 3, .2);
        double[] weights = new SpendLayerFit(cuts).weights();
        assertThat(weights).isNotNull();
        double best = objective(cuts, weights);
        for (int i = 0; i < 8; i++) {
            double[] other = weights.clone();
            other[i / 2] += i % 2 == 0 ? .003 : -.003;
            assertThat(objective(cuts, other)).isLessThan(best);
        }
    }

    @Test
    void manyCustomersTellTheWeightsWhateverTheLevelsOfTheCuts() {
        double[] truth = {.7, .4, -.2, .1};
        double[] weights = new SpendLayerFit(cuts(new Random(3), truth, 1, .5, .1, .2, .8)).weights();
        assertThat(weights).isNotNull();
        for (int i = 0; i < 4; i++) {
            assertThat(weights[i]).isEqualTo(truth[i], within(.08));
        }
    }

    @Test
    void recentSpendNeverCountsAgainstACustomer() {
        double[] truth = {.7, -.4, -.2, .1};
        List<List<Row>> cuts = cuts(new Random(3), truth, 1, .5, .1, .2, .8);
        double[] weights = new SpendLayerFit(cuts).weights();
        assertThat(weights).isNotNull();
        assertThat(weights[1]).isZero();
        for (int i = 0; i < 8; i++) {
            double[] other = weights.clone();
            other[i / 2] += i % 2 == 0 ? .003 : i == 3 ? 0 : -.003;
            assertThat(objective(cuts, other)).isLessThanOrEqualTo(objective(cuts, weights));
        }
    }

    @Test
    void fewCustomersChangeLittle() {
        List<List<Row>> few = new ArrayList<>();
        for (List<Row> cut : cuts(new Random(5), new double[] {0, 1, 1, 1}, 1, 2)) {
            few.add(new ArrayList<>(cut.subList(cut.size() - 5, cut.size())));
        }
        double[] weights = new SpendLayerFit(few).weights();
        assertThat(weights).isNotNull();
        assertThat(weights[0]).isEqualTo(1, within(.3));
        assertThat(weights[1]).isEqualTo(0, within(.3));
    }
}

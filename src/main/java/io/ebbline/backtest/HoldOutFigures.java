package io.ebbline.backtest;

import io.ebbline.backtest.measure.Amounts;
import io.ebbline.backtest.measure.Auroc;
import io.ebbline.backtest.measure.Bootstrap;
import io.ebbline.backtest.measure.Chances;
import io.ebbline.backtest.measure.Draws;
import io.ebbline.backtest.measure.Gains;
import io.ebbline.backtest.measure.Interval;
import io.ebbline.backtest.measure.Spearman;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The figures of hold-out tests, each with the interval in which it would mostly lie with other customers. A customer is drawn
 * with all that they did, at every cut, so that the mean over several cuts has an honest interval too.
 */
public final class HoldOutFigures {

    /** What customers hold the top tenth of. */
    private static final double TOP = .1;

    /** A figure and its 95 % interval. */
    public record Figure(double value, Interval interval) {}

    private final int customers;
    private final int resamples;
    private final double minorPerMajor;

    /**
     * How figures are made.
     *
     * @param customers how many the history has
     * @param resamples of the bootstrap
     * @param minorPerMajor minor units in one of the currency's, 100 for most: errors of money are told in the latter
     */
    public HoldOutFigures(int customers, int resamples, double minorPerMajor) {
        this.customers = customers;
        this.resamples = resamples;
        this.minorPerMajor = minorPerMajor;
    }

    /**
     * The figures of each test by key, then their means over all tests. Those of spend are missing where the model says none.
     *
     * @param tests at several cuts of one history
     */
    public List<Map<String, Figure>> of(List<HoldOut> tests) {
        List<Map<String, ToDoubleFunction<int[]>>> measures =
                tests.stream().map(this::measures).toList();
        List<ToDoubleFunction<int[]>> all =
                measures.stream().flatMap(one -> one.values().stream()).toList();
        double[][] resampled = new Bootstrap(customers, resamples, 1).of(all);
        int[] once = Draws.once(customers);
        List<Map<String, Figure>> figures = new ArrayList<>();
        Map<String, double[]> sums = new LinkedHashMap<>();
        Map<String, Double> values = new LinkedHashMap<>();
        int next = 0;
        for (Map<String, ToDoubleFunction<int[]>> one : measures) {
            Map<String, Figure> own = new LinkedHashMap<>();
            for (Map.Entry<String, ToDoubleFunction<int[]>> measure : one.entrySet()) {
                double value = measure.getValue().applyAsDouble(once);
                double[] draws = resampled[next++];
                own.put(measure.getKey(), new Figure(value, Interval.of95(draws)));
                values.merge(measure.getKey(), value / tests.size(), Double::sum);
                double[] sum = sums.computeIfAbsent(measure.getKey(), key -> new double[resamples]);
                for (int i = 0; i < resamples; i++) {
                    sum[i] += draws[i] / tests.size();
                }
            }
            figures.add(own);
        }
        Map<String, Figure> means = new LinkedHashMap<>();
        sums.forEach((key, draws) -> means.put(key, new Figure(values.getOrDefault(key, 0.0), Interval.of95(draws))));
        figures.add(means);
        return figures;
    }

    private Map<String, ToDoubleFunction<int[]>> measures(HoldOut test) {
        Map<String, ToDoubleFunction<int[]>> measures = new LinkedHashMap<>();
        Some all = new Some(test, Some::isAnswered);
        Some repeat = new Some(test, prediction -> Some.isAnswered(prediction) && prediction.isRepeatBuyer());
        auroc(measures, Metrics.AUC_ALL, all, Prediction::pBuy);
        auroc(measures, Metrics.AUC_REPEAT, repeat, Prediction::pBuy);
        auroc(measures, Metrics.RECENCY_AUC, all, Prediction::recency);
        auroc(measures, Metrics.RECENCY_AUC_REPEAT, repeat, Prediction::recency);
        auroc(measures, Metrics.FREQUENCY_AUC, all, Prediction::frequency);
        auroc(measures, Metrics.FREQUENCY_AUC_REPEAT, repeat, Prediction::frequency);
        Chances chances = new Chances(all.values(Prediction::pBuy), all.bought());
        measures.put(Metrics.BRIER, all.drawn(chances::brier));
        measures.put(Metrics.BRIER_BASE, all.drawn(times -> {
            double share = chances.happened(times);
            return share * (1 - share);
        }));
        measures.put(Metrics.LOG_LOSS, all.drawn(chances::logLoss));
        measures.put(Metrics.PREDICTED, all.drawn(chances::predicted));
        measures.put(Metrics.HAPPENED, all.drawn(chances::happened));
        Some spenders = new Some(test, prediction -> !Double.isNaN(prediction.spendMinor()));
        boolean spent = test.predictions().stream().anyMatch(prediction -> prediction.netMinor() > 0);
        if (spent && spenders.size() > 0) {
            spend(measures, spenders);
        }
        return measures;
    }

    private static void auroc(
            Map<String, ToDoubleFunction<int[]>> measures, String key, Some some, ToDoubleFunction<Prediction> score) {
        measures.put(key, some.drawn(new Auroc(some.values(score), some.bought())::of));
    }

    private void spend(Map<String, ToDoubleFunction<int[]>> measures, Some some) {
        double[] predicted = some.values(prediction -> prediction.spendMinor() / minorPerMajor);
        double[] actual = some.values(prediction -> prediction.netMinor() / minorPerMajor);
        Amounts amounts = new Amounts(predicted, actual);
        Gains gains = new Gains(predicted, actual);
        measures.put(Metrics.TOTAL_RATIO, some.drawn(amounts::totalRatio));
        measures.put(Metrics.RMSE, some.drawn(amounts::rmse));
        measures.put(Metrics.SPEARMAN, some.drawn(new Spearman(predicted, actual)::of));
        measures.put(Metrics.TOP_DECILE_SHARE, some.drawn(times -> gains.reached(TOP, times)));
    }

    /** Some of a test's customers. */
    private static final class Some {
        private final List<Prediction> predictions;
        private final int[] customers;

        Some(HoldOut test, Predicate<Prediction> which) {
            this.predictions = test.predictions().stream().filter(which).toList();
            this.customers = predictions.stream().mapToInt(Prediction::customer).toArray();
        }

        static boolean isAnswered(Prediction prediction) {
            return !Double.isNaN(prediction.pBuy());
        }

        int size() {
            return customers.length;
        }

        double[] values(ToDoubleFunction<Prediction> value) {
            return predictions.stream().mapToDouble(value).toArray();
        }

        boolean[] bought() {
            boolean[] bought = new boolean[customers.length];
            for (int i = 0; i < bought.length; i++) {
                bought[i] = predictions.get(i).bought();
            }
            return bought;
        }

        /** The same figure as a function of how often each of the history's customers was drawn. */
        ToDoubleFunction<int[]> drawn(ToDoubleFunction<int[]> figure) {
            return times -> figure.applyAsDouble(Draws.of(times, customers));
        }
    }
}

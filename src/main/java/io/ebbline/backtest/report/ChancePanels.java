package io.ebbline.backtest.report;

import io.ebbline.backtest.HoldOut;
import io.ebbline.backtest.Prediction;
import io.ebbline.backtest.measure.Auroc;
import io.ebbline.backtest.measure.Calibration;
import io.ebbline.backtest.measure.Chances;
import io.ebbline.backtest.measure.Draws;
import io.ebbline.backtest.measure.Gains;
import io.ebbline.backtest.measure.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The charts of P(buy): how it ranks, and how true it is. */
final class ChancePanels {

    private static final int BINS = 10;

    private final List<Prediction> predictions;
    private final boolean[] bought;
    private final Map<String, double[]> scores = new LinkedHashMap<>();

    ChancePanels(HoldOut test) {
        predictions = test.predictions().stream()
                .filter(one -> !Double.isNaN(one.pBuy()))
                .toList();
        bought = new boolean[predictions.size()];
        for (int i = 0; i < bought.length; i++) {
            bought[i] = predictions.get(i).bought();
        }
        scores.put("P(buy)", values(Prediction::pBuy));
        scores.put("recency alone", values(Prediction::recency));
        scores.put("frequency alone", values(Prediction::frequency));
    }

    private double[] values(ToDoubleFunction<Prediction> value) {
        return predictions.stream().mapToDouble(value).toArray();
    }

    Panel roc() {
        Chart chart = Chart.of(
                        "ROC curves",
                        Axis.share("of those who did not order, share above the threshold", Chart.LEFT, Chart.RIGHT),
                        Axis.share("of those who ordered, share above it", Chart.BOTTOM, Chart.TOP))
                .diagonal();
        List<List<String>> rows = new ArrayList<>();
        int series = 0;
        for (Map.Entry<String, double[]> score : scores.entrySet()) {
            Auroc auroc = new Auroc(score.getValue(), bought);
            chart.line(series++, score.getKey(), auroc.curve());
            rows.add(List.of(score.getKey(), Numbers.of(auroc.of(Draws.once(bought.length)), 4)));
        }
        return new Panel(
                "Who will order? ROC",
                "The higher the curve, the better the ranking; the dashed line is chance. The area under a curve is the"
                        + " probability that of a customer who ordered and one who did not the former ranks first.",
                chart.done(),
                new Table(List.of("score", "area"), rows));
    }

    Panel calibration() {
        List<Calibration.Bin> bins = Calibration.bins(new Chances(values(Prediction::pBuy), bought), BINS);
        Chart chart = Chart.of(
                        "Calibration",
                        Axis.share("P(buy), mean of the bin", Chart.LEFT, Chart.RIGHT),
                        Axis.share("share who ordered", Chart.BOTTOM, Chart.TOP))
                .diagonal();
        bins.forEach(bin -> chart.whisker(bin.chance(), bin.low(), bin.high()));
        chart.marks(
                0,
                "customers with about that chance, with 95 % intervals",
                bins.stream().map(bin -> new Point(bin.chance(), bin.share())).toList(),
                bins.stream()
                        .map(bin -> Numbers.of(bin.customers()) + " customers: predicted "
                                + Numbers.percent(bin.chance()) + ", ordered " + Numbers.percent(bin.share()))
                        .toList());
        return new Panel(
                "Is a chance of 30 % one of 30 %? Calibration",
                "On the dashed line what was predicted is what came. Below it the engine promised too much.",
                chart.done(),
                new Table(
                        List.of("P(buy)", "customers", "mean P(buy)", "ordered", "95 % interval"),
                        bins.stream()
                                .map(bin -> List.of(
                                        Numbers.of(100 * bin.from(), 0) + " to " + Numbers.of(100 * bin.to(), 0) + " %",
                                        Numbers.of(bin.customers()),
                                        Numbers.percent(bin.chance()),
                                        Numbers.percent(bin.share()),
                                        Numbers.percent(bin.low()) + " to " + Numbers.percent(bin.high())))
                                .toList()));
    }

    Panel counts() {
        List<Calibration.Bin> bins = Calibration.bins(new Chances(values(Prediction::pBuy), bought), BINS);
        List<String> names = bins.stream()
                .map(bin -> Numbers.of(100 * bin.from(), 0) + "–" + Numbers.of(100 * bin.to(), 0))
                .toList();
        double most = bins.stream().mapToInt(Calibration.Bin::customers).max().orElse(0);
        List<String> tips = bins.stream()
                .map(bin -> Numbers.of(bin.happened()) + " of " + Numbers.of(bin.customers()) + " ordered")
                .toList();
        Chart chart = Chart.ofGroups(
                        "Customers by P(buy)",
                        "P(buy), %",
                        names,
                        Axis.fitting("customers", 0, most, Chart.BOTTOM, Chart.TOP))
                .bars(
                        0,
                        2,
                        "customers",
                        bins.stream().map(bin -> (double) bin.customers()).toList(),
                        tips)
                .bars(
                        1,
                        2,
                        "ordered",
                        bins.stream().map(bin -> (double) bin.happened()).toList(),
                        tips);
        return new Panel(
                "How many customers have which chance",
                "A calibrated chance is of use where it tells customers apart: the wider they are spread, the better.",
                chart.done(),
                new Table(
                        List.of("P(buy), %", "customers", "ordered"),
                        IntStream.range(0, bins.size())
                                .mapToObj(i -> List.of(
                                        names.get(i),
                                        Numbers.of(bins.get(i).customers()),
                                        Numbers.of(bins.get(i).happened())))
                                .toList()));
    }

    Panel gains() {
        Chart chart = Chart.of(
                        "Cumulative gains",
                        Axis.share("share of customers, the best by score first", Chart.LEFT, Chart.RIGHT),
                        Axis.share("share of those who ordered", Chart.BOTTOM, Chart.TOP))
                .diagonal();
        int[] once = Draws.once(bought.length);
        List<List<String>> rows = new ArrayList<>();
        int series = 0;
        for (Map.Entry<String, double[]> score : scores.entrySet()) {
            Gains gains = gains(score.getValue());
            chart.line(series++, score.getKey(), gains.curve(once));
            rows.add(List.of(
                    score.getKey(),
                    Numbers.percent(gains.reached(.1, once)),
                    Numbers.percent(gains.reached(.2, once)),
                    Numbers.percent(gains.reached(.5, once))));
        }
        return new Panel(
                "Whom to turn to? Gains",
                "Turning to the best fifth by a score reaches so large a share of all who will order.",
                chart.done(),
                new Table(List.of("score", "best 10 %", "best 20 %", "best 50 %"), rows));
    }

    Panel lift() {
        int[] once = Draws.once(bought.length);
        Map<String, List<Double>> lifts = new LinkedHashMap<>();
        scores.forEach((name, score) -> {
            Gains gains = gains(score);
            lifts.put(
                    name,
                    IntStream.range(0, BINS)
                            .mapToObj(tenth -> (gains.reached((tenth + 1.0) / BINS, once)
                                            - gains.reached((double) tenth / BINS, once))
                                    * BINS)
                            .toList());
        });
        double most = lifts.values().stream()
                .flatMap(List::stream)
                .mapToDouble(lift -> lift)
                .filter(lift -> !Double.isNaN(lift))
                .max()
                .orElse(1);
        List<String> names =
                IntStream.rangeClosed(1, BINS).mapToObj(String::valueOf).toList();
        Chart chart = Chart.ofGroups(
                "Lift",
                "tenth of the customers, the best by score first",
                names,
                Axis.fitting("buyers per buyer of the average tenth", 0, most, Chart.BOTTOM, Chart.TOP));
        List<List<String>> rows = new ArrayList<>();
        int series = 0;
        for (Map.Entry<String, List<Double>> lift : lifts.entrySet()) {
            List<String> texts =
                    lift.getValue().stream().map(value -> Numbers.of(value, 2)).toList();
            chart.bars(
                    series++,
                    lifts.size(),
                    lift.getKey(),
                    lift.getValue(),
                    texts.stream().map(text -> lift.getKey() + ": " + text).toList());
            List<String> row = new ArrayList<>(List.of(lift.getKey()));
            row.addAll(texts);
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("tenth"));
        header.addAll(names);
        return new Panel(
                "Lift",
                "How many more of a tenth order than of the average tenth; 1, the dashed line, is no better than chance.",
                chart.across(1).done(),
                new Table(header, rows));
    }

    private Gains gains(double[] score) {
        double[] ones = new double[bought.length];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = bought[i] ? 1 : 0;
        }
        return new Gains(score, ones);
    }
}

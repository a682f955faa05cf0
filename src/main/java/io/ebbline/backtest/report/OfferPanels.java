package io.ebbline.backtest.report;

import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.measure.Calibration;
import io.ebbline.backtest.measure.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The charts of offers: how often the right thing is on the list, and how true its chance is. */
final class OfferPanels {

    private static final String OURS = "Ebbline";

    /** {@code offers.hr5} is Ebbline's, {@code offers.baseline_popularity_hr5} that of a baseline. */
    private static final Pattern FIGURE =
            Pattern.compile(Pattern.quote(Metrics.OFFERS) + "(?:baseline_(.+)_)?((?:hr|recall)\\d+)");

    private OfferPanels() {}

    /** Hit rates beside those of baselines; empty where the figures hold none. */
    static Optional<Panel> hits(Map<String, ? extends Number> figures) {
        SortedMap<String, Map<String, Double>> byBaseline = new TreeMap<>();
        Set<String> measures = new HashSet<>();
        Map<String, Double> ours = new LinkedHashMap<>();
        figures.forEach((key, value) -> {
            Matcher figure = FIGURE.matcher(key);
            if (figure.matches()) {
                String baseline = figure.group(1);
                measures.add(figure.group(2));
                (baseline == null ? ours : byBaseline.computeIfAbsent(baseline, name -> new LinkedHashMap<>()))
                        .put(figure.group(2), value.doubleValue());
            }
        });
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Map<String, Double>> series = new LinkedHashMap<>();
        series.put(OURS, ours);
        byBaseline.forEach((name, values) -> series.put(name.replace('_', ' '), values));
        return Optional.of(hits(series, sorted(measures)));
    }

    /** By name and then by length of list: hr5 before hr10. */
    private static List<String> sorted(Set<String> measures) {
        return measures.stream()
                .sorted(Comparator.comparing(OfferPanels::name).thenComparingInt(OfferPanels::length))
                .toList();
    }

    private static String name(String measure) {
        return measure.replaceAll("\\d", "");
    }

    private static int length(String measure) {
        return Integer.parseInt(measure.replaceAll("\\D", ""));
    }

    private static Panel hits(Map<String, Map<String, Double>> series, List<String> measures) {
        List<String> groups = measures.stream()
                .map(measure -> (name(measure).equals("hr") ? "HR@" : "recall@") + length(measure))
                .toList();
        double most = series.values().stream()
                .flatMap(values -> values.values().stream())
                .mapToDouble(value -> value)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
        Chart chart = Chart.ofGroups(
                "Hit rates",
                "figure, and length of the list",
                groups,
                Axis.fitting("share", 0, most, Chart.BOTTOM, Chart.TOP));
        List<List<String>> rows = new ArrayList<>();
        int drawn = 0;
        for (Map.Entry<String, Map<String, Double>> one : series.entrySet()) {
            List<Double> values = measures.stream()
                    .map(measure -> one.getValue().getOrDefault(measure, Double.NaN))
                    .toList();
            List<String> texts =
                    values.stream().map(value -> Numbers.of(value, 4)).toList();
            chart.bars(
                    drawn++,
                    series.size(),
                    one.getKey(),
                    values,
                    texts.stream().map(text -> one.getKey() + ": " + text).toList());
            rows.add(Stream.concat(Stream.of(one.getKey()), texts.stream()).toList());
        }
        List<String> header =
                Stream.concat(Stream.of("ranking"), groups.stream()).toList();
        return new Panel(
                "Is it on the list? Hit rates",
                "HR: of the orders that brought something new, share of which one such product was on the list. Recall: share"
                        + " of the next basket that was. Every list was made of what was known before.",
                chart.done(),
                new Table(header, rows));
    }

    /** How true the chances of offers are; there must be a bin. */
    static Panel calibration(List<Calibration.Bin> bins) {
        double most = bins.stream()
                .mapToDouble(bin -> Math.max(bin.chance(), bin.high()))
                .max()
                .orElse(1);
        Chart chart = Chart.of(
                        "Calibration of offers",
                        Axis.fitting("propensity, mean of the class", 0, most, Chart.LEFT, Chart.RIGHT),
                        Axis.fitting("share taken up", 0, most, Chart.BOTTOM, Chart.TOP))
                .diagonal();
        bins.forEach(bin -> chart.whisker(bin.chance(), bin.low(), bin.high()));
        chart.marks(
                0,
                "offers with about that propensity, with 95 % intervals",
                bins.stream().map(bin -> new Point(bin.chance(), bin.share())).toList(),
                bins.stream()
                        .map(bin -> Numbers.of(bin.customers()) + " offers: expected " + Numbers.percent(bin.chance())
                                + ", taken up " + Numbers.percent(bin.share()))
                        .toList());
        return new Panel(
                "Is a propensity of 10 % one of 10 %? Calibration",
                "On the dashed line as many offers were taken up as should have been.",
                chart.done(),
                new Table(
                        List.of("propensity", "offers", "mean propensity", "taken up", "95 % interval"),
                        bins.stream()
                                .map(bin -> List.of(
                                        Numbers.percent(bin.from()) + " to " + Numbers.percent(bin.to()),
                                        Numbers.of(bin.customers()),
                                        Numbers.percent(bin.chance()),
                                        Numbers.percent(bin.share()),
                                        Numbers.percent(bin.low()) + " to " + Numbers.percent(bin.high())))
                                .toList()));
    }
}

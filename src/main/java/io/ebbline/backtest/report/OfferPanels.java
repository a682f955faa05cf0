package io.ebbline.backtest.report;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.Metrics;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The charts of offers: how often the right thing is on the list, and how true its chance is. */
final class OfferPanels {

    private static final String OURS = "Ebbline";

    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959964;

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

    /** How true the chances of first purchases are; empty where the figures hold none. */
    static Optional<Panel> purchases(Map<String, ? extends Number> figures) {
        List<Tenth> tenths = new ArrayList<>();
        for (int k = 1; figures.containsKey(Metrics.OFFER_CALIBRATION + k + "_" + Metrics.COUNT); k++) {
            String prefix = Metrics.OFFER_CALIBRATION + k + "_";
            double count = value(figures, prefix + Metrics.COUNT);
            double actual = value(figures, prefix + Metrics.ACTUAL) / count;
            tenths.add(new Tenth(
                    (int) count,
                    value(figures, prefix + Metrics.EXPECTED) / count,
                    actual,
                    Math.sqrt(actual * (1 - actual) / count)));
        }
        return tenths.isEmpty()
                ? Optional.empty()
                : Optional.of(calibration(
                        tenths,
                        new Words(
                                "Is a product bought as often as was said? Calibration",
                                "The ten products ranked best before each order, by the chance that each was given to be in it. On"
                                        + " the dashed line what was said is what came.",
                                "Calibration of first purchases",
                                "products",
                                "bought")));
    }

    private static double value(Map<String, ? extends Number> figures, String key) {
        Number value = figures.get(key);
        return value == null ? Double.NaN : value.doubleValue();
    }

    /** How true the chances of offers that were shown are; there must be one. */
    static Panel calibration(AcceptanceFigures figures) {
        return calibration(
                figures.deciles().stream()
                        .map(one -> new Tenth(one.trials(), one.expected(), one.actual(), one.error()))
                        .toList(),
                new Words(
                        "Is an offer accepted as often as was said? Calibration",
                        "Offers that were shown, by the chance that each was given with what was known the day before. On the"
                                + " dashed line what was said is what came.",
                        "Calibration of offers",
                        "offers",
                        "accepted"));
    }

    /** A tenth: how many, the mean chance, the share that came true and its standard error. */
    private record Tenth(int count, double expected, double actual, double error) {

        double low() {
            return Math.max(0, actual - Z * error);
        }

        double high() {
            return Math.min(1, actual + Z * error);
        }
    }

    private record Words(String title, String text, String chart, String things, String came) {}

    private static Panel calibration(List<Tenth> tenths, Words words) {
        double most = tenths.stream()
                .mapToDouble(tenth -> Math.max(tenth.expected, tenth.high()))
                .max()
                .orElse(1);
        Chart chart = Chart.of(
                        words.chart,
                        Axis.fitting("chance, mean of the tenth", 0, most, Chart.LEFT, Chart.RIGHT),
                        Axis.fitting("share " + words.came, 0, most, Chart.BOTTOM, Chart.TOP))
                .diagonal();
        tenths.forEach(tenth -> chart.whisker(tenth.expected, tenth.low(), tenth.high()));
        chart.marks(
                0,
                "tenths of the " + words.things + ", with 95 % intervals",
                tenths.stream()
                        .map(tenth -> new Point(tenth.expected, tenth.actual))
                        .toList(),
                tenths.stream()
                        .map(tenth -> Numbers.of(tenth.count) + " " + words.things + ": expected "
                                + Numbers.percent(tenth.expected) + ", " + words.came + " "
                                + Numbers.percent(tenth.actual))
                        .toList());
        return new Panel(
                words.title,
                words.text,
                chart.done(),
                new Table(
                        List.of("tenth", words.things, "expected", words.came, "95 % interval"),
                        IntStream.range(0, tenths.size())
                                .mapToObj(i -> row(i + 1, tenths.get(i)))
                                .toList()));
    }

    private static List<String> row(int place, Tenth tenth) {
        return List.of(
                String.valueOf(place),
                Numbers.of(tenth.count),
                Numbers.percent(tenth.expected),
                Numbers.percent(tenth.actual),
                Numbers.percent(tenth.low()) + " to " + Numbers.percent(tenth.high()));
    }
}

package io.ebbline.backtest.report;

import io.ebbline.backtest.AlarmBacktest.Row;
import io.ebbline.backtest.AlarmBacktest.Rule;
import io.ebbline.backtest.measure.Point;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The chart of alarms: how often they are right, and how early they come. */
final class AlarmPanel {

    private static final Map<Rule, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put(Rule.HIATUS, "fixed hiatus");
        NAMES.put(Rule.MEAN_GAP, "own mean gap");
        NAMES.put(Rule.P_ALIVE, "P(alive)");
        // In this order P(buy) is drawn over the engine's signals, from which it hardly differs.
        NAMES.put(Rule.ENGINE, "engine's signals");
        NAMES.put(Rule.P_BUY, "P(buy)");
    }

    private AlarmPanel() {}

    /**
     * Draws.
     *
     * @param rows by hiatus: the rules at as many alarms as that one raises
     */
    static Panel of(Map<String, List<Row>> rows) {
        List<Row> all = rows.values().stream().flatMap(List::stream).toList();
        DoubleSummaryStatistics delays = statistics(all, row -> row.figures().medianDelayWeeks());
        DoubleSummaryStatistics right = statistics(all, row -> row.figures().precision());
        Chart chart = Chart.of(
                "Alarms",
                Axis.fitting(
                        "median weeks from the last order to the alarm",
                        0,
                        delays.getMax() + 1,
                        Chart.LEFT,
                        Chart.RIGHT),
                Axis.around("share of alarms that are right", right.getMin(), right.getMax(), Chart.BOTTOM, Chart.TOP));
        int series = 0;
        for (Map.Entry<Rule, String> rule : NAMES.entrySet()) {
            List<Row> own = all.stream()
                    .filter(row -> row.rule() == rule.getKey() && row.figures().alarms() > 0)
                    .toList();
            chart.marks(
                    series++,
                    rule.getValue(),
                    own.stream()
                            .map(row -> new Point(
                                    row.figures().medianDelayWeeks(),
                                    row.figures().precision()))
                            .toList(),
                    own.stream().map(row -> rule.getValue() + ": " + text(row)).toList());
        }
        rows.forEach((hiatus, own) -> own.stream()
                .filter(row -> row.rule() == Rule.HIATUS && row.figures().alarms() > 0)
                .forEach(row -> chart.word(
                        row.figures().medianDelayWeeks(), row.figures().precision(), hiatus)));
        return new Panel(
                "Alarms in the silences of repeat buyers",
                "Rules at as many alarms as a fixed hiatus of "
                        + String.join(" or ", rows.keySet())
                        + " raises. Up is truer, left is earlier. An alarm is right when no order follows for the horizon."
                        + " The whole history is looked at; the model knows none of it after the cut.",
                chart.done(),
                table(rows));
    }

    private static String text(Row row) {
        return Numbers.of(row.figures().alarms()) + " alarms, "
                + Numbers.percent(row.figures().precision()) + " right, "
                + Numbers.of(row.figures().medianDelayWeeks(), 2) + " weeks";
    }

    private static Table table(Map<String, List<Row>> rows) {
        List<List<String>> cells = new ArrayList<>();
        rows.forEach((hiatus, own) -> own.forEach(row -> cells.add(List.of(
                hiatus,
                NAMES.getOrDefault(row.rule(), String.valueOf(row.rule())),
                Numbers.of(row.figures().alarms()),
                Numbers.of(row.figures().precision(), 4),
                Numbers.of(row.figures().recall(), 3),
                Numbers.of(row.figures().medianDelayWeeks(), 2)))));
        return new Table(List.of("as many as", "rule", "alarms", "precision", "recall", "median delay, weeks"), cells);
    }

    private static DoubleSummaryStatistics statistics(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream()
                .filter(row -> row.figures().alarms() > 0)
                .mapToDouble(value)
                .summaryStatistics();
    }
}

package io.ebbline.cli;

import io.ebbline.backtest.AlarmBacktest;
import io.ebbline.backtest.AlarmBacktest.Row;
import io.ebbline.backtest.AlarmProtocol;
import io.ebbline.backtest.AlarmRule;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.config.ConfigException;
import io.ebbline.config.Durations;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the alarm test on a history and prints its tables as they come. */
final class AlarmReport {

    private static final double DAYS_PER_WEEK = 7;

    private final Console console;
    private final AlarmProtocol protocol;
    private final List<Duration> hiatuses;
    private final Metrics metrics;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    AlarmReport(Console console, Metrics metrics, AlarmProtocol protocol, List<Duration> hiatuses) {
        this.console = console;
        this.metrics = metrics;
        this.protocol = protocol;
        this.hiatuses = hiatuses;
    }

    /**
     * Measures.
     *
     * @param modelName what the model is called in keys and words
     * @return by hiatus, the rules at as many alarms as it raises
     * @throws ConfigException when the history is too short for the protocol
     */
    Map<String, List<Row>> run(List<CustomerEvents> customers, long end, ScoringModel model, String modelName) {
        double longest = hiatuses.stream().mapToDouble(AlarmReport::weeks).max().orElse(0);
        AlarmBacktest backtest = new AlarmBacktest(customers, end, model, EngineRules.defaults(), protocol, longest);
        if (backtest.silences() == 0) {
            throw new ConfigException("No silence can be looked at: the history needs repeat buyers and at least "
                    + protocol.daysNeeded() + " days. Shorten --warm-up, --window and --horizon.");
        }
        metrics.put(Metrics.ALARMS + "silences", backtest.silences());
        console.line("%,d silences of %,d repeat buyers".formatted(backtest.silences(), backtest.customers()));
        console.line("");
        console.line("%-36s %9s %7s %7s %9s %7s %12s %12s"
                .formatted("", "threshold", "alarms", "right", "precision", "recall", "median delay", "of the right"));
        for (Duration hiatus : hiatuses) {
            compare(backtest, hiatus);
        }
        asItIs(backtest, modelName);
        return rows;
    }

    private void compare(AlarmBacktest backtest, Duration hiatus) {
        boolean first = hiatus.equals(hiatuses.get(0));
        String name = name(hiatus);
        String prefix = Metrics.ALARMS + (first ? "" : "as_" + name + ".");
        Row fixed = backtest.hiatus(weeks(hiatus));
        int alarms = fixed.figures().alarms();
        console.line("As many alarms as after " + name + " without an order");
        List<Row> own = rows.computeIfAbsent(name, key -> new ArrayList<>());
        own.add(show(prefix + Metrics.HIATUS, "fixed hiatus, days", fixed));
        own.add(show(prefix + "mean_gap_", "times the own mean gap", backtest.rule(AlarmRule.MEAN_GAP, alarms)));
        own.add(show(prefix + "p_alive_", "P(alive)", backtest.rule(AlarmRule.P_ALIVE, alarms)));
        own.add(show(prefix + "p_buy_", "P(buy)", backtest.rule(AlarmRule.P_BUY, alarms)));
        own.add(show(prefix, "engine's signals, declineBelow", backtest.engine(alarms)));
    }

    private void asItIs(AlarmBacktest backtest, String modelName) {
        console.line("The engine's signals under the " + modelName + " model");
        beside(backtest, modelName + "_", "all signals, declineBelow", backtest.engine(false));
        beside(backtest, modelName + "_low_", "those of LOW_REPURCHASE", backtest.engine(true));
    }

    private void beside(AlarmBacktest backtest, String name, String label, Row row) {
        String prefix = Metrics.ALARMS + name;
        show(prefix, label, row);
        Row hiatus = backtest.rule(AlarmRule.HIATUS, row.figures().alarms());
        show(prefix + Metrics.HIATUS, "  fixed hiatus with as many, days", hiatus);
    }

    private Row show(String prefix, String label, Row row) {
        metrics.put(prefix, row);
        console.line(String.format(
                Locale.ROOT,
                "  %-34s %9.4f %,7d %,7d %9.4f %7.4f %10.2f w %10.2f w",
                label,
                row.threshold(),
                row.figures().alarms(),
                row.figures().right(),
                row.figures().precision(),
                row.figures().recall(),
                row.figures().medianDelayWeeks(),
                row.figures().medianDelayRightWeeks()));
        return row;
    }

    /** Weeks where they are whole, which is how such a time is spoken of. */
    private static String name(Duration duration) {
        long days = duration.toDays();
        return days % 7 == 0 && duration.equals(Duration.ofDays(days)) ? days / 7 + "w" : Durations.format(duration);
    }

    private static double weeks(Duration duration) {
        return (double) duration.toMillis() / Duration.ofDays(1).toMillis() / DAYS_PER_WEEK;
    }
}

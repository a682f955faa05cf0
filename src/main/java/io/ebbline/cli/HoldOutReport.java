package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Cutoff;
import io.ebbline.backtest.HoldOut;
import io.ebbline.backtest.HoldOutFigures;
import io.ebbline.backtest.HoldOutFigures.Figure;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.ModelSource;
import io.ebbline.config.ConfigException;
import io.ebbline.config.Durations;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Purchase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs hold-out tests on a history and prints their figures as they come. */
final class HoldOutReport {

    private final Console console;
    private final Metrics metrics;
    private final ModelSource source;
    private final int resamples;

    HoldOutReport(Console console, Metrics metrics, ModelSource source, int resamples) {
        this.console = console;
        this.metrics = metrics;
        this.source = source;
        this.resamples = resamples;
    }

    /** The tests and their figures: those of each, then the means. */
    record Result(List<HoldOut> tests, List<Map<String, Figure>> figures) {}

    /**
     * Measures.
     *
     * @param end of the history, milliseconds since the epoch
     * @throws ConfigException when a cut or its horizon lies outside the history
     */
    Result run(List<CustomerEvents> customers, long end, List<LocalDate> days, Duration horizon, double minorPerMajor) {
        List<Cutoff> cutoffs =
                days.stream().map(day -> new Cutoff(day, horizon.toMillis())).toList();
        check(customers, end, cutoffs);
        List<HoldOut> tests = new ArrayList<>();
        for (Cutoff cutoff : cutoffs) {
            console.line("Cut at the end of " + cutoff.day() + ", " + Durations.format(horizon) + " ahead ...");
            HoldOut test = HoldOut.of(customers, cutoff, source, EngineRules.defaults());
            console.line("  %,d customers answered under %s"
                    .formatted(test.predictions().size(), test.model().ref()));
            tests.add(test);
        }
        console.line("Drawing %,d times for the intervals ...".formatted(resamples));
        List<Map<String, Figure>> figures = new HoldOutFigures(customers.size(), resamples, minorPerMajor).of(tests);
        for (int i = 0; i < tests.size(); i++) {
            show(
                    tests.get(i),
                    figures.get(i),
                    tests.size() == 1 ? "" : tests.get(i).cutoff().day() + ".");
        }
        if (tests.size() > 1) {
            console.line("Means over %d cuts".formatted(tests.size()));
            put("", figures.get(tests.size()));
        }
        return new Result(tests, figures);
    }

    private void show(HoldOut test, Map<String, Figure> figures, String prefix) {
        long repeat =
                test.predictions().stream().filter(one -> one.isRepeatBuyer()).count();
        long unknown = test.predictions().stream()
                .filter(one -> Double.isNaN(one.pBuy()))
                .count();
        console.line("Cut at the end of %s: %,d customers, %,d with repeat orders, %,d of whom P(buy) is unknown"
                .formatted(test.cutoff().day(), test.predictions().size(), repeat, unknown));
        metrics.put(prefix + Metrics.CUSTOMERS, test.predictions().size());
        metrics.put(prefix + Metrics.REPEAT_CUSTOMERS, (int) repeat);
        metrics.put(prefix + Metrics.UNKNOWN, (int) unknown);
        put(prefix, figures);
        if (!figures.containsKey(Metrics.RMSE)) {
            console.line("  no figures of spend: nobody spent anything, or the model tells no " + HoldOut.SPEND_SCORE);
        }
    }

    private void put(String prefix, Map<String, Figure> figures) {
        metrics.put(prefix, figures);
        figures.forEach((key, figure) -> console.line(String.format(
                Locale.ROOT,
                "  %-36s %10.4f   95 %% interval %.4f to %.4f",
                key,
                figure.value(),
                figure.interval().low(),
                figure.interval().high())));
    }

    private static void check(List<CustomerEvents> customers, long end, List<Cutoff> cutoffs) {
        LocalDate first = customers.stream()
                .flatMap(customer -> customer.events().stream())
                .filter(Purchase.class::isInstance)
                .mapToLong(event -> Math.floorDiv(event.time(), Cutoff.DAY_MILLIS))
                .min()
                .stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst()
                .orElseThrow(() -> new ConfigException("The history has no order: there is nothing to predict."));
        LocalDate last = LocalDate.ofEpochDay(Math.floorDiv(end, Cutoff.DAY_MILLIS));
        for (Cutoff cutoff : cutoffs) {
            if (cutoff.day().isBefore(first) || !cutoff.day().isBefore(last)) {
                throw new ConfigException("--cutoff " + cutoff.day() + " lies outside the history, which goes from "
                        + first + " to " + last + ": choose a day within it, with --horizon left after it.");
            }
            if (cutoff.end() > Cutoff.endOf(last)) {
                long left = last.toEpochDay() - cutoff.day().toEpochDay();
                long days = (cutoff.horizonMillis() + Cutoff.DAY_MILLIS - 1) / Cutoff.DAY_MILLIS;
                throw new ConfigException(
                        "--cutoff " + cutoff.day() + " leaves " + left + " days, for the history ends on " + last
                                + ": choose --horizon " + left + "d or shorter, or " + earlier(first, last, days));
            }
        }
    }

    private static String earlier(LocalDate first, LocalDate last, long days) {
        LocalDate latest = last.minusDays(days);
        return latest.isBefore(first) ? "a longer history." : "--cutoff " + latest + " or earlier.";
    }
}

package io.ebbline.cli;

import io.ebbline.backtest.Alarm;
import io.ebbline.backtest.BreakFigures;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.ShopBacktest;
import io.ebbline.connector.feed.CustomerTruth;
import io.ebbline.connector.feed.ShopSegment;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds the engine's signals against the truth about a simulated shop and prints the tables as they come. */
final class ShopReport {

    private static final List<Double> THRESHOLDS = List.of(0.2, 0.3, 0.4, 0.5, 0.6);

    private final Console console;
    private final long within;
    private final Metrics metrics;

    ShopReport(Console console, Metrics metrics, long within) {
        this.console = console;
        this.metrics = metrics;
        this.within = within;
    }

    void run(List<CustomerEvents> customers, Map<String, CustomerTruth> truths, long end, ScoringModel model) {
        ShopBacktest backtest = new ShopBacktest(customers, truths, end, model, EngineRules.defaults(), within);
        console.line("%,d customers with a rhythm of their own".formatted(backtest.customers()));
        console.line("");
        console.line("%-44s %7s %9s %7s %7s %7s %12s"
                .formatted("", "signals", "precision", "early", "breaks", "found", "median delay"));
        ShopBacktest.Run shipped = backtest.run(model.churn().declineBelow());
        console.line("The model as it is: " + model.ref());
        show(Metrics.SIGNALS, "all", backtest, shipped);
        for (Alarm.Cause cause : Alarm.Cause.values()) {
            if (cause != Alarm.Cause.HIATUS) {
                String name = cause.name().toLowerCase(Locale.ROOT);
                show(Metrics.SIGNALS + name + "_", "  raised by " + cause, backtest.of(shipped, cause));
            }
        }
        show(Metrics.SIGNALS + "no_touchpoints_", "without touchpoints", backtest, backtest.runWithoutTouchpoints());
        segments(backtest, shipped);
        console.line(
                "Other thresholds (declineBelow; as it is: " + model.churn().declineBelow() + ")");
        for (double threshold : THRESHOLDS) {
            String label = String.valueOf(threshold);
            show(Metrics.SIGNALS + "below_" + label + "_", label, backtest, backtest.run(threshold));
        }
        once(backtest.once(shipped));
        returns(backtest.returns(shipped));
    }

    private void segments(ShopBacktest backtest, ShopBacktest.Run run) {
        console.line("By segment");
        for (ShopSegment segment : ShopSegment.values()) {
            if (segment.hasRhythm()) {
                ShopBacktest.Row row = backtest.of(run, segment);
                String prefix = Metrics.SIGNALS + segment.name().toLowerCase(Locale.ROOT) + "_";
                show(prefix, segment.name(), row.engine());
                show(prefix + Metrics.HIATUS, "  the same hiatus", row.hiatus());
            }
        }
    }

    private void once(ShopBacktest.Once once) {
        console.line("After a first order");
        console.line(String.format(
                Locale.ROOT,
                "  %,d signals, %,d of them (%.3f) of customers who never order again: %,d of %,d of those, %.2f weeks"
                        + " (median) after the order",
                once.alarms(),
                once.right(),
                (double) once.right() / once.alarms(),
                once.found(),
                once.customers(),
                once.medianWeeks()));
        String prefix = Metrics.SIGNALS + "once_";
        metrics.put(prefix + Metrics.COUNT, once.alarms());
        metrics.put(prefix + Metrics.PRECISION, (double) once.right() / once.alarms());
        metrics.put(prefix + Metrics.RECALL, (double) once.found() / once.customers());
        metrics.put(prefix + Metrics.MEDIAN_DELAY_WEEKS, once.medianWeeks());
    }

    private void returns(ShopBacktest.Returns returns) {
        console.line("Customers who came back to their old rhythm");
        console.line(
                "  %,d, of whom %,d in decline or departed: %,d told as WAKE_UP, %,d as WIN_BACK, by that very order"
                        .formatted(returns.returned(), returns.declined(), returns.wakeUps(), returns.winBacks()));
        String prefix = Metrics.SIGNALS + "returned_";
        metrics.put(prefix + Metrics.COUNT, returns.returned());
        metrics.put(prefix + "declined", returns.declined());
        metrics.put(prefix + "wake_ups", returns.wakeUps());
        metrics.put(prefix + "win_backs", returns.winBacks());
    }

    private void show(String prefix, String label, ShopBacktest backtest, ShopBacktest.Run run) {
        ShopBacktest.Row row = backtest.all(run);
        show(prefix, label, row.engine());
        show(
                prefix + Metrics.HIATUS,
                String.format(Locale.ROOT, "  hiatus of %.1f days", run.hiatusDays()),
                row.hiatus());
    }

    private void show(String prefix, String label, BreakFigures figures) {
        metrics.put(prefix, figures);
        console.line(String.format(
                Locale.ROOT,
                "  %-42s %,7d %9.3f %7.3f %,7d %7.3f %10.2f w",
                label,
                figures.alarms(),
                figures.precision(),
                figures.earlyShare(),
                figures.breaks(),
                figures.recall(),
                figures.medianDelayWeeks()));
    }
}

package io.ebbline.cli;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.AcceptanceFigures.Decile;
import io.ebbline.backtest.AcceptanceTrial;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Exposures;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures how true the chances are that offers that were shown are accepted, and prints it. */
final class AcceptanceReport {

    private final Console console;
    private final Metrics metrics;

    AcceptanceReport(Console console, Metrics metrics) {
        this.console = console;
        this.metrics = metrics;
    }

    /**
     * Measures.
     *
     * @param lives how long offers stand
     * @param end of the history, milliseconds since the epoch
     * @return null when no life of an offer of which something was known is over
     */
    @Nullable
    AcceptanceFigures run(List<CustomerEvents> customers, ScoringModel model, Exposures.Lives lives, long end) {
        console.line("");
        if (customers.stream().noneMatch(AcceptanceReport::wasShownAny)) {
            console.line("Acceptance is not foretold. The history tells of no offer that was shown.");
            return null;
        }
        AcceptanceTrial trial = new AcceptanceTrial(model, EngineRules.defaults(), lives, end);
        customers.forEach(trial::add);
        AcceptanceFigures figures = trial.judge();
        if (figures.trials() == 0) {
            console.line(
                    "Acceptance is not foretold. %,d offers were shown before anything was known of them, %,d stand at the end: take a longer history."
                            .formatted(figures.unknown(), figures.undecided()));
            return null;
        }
        figures.put(metrics);
        show(figures);
        return figures;
    }

    private static boolean wasShownAny(CustomerEvents customer) {
        return customer.events().stream()
                .anyMatch(event ->
                        event instanceof Touchpoint touchpoint && touchpoint.type() == TouchpointType.OFFER_SHOWN);
    }

    private void show(AcceptanceFigures figures) {
        console.line("%,d offers that were shown; %,d more before anything was known of them, %,d stand at the end"
                .formatted(figures.trials(), figures.unknown(), figures.undecided()));
        console.line("%-38s %9s %9s %9s %9s".formatted("tenths, by chance", "shown", "expected", "accepted", "error"));
        for (int k = 0; k < figures.deciles().size(); k++) {
            Decile decile = figures.deciles().get(k);
            console.line(String.format(
                    Locale.ROOT,
                    "  %-36d %,9d %9.4f %9.4f %9.4f",
                    k + 1,
                    decile.trials(),
                    decile.expected(),
                    decile.actual(),
                    decile.error()));
        }
        console.line(String.format(
                Locale.ROOT,
                "  %-36s %,9d %9.4f %9.4f",
                "all",
                figures.trials(),
                figures.expected(),
                figures.actual()));
        console.line("Chance of tenths as far off or further, if chances are right:");
        console.line(String.format(Locale.ROOT, "  %-36s %9.2g", "as surely known as they claim", figures.p()));
        console.line(String.format(Locale.ROOT, "  %-36s %9.2g", "known exactly", figures.strictP()));
        console.line("Brier score, less is better:");
        console.line(String.format(Locale.ROOT, "  %-36s %9.4f", "chances", figures.brier()));
        console.line(
                String.format(Locale.ROOT, "  %-36s %9.4f", "the share itself for everybody", figures.baselineBrier()));
    }
}

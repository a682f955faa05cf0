package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.NextBasketTrial;
import io.ebbline.backtest.NextBasketTrial.Recall;
import java.util.List;
import java.util.Locale;

/** Measures how much of customers' last orders is foretold, and prints it. */
final class NextBasketReport {

    private static final int SHUFFLES = 5;

    private final Console console;
    private final Metrics metrics;

    NextBasketReport(Console console, Metrics metrics) {
        this.console = console;
        this.metrics = metrics;
    }

    /** Measures. Returns whether enough customers have ordered products twice. */
    boolean run(List<CustomerEvents> customers, int minorDigits, int tickDays) {
        console.line("");
        NextBasketTrial.Figures figures;
        try {
            figures = NextBasketTrial.of(customers, minorDigits, tickDays, SHUFFLES);
        } catch (IllegalArgumentException e) {
            console.line("Last orders are not foretold. " + e.getMessage());
            return false;
        }
        figures.putInto(metrics);
        console.line("The last orders of %,d customers; %.1f %% of an order had been bought before"
                .formatted(figures.users(), 100 * figures.repeatShare()));
        console.line("%-38s %9s %9s".formatted("share of an order among the best", "recall@10", "recall@20"));
        show("own and new products, ranked together", figures.engine());
        show("popularity", figures.popularity());
        show("own, then popularity", figures.ownThenGlobal());
        show("TIFU-KNN", figures.tifuKnn());
        return true;
    }

    private void show(String label, Recall recall) {
        console.line(String.format(Locale.ROOT, "  %-36s %9.4f %9.4f", label, recall.at10(), recall.at20()));
    }
}

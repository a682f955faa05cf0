package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.OfferTrial;
import io.ebbline.backtest.OfferTrial.Decile;
import io.ebbline.backtest.OfferTrial.HitRates;
import io.ebbline.config.OfferOptions;
import io.ebbline.fit.OrderHistory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Measures how products that customers do not own are ranked, and prints it. */
final class FirstPurchaseReport {

    /** Weights are fitted anew after so many days. */
    private static final int REFIT_DAYS = 28;

    private final Console console;
    private final Metrics metrics;
    private final OfferOptions options;

    FirstPurchaseReport(Console console, Metrics metrics, OfferOptions options) {
        this.console = console;
        this.metrics = metrics;
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param end of the history, milliseconds since the epoch
     * @return whether there was anything to foretell
     */
    boolean run(List<CustomerEvents> customers, long end, int minorDigits) {
        console.line("");
        OrderHistory.Builder builder = new OrderHistory.Builder();
        customers.forEach(customer -> builder.add(customer.customer(), customer.events()));
        long from = Instant.ofEpochMilli(end)
                .atZone(ZoneOffset.UTC)
                .minusMonths(options.months())
                .toInstant()
                .toEpochMilli();
        OfferTrial.Figures figures = OfferTrial.of(
                builder.build(), minorDigits, new OfferTrial.Protocol(from, options.tickDays(), REFIT_DAYS));
        if (figures.orders() == 0) {
            console.line(
                    "First purchases are not foretold. Nobody ordered again and something new within --offer-months "
                            + options.months() + ": choose more, or a history that names products.");
            return false;
        }
        metrics.put(Metrics.OFFERS + "orders", figures.orders());
        console.line(
                "First purchases of the last %d months, what is known moves on every %d days: %,d orders of customers who had ordered before, with something new"
                        .formatted(options.months(), options.tickDays(), figures.orders()));
        console.line("%-38s %7s %7s".formatted("one of the best is bought", "HR@5", "HR@10"));
        show("", "ranked", figures.ranked());
        show("baseline_popularity_", "popularity, half-life 28 days", figures.popularity());
        show("baseline_linear_", "popularity + excess hazard", figures.linear());
        calibration(figures.calibration());
        return true;
    }

    private void show(String name, String label, HitRates rates) {
        metrics.put(Metrics.OFFERS + name + "hr5", rates.hr5());
        metrics.put(Metrics.OFFERS + name + "hr10", rates.hr10());
        console.line(String.format(Locale.ROOT, "  %-36s %7.4f %7.4f", label, rates.hr5(), rates.hr10()));
    }

    private void calibration(List<Decile> deciles) {
        console.line("");
        console.line("%-38s %9s %9s %9s".formatted("tenths of the best 10, by chance", "ranked", "expected", "bought"));
        for (int k = 0; k < deciles.size(); k++) {
            Decile decile = deciles.get(k);
            String prefix = Metrics.OFFER_CALIBRATION + (k + 1) + "_";
            metrics.put(prefix + Metrics.COUNT, decile.count());
            metrics.put(prefix + Metrics.EXPECTED, decile.expected());
            metrics.put(prefix + Metrics.ACTUAL, decile.actual());
            console.line(String.format(
                    Locale.ROOT,
                    "  %-36d %,9d %,9.1f %,9d",
                    k + 1,
                    decile.count(),
                    decile.expected(),
                    decile.actual()));
        }
        console.line(String.format(
                Locale.ROOT,
                "  %-36s %,9d %,9.1f %,9d",
                "all",
                deciles.stream().mapToInt(Decile::count).sum(),
                deciles.stream().mapToDouble(Decile::expected).reduce(0, Double::sum),
                deciles.stream().mapToInt(Decile::actual).sum()));
    }
}

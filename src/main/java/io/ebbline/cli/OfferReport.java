package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.OfferTrial;
import io.ebbline.backtest.OfferTrial.Decile;
import io.ebbline.backtest.OfferTrial.HitRates;
import io.ebbline.config.ConfigException;
import io.ebbline.config.OfferOptions;
import io.ebbline.fit.OrderHistory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Measures how products are ranked, and prints it. */
final class OfferReport {

    /** Weights are fitted anew after so many days. */
    private static final int REFIT_DAYS = 28;

    private final Console console;
    private final Metrics metrics;
    private final OfferOptions options;

    OfferReport(Console console, Metrics metrics, OfferOptions options) {
        this.console = console;
        this.metrics = metrics;
        this.options = options;
    }

    /**
     * Measures first purchases.
     *
     * @throws ConfigException when there is no order to foretell
     */
    void run(List<CustomerEvents> customers, long end, int minorDigits) {
        OrderHistory.Builder builder = new OrderHistory.Builder();
        customers.forEach(customer -> builder.add(customer.customer(), customer.events()));
        long from = Instant.ofEpochMilli(end)
                .atZone(ZoneOffset.UTC)
                .minusMonths(options.months())
                .toInstant()
                .toEpochMilli();
        console.line("First purchases of the last %d months, what is known moves on every %d days ..."
                .formatted(options.months(), options.tickDays()));
        OfferTrial.Figures figures = OfferTrial.of(
                builder.build(), minorDigits, new OfferTrial.Protocol(from, options.tickDays(), REFIT_DAYS));
        if (figures.orders() == 0) {
            throw new ConfigException("No order can be foretold: customers must order again in the last "
                    + options.months() + " months, and something new. Choose more --offer-months.");
        }
        metrics.put(Metrics.OFFERS + "orders", figures.orders());
        console.line("%,d orders of customers who had ordered before, with something new".formatted(figures.orders()));
        console.line("");
        console.line("%-36s %7s %7s".formatted("one of the best is bought", "HR@5", "HR@10"));
        show("", "ranked", figures.ranked());
        show("baseline_popularity_", "popularity, half-life 28 days", figures.popularity());
        show("baseline_linear_", "popularity + excess hazard", figures.linear());
        calibration(figures.calibration());
        new NextBasketReport(console, metrics).run(customers, minorDigits, options.tickDays());
    }

    private void show(String name, String label, HitRates rates) {
        metrics.put(Metrics.OFFERS + name + "hr5", rates.hr5());
        metrics.put(Metrics.OFFERS + name + "hr10", rates.hr10());
        console.line(String.format(Locale.ROOT, "  %-34s %7.4f %7.4f", label, rates.hr5(), rates.hr10()));
    }

    private void calibration(List<Decile> deciles) {
        console.line("");
        console.line("%-36s %9s %9s %9s".formatted("tenths of the best 10, by chance", "ranked", "expected", "bought"));
        for (int k = 0; k < deciles.size(); k++) {
            Decile decile = deciles.get(k);
            String prefix = Metrics.OFFERS + "calibration_" + (k + 1) + "_";
            metrics.put(prefix + "count", decile.count());
            metrics.put(prefix + "expected", decile.expected());
            metrics.put(prefix + "actual", decile.actual());
            console.line(String.format(
                    Locale.ROOT,
                    "  %-34d %,9d %,9.1f %,9d",
                    k + 1,
                    decile.count(),
                    decile.expected(),
                    decile.actual()));
        }
    }
}

package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.PropensityTrial;
import io.ebbline.backtest.PropensityTrial.Figures;
import io.ebbline.backtest.PropensityTrial.Sum;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Kind;
import io.ebbline.offer.PropensityClasses;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Measures whether as much is bought of what would be offered as propensities say, and prints it. */
final class PropensityReport {

    /** The part of the history that is looked at: its end. */
    private static final long MEASURED = Duration.ofDays(91).toMillis();

    /** Offers that were made before that part, and end in it, are not of it. */
    private static final long LIFE = Duration.ofDays(14).toMillis();

    private final Console console;
    private final Metrics metrics;

    PropensityReport(Console console, Metrics metrics) {
        this.console = console;
        this.metrics = metrics;
    }

    /**
     * Measures.
     *
     * @param end of the history, milliseconds since the epoch
     */
    void run(List<CustomerEvents> customers, ScoringModel model, long end, int minorDigits) {
        console.line("");
        PropensityTrial trial = new PropensityTrial(model, List.of(), EngineRules.defaults(), end, minorDigits);
        customers.forEach(trial::add);
        Figures figures = trial.judge(end - MEASURED + LIFE);
        if (figures.byClass().isEmpty()) {
            console.line("Propensities of products are not looked at. Nothing would be offered in the last 91 days.");
            return;
        }
        console.line(
                "%-38s %9s %9s %9s".formatted("what would be offered, by propensity", "offers", "expected", "bought"));
        for (Kind kind : Kind.values()) {
            Sum all = figures.of(kind);
            if (all.offers() > 0) {
                put(kind, all);
                line(kind.name(), all);
                for (Map.Entry<Integer, Sum> one :
                        figures.byClass().getOrDefault(kind, new TreeMap<>()).entrySet()) {
                    String from = new BigDecimal(Double.toString(PropensityClasses.from(one.getKey())))
                            .stripTrailingZeros()
                            .toPlainString();
                    line("  from " + from + " on", one.getValue());
                }
            }
        }
    }

    private void put(Kind kind, Sum all) {
        String key = "offers.propensity_" + kind.name().toLowerCase(Locale.ROOT);
        metrics.put(key + "_offers", (double) all.offers());
        metrics.put(key + "_expected", all.expected());
        metrics.put(key + "_bought", (double) all.bought());
    }

    private void line(String label, Sum sum) {
        console.line(String.format(
                Locale.ROOT, "  %-36s %,9d %,9.1f %,9d", label, sum.offers(), sum.expected(), sum.bought()));
    }
}

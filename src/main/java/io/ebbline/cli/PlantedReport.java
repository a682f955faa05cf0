package io.ebbline.cli;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.PlantedTrial;
import io.ebbline.connector.feed.Affinity;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.util.List;
import java.util.Locale;

/** Measures which planted affinities are found, and prints it. */
final class PlantedReport {

    private final Console console;
    private final Metrics metrics;

    PlantedReport(Console console, Metrics metrics) {
        this.console = console;
        this.metrics = metrics;
    }

    void run(List<CustomerEvents> customers, List<Affinity> planted, long end, int minorDigits, ScoringModel model) {
        PlantedTrial trial = new PlantedTrial(model, EngineRules.defaults(), end);
        customers.forEach(trial::add);
        PlantedTrial.Figures figures = trial.judge(planted, minorDigits);
        figures.put(metrics);
        console.line(String.format(
                Locale.ROOT,
                "%d of %d planted pairs are among the first %d of what the first of them leads on to (%.3f)",
                figures.found(),
                figures.planted(),
                PlantedTrial.TOP,
                figures.share()));
        console.line("%d pairs beside them follow over several planted ones, %d have nothing planted between them"
                .formatted(figures.chained(), figures.strangers()));
    }
}

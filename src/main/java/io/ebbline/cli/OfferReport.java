package io.ebbline.cli;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.config.ConfigException;
import io.ebbline.config.OfferOptions;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Exposures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs every test of offers that a history allows, and prints the figures beside those of baselines. */
final class OfferReport {

    private final Console console;
    private final Metrics metrics;
    private final OfferOptions options;

    OfferReport(Console console, Metrics metrics, OfferOptions options) {
        this.console = console;
        this.metrics = metrics;
        this.options = options;
    }

    /**
     * Measures. A test that the history does not allow says so and is left out.
     *
     * @param model under which the engine finds what becomes of offers that were shown
     * @param lives how long offers stand
     * @param end of the history, milliseconds since the epoch
     * @return how chances of acceptance came true; null when there is nothing to tell
     * @throws ConfigException when no test is allowed
     */
    @Nullable
    AcceptanceFigures run(
            List<CustomerEvents> customers, ScoringModel model, Exposures.Lives lives, long end, int minorDigits) {
        boolean any = new FirstPurchaseReport(console, metrics, options).run(customers, end, minorDigits);
        any |= new NextBasketReport(console, metrics).run(customers, minorDigits, options.tickDays());
        if (any) {
            new PropensityReport(console, metrics).run(customers, model, end, minorDigits);
        }
        AcceptanceFigures acceptance = new AcceptanceReport(console, metrics).run(customers, model, lives, end);
        if (!any && acceptance == null) {
            throw new ConfigException("--offers finds nothing to measure in this history, for the reasons above.");
        }
        return acceptance;
    }
}

package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.fit.Folded;
import io.ebbline.fit.ModelFit;
import io.ebbline.fit.WalkForward;
import io.ebbline.model.Provenance;
import io.ebbline.model.ScoringModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One fit, from the history to the models. */
final class Fit {

    /** With fewer nobody waits long. */
    private static final int MANY_ORDERS = 20_000;

    private final Settings settings;
    private final FitSource source;
    private final long mostBuyers;
    private final ModelFit.Wish wish;
    private final FitOutcome outcome;
    private final Consumer<String> told;

    Fit(
            Settings settings,
            FitSource source,
            long mostBuyers,
            ModelFit.Wish wish,
            FitOutcome outcome,
            Consumer<String> told) {
        this.settings = settings;
        this.source = source;
        this.mostBuyers = mostBuyers;
        this.wish = wish;
        this.outcome = outcome;
        this.told = told;
    }

    /**
     * Fits.
     *
     * @param at the last day that counts; null for that of the newest event
     * @param months from one version to the next; null for one version
     * @throws io.ebbline.fit.FitException when nothing can be fitted
     */
    void run(@Nullable LocalDate at, @Nullable Integer months) {
        ScoringModel base = outcome.base();
        told.accept("Reading " + source.name() + " ...");
        Folded history =
                new FitRun(settings, mostBuyers, told).fold(source.job(settings, mostBuyers, base.lookBackMillis()));
        Integer newest = history.census().lastDay();
        if (newest == null) {
            throw new CommandException(source.name() + " holds no order: there is nothing to fit.", null);
        }
        int tick = at == null ? newest : Math.toIntExact(at.toEpochDay());
        if (history.oneOf() > 1) {
            told.accept(String.format(
                    Locale.ROOT,
                    "Estimating from one of %d customers, %,d; --max-customers raises it.",
                    history.oneOf(),
                    history.buyers().size()));
        }
        if (months == null && history.ordersOneOf() > 1) {
            told.accept(String.format(
                    Locale.ROOT,
                    "Ranking is learnt from the orders of one of %d customers, %,d.",
                    history.ordersOneOf(),
                    history.orders().orders().size()));
        }
        List<ModelFit.Result> results = months == null ? one(history, tick, base) : series(history, tick, base, months);
        outcome.take(results, months != null, source.name());
    }

    private List<ModelFit.Result> one(Folded history, int tick, ScoringModel base) {
        ModelFit.Result result = ModelFit.of(history, tick, base, wish, listener());
        told.accept(String.format(
                Locale.ROOT,
                "%,d events of %,d customers up to the end of %s; %,d have a kept order.",
                result.count().events(),
                result.count().customers(),
                LocalDate.ofEpochDay(tick),
                result.cuts().customers()));
        return List.of(result);
    }

    private List<ModelFit.Result> series(Folded history, int tick, ScoringModel base, int months) {
        if (history.oneOf() > 1) {
            throw new CommandException(
                    "--walk-forward estimates from everybody, or which customers are sampled would depend on who comes"
                            + " later: raise --max-customers, with as much heap as they need.",
                    null);
        }
        if (history.ordersOneOf() > 1) {
            told.accept(
                    "The weights of ranking are not fitted: of so many orders a sample is looked at, and who belongs to it"
                            + " depends on who comes later.");
        }
        return WalkForward.of(
                history,
                months,
                tick,
                base,
                wish,
                day -> told.accept("Fitting what came until the end of " + day + " ..."));
    }

    private ModelFit.Listener listener() {
        return new ModelFit.Listener() {
            @Override
            public void done(Provenance.Part part) {
                tell(part);
            }

            @Override
            public void walked(int orders, int all) {
                if (all >= MANY_ORDERS) {
                    told.accept(String.format(
                            Locale.ROOT, "%,d of %,d orders looked at for the weights of ranking.", orders, all));
                }
            }
        };
    }

    private void tell(Provenance.Part part) {
        Double logLikelihood = part.logLikelihood();
        told.accept(part.name()
                + (part.fitted() ? ": " : ": taken over from " + outcome.base().ref() + ". ")
                + (logLikelihood == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "log-likelihood %,.1f of %,d customers. ",
                                logLikelihood,
                                part.customers()))
                + part.note());
    }
}

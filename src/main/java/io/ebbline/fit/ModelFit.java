package io.ebbline.fit;

import io.ebbline.event.Tick;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.CutPoints;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.Provenance;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A whole model from a history, as of the end of a day. What comes after it is not looked at. A part that the history does not
 * tell is taken over from a base model, and the result says so.
 */
public final class ModelFit {

    /**
     * What is wanted.
     *
     * @param cutsOnly whether cut points alone are fitted
     * @param horizonMillis how far ahead chances look, positive
     * @param valueHorizonMillis how far ahead the lifetime value looks, positive
     * @param yearlyDiscountRate what money is worth less in a year, 0 or more
     */
    public record Wish(boolean cutsOnly, long horizonMillis, long valueHorizonMillis, double yearlyDiscountRate) {}

    /**
     * What came of it.
     *
     * @param model the base with everything that was fitted
     * @param count everybody at the end of the day
     * @param cuts the cut points
     * @param parts what was fitted, and what was not and why
     */
    public record Result(
            ScoringModel model, Census.Count count, CutPoints cuts, List<Provenance.Part> parts, int tick) {

        /** The names of the parts that were fitted. */
        public String fitted() {
            return parts.stream()
                    .filter(Provenance.Part::fitted)
                    .map(Provenance.Part::name)
                    .collect(Collectors.joining(", "));
        }

        /** Where the model comes from. */
        public Provenance provenance(long fittedAt, String tool) {
            return new Provenance(
                    Tick.end(count.first() - 1),
                    Tick.end(tick),
                    count.events(),
                    count.population().buyers(),
                    count.population().frequency().sum(),
                    parts,
                    fittedAt,
                    tool);
        }
    }

    /** Who waits. */
    @FunctionalInterface
    public interface Listener {

        /** A part is done. */
        void done(Provenance.Part part);

        /** So many of all orders have been looked at for the weights of ranking. */
        default void walked(int orders, int all) {}
    }

    private final ScoringModel base;
    private final Wish wish;
    private final Listener told;
    private final List<Provenance.Part> parts = new ArrayList<>();

    private ModelFit(ScoringModel base, Wish wish, Listener told) {
        this.base = base;
        this.wish = wish;
        this.told = told;
    }

    /**
     * Fits a model.
     *
     * @param tick the last day that counts, days since 1970-01-01
     * @param base lends what is not fitted
     * @param told hears of each part when it is done
     * @throws FitException when nobody has a kept order by then
     */
    public static Result of(Folded history, int tick, ScoringModel base, Wish wish, Listener told) {
        return new ModelFit(base, wish, told).fit(history, tick);
    }

    private Result fit(Folded history, int tick) {
        Census.Count count = history.census().at(tick);
        CutPoints cuts = count.population().cuts(tick);
        if (cuts == null) {
            throw new FitException("Nobody has a kept order by then: choose a later day, or another history.");
        }
        done(new Provenance.Part("cuts", true, null, cuts.customers(), cuts.note()));
        ScoringModel model = base.withCuts(cuts.recency(), cuts.frequency(), cuts.monetary());
        if (!wish.cutsOnly) {
            List<Buyer> buyers = history.buyersAt(tick);
            model = estimate(model, buyers, Tick.end(count.first() - 1), Tick.end(tick) - 1);
            model = ranking(model, history.orders().until(Tick.end(tick)), Tick.end(tick));
        }
        return new Result(model, count, cuts, List.copyOf(parts), tick);
    }

    /** Every part that is estimated from buyers; another one is another line here. */
    private ScoringModel estimate(ScoringModel model, List<Buyer> buyers, long start, long end) {
        BuyingModel buying =
                part("buying", model.buying(), () -> BuyingFit.of(buyers, start, end, wish.horizonMillis()));
        ChurnRules churn = buying.equals(model.buying())
                ? model.churn()
                : part("churn", model.churn(), () -> ChurnFit.of(buyers, end, buying, model.churn()));
        ValueModel value = part(
                "value",
                model.value(),
                () -> ValueFit.of(buyers, start, end, wish.valueHorizonMillis(), wish.yearlyDiscountRate()));
        MatrixRules matrix = part("matrix", model.matrix(), () -> matrix(buyers, end, value, model.matrix()));
        return model.withBuying(buying, churn).withValue(value, matrix);
    }

    private ScoringModel ranking(ScoringModel model, OrderHistory orders, long until) {
        if (orders.orders().isEmpty()) {
            return model;
        }
        RankingModel ranking = part(
                "ranking", model.ranking(), () -> RankingModelFit.of(orders, until, model.ranking(), told::walked));
        return model.withRanking(ranking);
    }

    /** The potential is what the score takes for it: the predicted lifetime value. */
    private static Fitted<MatrixRules> matrix(List<Buyer> buyers, long end, ValueModel value, MatrixRules base) {
        MatrixRules rules = MatrixFit.of(
                buyers, end, buyer -> value.value(ValueFit.past(buyer, end)).minor(), base);
        return new Fitted<>(rules, Double.NaN, buyers.size(), "Medians; classes at 80 and 95 % of revenue.");
    }

    private <P> P part(String name, P otherwise, Supplier<Fitted<P>> fit) {
        try {
            Fitted<P> fitted = fit.get();
            // Not everything is fitted by a likelihood.
            Double logLikelihood = Double.isNaN(fitted.logLikelihood()) ? null : fitted.logLikelihood();
            done(new Provenance.Part(name, true, logLikelihood, fitted.customers(), fitted.note()));
            return fitted.parameters();
        } catch (FitException e) {
            done(new Provenance.Part(name, false, null, 0, String.valueOf(e.getMessage())));
            return otherwise;
        }
    }

    private void done(Provenance.Part part) {
        parts.add(part);
        told.done(part);
    }
}

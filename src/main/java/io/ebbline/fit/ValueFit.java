package io.ebbline.fit;

import io.ebbline.fit.SpendLayerFit.Row;
import io.ebbline.model.ExpectedPurchases;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.Past;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatExpectation;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.ValueModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fits of {@link ValueModel}: Pareto/NBD (MBG/NBD where that can't be fitted) and Gamma-Gamma by maximum likelihood, and a layer
 * that learns from inner cuts of the same history what those leave out. Nothing after the cut is read.
 *
 * <p>At each inner cut the models below are fitted anew to what was known then, and look as far ahead as the layer is to look, or
 * to the outer cut. The layer gives the differences between customers; their sum is that of the models below, times what spend
 * after the inner cuts came to per spend expected there, which is drawn towards 1 as if one more cut had shown no difference.
 */
public final class ValueFit {

    private static final double DAY_MILLIS = 86_400_000;

    /** Inner cuts, tenths of the history. */
    private static final int[] TENTHS = {4, 5, 6, 7, 8};

    /** An inner cut that looks ahead for less than this share of the horizon says nothing of it. */
    private static final double SHORTEST = 1 / 6.0;

    private static final int FEWEST_CUTS = 2;
    private static final int FEWEST_CUSTOMERS = 1_000;
    private static final int FEWEST_SPENDERS = 100;

    /** The unit of the layer's money: mean spend of an occasion, by this. Within a factor of ten it matters little. */
    private static final double UNIT = 10;

    /** What can be known at a cut: the models, and each customer's past. */
    private record Known(
            ExpectedPurchases purchases, GammaGamma spend, List<Past> pasts, double logLikelihood, String note) {

        double expected(Past past, double days) {
            return purchases.purchases(past.repeats(), past.spanDays(), past.silenceDays(), days)
                    * spend.expectedSpend(past.occasions(), past.meanMinor());
        }
    }

    private final List<Buyer> buyers;
    private final long start;
    private final long cut;
    private final long horizon;
    /** Spend after the inner cuts, and what had been expected of it. */
    private double spent;

    private double expected;

    private ValueFit(List<Buyer> buyers, long start, long cut, long horizon) {
        this.buyers = buyers;
        this.start = start;
        this.cut = cut;
        this.horizon = horizon;
    }

    /**
     * The model of the customers who had ordered by the cut.
     *
     * @param startMillis where the history begins
     * @param cutMillis where it ends for the fit, events at it included
     * @param horizonMillis how far ahead the lifetime value is to look, positive
     * @param yearlyDiscountRate 0 or more
     * @throws FitException when there are too few customers, repeats or spenders, or they do not tell a parameter
     */
    public static Fitted<ValueModel> of(
            List<Buyer> buyers, long startMillis, long cutMillis, long horizonMillis, double yearlyDiscountRate) {
        ValueFit fit = new ValueFit(buyers, startMillis, cutMillis, horizonMillis);
        Known now = fit.known(cutMillis);
        StringBuilder note = new StringBuilder(now.note());
        SpendLayer layer = fit.layer(now, note);
        return new Fitted<>(
                new ValueModel(now.purchases(), now.spend(), horizonMillis, yearlyDiscountRate, layer),
                now.logLikelihood(),
                now.pasts().size(),
                note.toString());
    }

    private Known known(long instant) {
        List<Buyer.Sample> samples =
                here(instant).stream().map(buyer -> buyer.at(instant)).toList();
        Fitted<? extends ExpectedPurchases> purchases = purchases(samples);
        Fitted<GammaGamma> spend = GammaGammaFit.ofSpend(samples.stream()
                .map(sample -> new GammaGammaFit.Spend(
                        sample.repeats() + 1,
                        (double) (sample.grossMinor() - sample.returnedMinor()) / (sample.repeats() + 1)))
                .toList());
        return new Known(
                purchases.parameters(),
                spend.parameters(),
                here(instant).stream().map(buyer -> past(buyer, instant)).toList(),
                purchases.logLikelihood() + spend.logLikelihood(),
                purchases.note() + " " + spend.note());
    }

    private static Fitted<? extends ExpectedPurchases> purchases(List<Buyer.Sample> samples) {
        try {
            return ParetoNbdFit.of(samples);
        } catch (FitException pareto) {
            Fitted<RepeatBuying> other = RepeatBuyingFit.of(samples, RepeatBuying.Family.MBG, 1);
            return new Fitted<>(
                    new RepeatExpectation(other.parameters()),
                    other.logLikelihood(),
                    other.customers(),
                    other.note() + " No Pareto/NBD: " + pareto.getMessage());
        }
    }

    private List<Buyer> here(long instant) {
        return buyers.stream().filter(buyer -> buyer.firstOrder() <= instant).toList();
    }

    /** What a value is worked out from, as of an instant at which the buyer had ordered. */
    static Past past(Buyer buyer, long instant) {
        Buyer.Sample sample = buyer.at(instant);
        return new Past(
                sample.repeats(),
                sample.spanDays(),
                sample.silenceDays(),
                sample.grossMinor() - sample.returnedMinor(),
                buyer.decayedSpend(instant, SpendLayer.LAMBDA_PER_DAY));
    }

    // ---- the layer

    private @Nullable SpendLayer layer(Known now, StringBuilder note) {
        double unit = now.spend().populationMean() / UNIT;
        List<List<Row>> cuts = new ArrayList<>();
        for (int tenth : TENTHS) {
            List<Row> rows = rows(start + (cut - start) / 10 * tenth, unit);
            if (!rows.isEmpty()) {
                cuts.add(rows);
            }
        }
        if (cuts.size() < FEWEST_CUTS) {
            note.append(" No spend layer: the history is too short for the horizon, or has too few customers.");
            return null;
        }
        double[] weights = new SpendLayerFit(cuts).weights();
        if (weights == null || weights[0] < 0) {
            note.append(" No spend layer: expected spend would count against a customer.");
            return null;
        }
        double factor = StrictMath.exp(StrictMath.log(spent / expected) * cuts.size() / (cuts.size() + 1));
        note.append(String.format(
                Locale.ROOT,
                " Spend layer by quasi-Poisson on %d inner cuts, where spend was %.3f times the expected; %.3f is applied.",
                cuts.size(),
                spent / expected,
                factor));
        return new SpendLayer(
                unit, intercept(now, unit, weights, factor), weights[0], weights[1], weights[2], weights[3]);
    }

    /** The customers at an inner cut; none when they don't say enough. */
    private List<Row> rows(long instant, double unit) {
        long ahead = Math.min(horizon, cut - instant);
        if (ahead < SHORTEST * horizon) {
            return List.of();
        }
        List<Buyer> there = here(instant);
        if (there.size() < FEWEST_CUSTOMERS) {
            return List.of();
        }
        Known then;
        try {
            then = known(instant);
        } catch (FitException e) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>(there.size());
        double[] told = new double[there.size()];
        long came = 0;
        int spenders = 0;
        for (int i = 0; i < there.size(); i++) {
            long minor = there.get(i).netMinor(instant, instant + ahead);
            told[i] = then.expected(then.pasts().get(i), ahead / DAY_MILLIS);
            came += minor;
            spenders += minor > 0 ? 1 : 0;
            rows.add(new Row(SpendLayer.terms(then.pasts().get(i), told[i], unit), Math.max(0, minor) / unit));
        }
        if (spenders < FEWEST_SPENDERS) {
            return List.of();
        }
        spent += came;
        expected += sorted(told);
        rows.sort(Row.ORDER);
        return rows;
    }

    private double intercept(Known now, double unit, double[] weights, double factor) {
        double[] base = new double[now.pasts().size()];
        double[] told = new double[base.length];
        for (int i = 0; i < base.length; i++) {
            Past past = now.pasts().get(i);
            base[i] = now.expected(past, horizon / DAY_MILLIS);
            told[i] = StrictMath.exp(SpendLayerFit.linear(weights, SpendLayer.terms(past, base[i], unit)));
        }
        return StrictMath.log(factor * sorted(base) / (unit * sorted(told)));
    }

    /** The sum, whatever order the numbers come in. */
    private static double sorted(double[] numbers) {
        double sum = 0;
        Arrays.sort(numbers);
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}

package io.ebbline.fit;

import io.ebbline.fit.Cells.Cell;
import io.ebbline.fit.Search.Parameter;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatBuying.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Fits of {@link RepeatBuying} by maximum likelihood. */
public final class RepeatBuyingFit {

    private static final int LARGEST_K = 4;

    private static final List<double[]> STARTS =
            List.of(new double[] {.3, .3, .8, .8}, new double[] {1, 1, 1, 1}, new double[] {1, 1, .1, 2}, new double[] {
                3, 3, 5, 5
            });

    private static final Comparator<Buyer.Sample> ORDER = Comparator.comparingLong(Buyer.Sample::repeats)
            .thenComparingDouble(Buyer.Sample::spanDays)
            .thenComparingDouble(Buyer.Sample::silenceDays)
            .thenComparingDouble(Buyer.Sample::logGaps);

    private final Cells cells;
    private final Cells rough;
    /** The gaps count in a likelihood by their sum alone. */
    private final double logGaps;

    private RepeatBuyingFit(List<Buyer.Sample> sorted) {
        List<Cell> single = sorted.stream()
                .map(sample -> new Cell(sample.repeats(), sample.spanDays(), sample.silenceDays(), 1))
                .toList();
        this.cells = Cells.of(single).atMost(Cells.FINE);
        this.rough = cells.atMost(Cells.COARSE);
        this.logGaps = sorted.stream().mapToDouble(Buyer.Sample::logGaps).reduce(0, Double::sum);
    }

    /**
     * The model of a family and a k.
     *
     * @throws FitException when there are too few customers or repeats, or they do not tell a parameter
     */
    public static Fitted<RepeatBuying> of(List<Buyer.Sample> samples, Family family, int k) {
        RepeatBuyingFit fit = new RepeatBuyingFit(sorted(samples));
        RepeatBuying model = fit.maximum(family, k);
        return new Fitted<>(
                model, fit.logLikelihood(model), samples.size(), name(family, k) + " by maximum likelihood.");
    }

    /**
     * The MBG model with the k, 1 to 4, that tells best of customers it was not fitted to: every other one in the order of
     * their numbers, fitted to one half and tried on the other, both ways; then fitted to all. Where a k can't be fitted the
     * others remain.
     *
     * @throws FitException when there are too few customers or repeats, or no k can be fitted
     */
    public static Fitted<RepeatBuying> best(List<Buyer.Sample> samples) {
        List<Buyer.Sample> sorted = sorted(samples);
        RepeatBuyingFit even = new RepeatBuyingFit(everyOther(sorted, 0));
        RepeatBuyingFit odd = new RepeatBuyingFit(everyOther(sorted, 1));
        RepeatBuyingFit all = new RepeatBuyingFit(sorted);
        RepeatBuying best = null;
        double most = Double.NEGATIVE_INFINITY;
        StringJoiner tried = new StringJoiner(", ");
        FitException refusal = null;
        for (int k = 1; k <= LARGEST_K; k++) {
            try {
                double heldOut =
                        odd.logLikelihood(even.maximum(Family.MBG, k)) + even.logLikelihood(odd.maximum(Family.MBG, k));
                RepeatBuying model = all.maximum(Family.MBG, k);
                tried.add(String.format(Locale.ROOT, "%.1f with k = %d", heldOut, k));
                if (heldOut > most) {
                    most = heldOut;
                    best = model;
                }
            } catch (FitException e) {
                tried.add("none with k = " + k + " (" + e.getMessage() + ")");
                refusal = e;
            }
        }
        return chosen(best, refusal, all, samples.size(), tried.toString());
    }

    private static Fitted<RepeatBuying> chosen(
            @Nullable RepeatBuying best,
            @Nullable FitException refusal,
            RepeatBuyingFit all,
            int customers,
            String tried) {
        if (best == null) {
            throw refusal == null ? new FitException("No k was tried.") : refusal;
        }
        return new Fitted<>(
                best,
                all.logLikelihood(best),
                customers,
                name(best.family(), best.k()) + " by maximum likelihood; log-likelihood of customers held out: " + tried
                        + ".");
    }

    private RepeatBuying maximum(Family family, int k) {
        double repeats = cells.sum(Cell::count);
        double days = cells.sum(cell -> cell.first() + cell.second());
        Search search = new Search(
                new Parameter("r", 1),
                new Parameter("alpha", k * days / repeats),
                new Parameter("a", 1),
                new Parameter("b", 3));
        double[] p = search.maximum(
                q -> logLikelihood(rough, model(family, k, q)), q -> logLikelihood(cells, model(family, k, q)), STARTS);
        return model(family, k, p);
    }

    private double logLikelihood(RepeatBuying model) {
        return logLikelihood(cells, model) + (model.k() - 1) * logGaps;
    }

    private static double logLikelihood(Cells cells, RepeatBuying model) {
        return cells.sum(cell -> model.logLikelihood(cell.count(), cell.first(), cell.second(), 0));
    }

    private static RepeatBuying model(Family family, int k, double[] p) {
        return new RepeatBuying(family, k, p[0], p[1], p[2], p[3]);
    }

    private static String name(Family family, int k) {
        return k == 1 ? family + "/NBD" : family + "/CNBD-" + k;
    }

    private static List<Buyer.Sample> sorted(List<Buyer.Sample> samples) {
        Enough.repeats(samples);
        return samples.stream().sorted(ORDER).toList();
    }

    private static List<Buyer.Sample> everyOther(List<Buyer.Sample> sorted, int from) {
        List<Buyer.Sample> half = new ArrayList<>();
        for (int i = from; i < sorted.size(); i += 2) {
            half.add(sorted.get(i));
        }
        return half;
    }
}

package io.ebbline.fit;

import io.ebbline.fit.Cells.Cell;
import io.ebbline.fit.Search.Parameter;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatBuying.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

    /** A model tried on customers it was not fitted to, or why that could not be. */
    private record Trial(Family family, int k, double heldOut, String outcome) {}

    private final Cells all;
    private final Cells fine;
    private final Cells rough;
    /** The gaps count in a likelihood by their sum alone. */
    private final double logGaps;

    private RepeatBuyingFit(List<Buyer.Sample> sorted, int limit) {
        List<Cell> single = sorted.stream()
                .map(sample -> new Cell(sample.repeats(), sample.spanDays(), sample.silenceDays(), 1))
                .toList();
        this.all = Cells.of(single);
        this.fine = all.atMost(limit);
        this.rough = fine.atMost(Cells.ROUGH);
        double sum = 0;
        for (Buyer.Sample sample : sorted) {
            sum += sample.logGaps();
        }
        this.logGaps = sum;
    }

    /**
     * The model of a family and a k.
     *
     * @throws FitException when there are too few customers or repeats, or they do not tell a parameter
     */
    public static Fitted<RepeatBuying> of(List<Buyer.Sample> samples, Family family, int k) {
        Enough.repeats(samples);
        return new RepeatBuyingFit(sorted(samples), Cells.FINE).fitted(family, k, "");
    }

    /**
     * The MBG model with the k, 1 to 4, that tells best of customers it was not fitted to: every other one in the order of
     * their numbers, fitted to one half and tried on the other, both ways; then fitted to all. A k that can't be fitted is out.
     * BG is tried for the note alone: to it, who ordered once is a customer for ever.
     *
     * @throws FitException when there are too few customers or repeats, or no k can be fitted
     */
    public static Fitted<RepeatBuying> best(List<Buyer.Sample> samples) {
        Enough.repeats(samples);
        List<Buyer.Sample> sorted = sorted(samples);
        RepeatBuyingFit even = new RepeatBuyingFit(everyOther(sorted, 0), Cells.FAIR);
        RepeatBuyingFit odd = new RepeatBuyingFit(everyOther(sorted, 1), Cells.FAIR);
        List<Trial> trials = new ArrayList<>();
        for (int k = 1; k <= LARGEST_K; k++) {
            trials.add(trial(even, odd, Family.MBG, k));
        }
        Trial best =
                trials.stream().max(Comparator.comparingDouble(Trial::heldOut)).orElseThrow();
        trials.add(trial(even, odd, Family.BG, 1));
        String tried = trials.stream()
                .map(trial -> name(trial.family(), trial.k()) + " " + trial.outcome())
                .collect(Collectors.joining("; "));
        if (best.heldOut() == Double.NEGATIVE_INFINITY) {
            throw new FitException("No model of repeat buying can be fitted to half of the customers: " + tried);
        }
        return new RepeatBuyingFit(sorted, Cells.FINE)
                .fitted(best.family(), best.k(), " Log-likelihood of customers held out: " + tried + ".");
    }

    private static Trial trial(RepeatBuyingFit even, RepeatBuyingFit odd, Family family, int k) {
        try {
            double heldOut = odd.logLikelihood(even.maximum(family, k)) + even.logLikelihood(odd.maximum(family, k));
            return new Trial(family, k, heldOut, String.format(Locale.ROOT, "%.1f", heldOut));
        } catch (FitException e) {
            return new Trial(family, k, Double.NEGATIVE_INFINITY, "refused (" + e.getMessage() + ")");
        }
    }

    private Fitted<RepeatBuying> fitted(Family family, int k, String note) {
        RepeatBuying model = maximum(family, k);
        String caveat = search(k).caveat(new double[] {model.r(), model.alphaDays(), model.a(), model.b()});
        return new Fitted<>(
                model,
                logLikelihood(model),
                (long) all.weight(),
                name(family, k) + " by maximum likelihood." + caveat + note);
    }

    private RepeatBuying maximum(Family family, int k) {
        double[] p = search(k)
                .maximum(
                        q -> logLikelihood(rough, model(family, k, q)),
                        q -> logLikelihood(fine, model(family, k, q)),
                        STARTS);
        return model(family, k, p);
    }

    private Search search(int k) {
        double days = all.sum(cell -> cell.first() + cell.second());
        return new Search(
                new Parameter("r", 1),
                new Parameter("alpha", k * days / all.sum(Cell::count)),
                new Parameter("a", 1),
                new Parameter("b", 3));
    }

    private double logLikelihood(RepeatBuying model) {
        return logLikelihood(all, model) + (model.k() - 1) * logGaps;
    }

    private static double logLikelihood(Cells cells, RepeatBuying model) {
        return cells.sum(
                model::logLikelihoodOfCount,
                cell -> model.logLikelihoodOfTimes(cell.count(), cell.first(), cell.second()));
    }

    private static RepeatBuying model(Family family, int k, double[] p) {
        return new RepeatBuying(family, k, p[0], p[1], p[2], p[3]);
    }

    private static String name(Family family, int k) {
        return k == 1 ? family + "/NBD" : family + "/CNBD-" + k;
    }

    private static List<Buyer.Sample> sorted(List<Buyer.Sample> samples) {
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

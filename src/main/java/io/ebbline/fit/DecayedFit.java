package io.ebbline.fit;

import io.ebbline.fit.Cells.Cell;
import io.ebbline.fit.Search.Parameter;
import io.ebbline.model.DecayedBuying;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/**
 * Fits of {@link DecayedBuying} by the log-loss of who comes back after some instants: for each decay the best r and alpha, and of
 * the decays the best, by Brent's method.
 */
public final class DecayedFit {

    private static final double DAY_MILLIS = 86_400_000;
    private static final double LN_2 = StrictMath.log(2);

    /**
     * Half-lives tried at first, days, each twice the one before: half a week to ten years. When the longest is best, nothing is
     * forgotten, and it stays.
     */
    private static final double SHORTEST = 3.5;

    private static final int HALF_LIVES = 11;

    /** Of more, every second or third and so on is taken, in the order of their first orders. */
    private static final int BUYERS = 100_000;

    private static final Search SEARCH = new Search(new Parameter("r", 1), new Parameter("alpha", 100));
    private static final List<double[]> STARTS = List.of(new double[] {.3, .3}, new double[] {2, 2});

    /**
     * What is asked of those who had ordered by the cut: whether they begin an occasion after it, up to {@code until}.
     * Milliseconds since the epoch.
     */
    public record Window(long cut, long until) {

        public Window {
            if (until <= cut) {
                throw new IllegalArgumentException(
                        "A window ends at its cut, " + cut + ", or before it: give it a horizon.");
            }
        }

        double days() {
            return (until - cut) / DAY_MILLIS;
        }
    }

    /** A window's customers: whether they came back, decayed repeats, decayed days. */
    private record Part(double horizonDays, Cells cells) {

        double logLikelihood(double r, double alphaDays) {
            return cells.sum(cell -> {
                double stays = -(r + cell.first()) * StrictMath.log1p(horizonDays / (alphaDays + cell.second()));
                return cell.count() == 0 ? stays : StrictMath.log(-StrictMath.expm1(stays));
            });
        }
    }

    private record Candidate(DecayedBuying model, double logLikelihood) {}

    private final List<Window> windows;
    private final List<Buyer> buyers;
    /** By window, and buyer. */
    private final boolean[][] back;

    private DecayedFit(List<Buyer> all, List<Window> windows) {
        this.windows = windows;
        List<Buyer> sorted = all.stream().sorted(Buyer.ORDER).toList();
        int every = 1 + sorted.size() / (BUYERS + 1);
        this.buyers = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i += every) {
            buyers.add(sorted.get(i));
        }
        this.back = new boolean[windows.size()][buyers.size()];
        for (int w = 0; w < windows.size(); w++) {
            for (int i = 0; i < buyers.size(); i++) {
                back[w][i] = buyers.get(i)
                                .occasions(windows.get(w).cut(), windows.get(w).until())
                        > 0;
            }
        }
    }

    /**
     * The model that tells best, at each of the cuts, who of those who had ordered by then begins an occasion within the horizon.
     * With more than 100,000 customers the log-likelihood is that of the part of them which the note counts.
     *
     * @param cuts milliseconds since the epoch, each at least the horizon before the end of the history
     * @param horizonMillis positive
     * @throws FitException when there are too few customers, or they do not tell a parameter
     */
    public static Fitted<DecayedBuying> of(List<Buyer> buyers, long[] cuts, long horizonMillis) {
        return of(
                buyers,
                Arrays.stream(cuts)
                        .mapToObj(cut -> new Window(cut, cut + horizonMillis))
                        .toList());
    }

    /**
     * The same with a horizon for each cut.
     *
     * @throws FitException when there are too few customers, or they do not tell a parameter
     */
    public static Fitted<DecayedBuying> of(List<Buyer> buyers, List<Window> windows) {
        long last = windows.stream().mapToLong(Window::cut).max().orElse(Long.MIN_VALUE);
        List<Buyer> customers =
                buyers.stream().filter(buyer -> buyer.firstOrder() <= last).toList();
        Enough.customers(customers.size(), "customers by the last cut");
        Enough.telling(
                customers.stream().filter(buyer -> buyer.at(last).repeats() > 0).count(),
                "customers who had ordered again by the last cut");
        DecayedFit fit = new DecayedFit(customers, windows);
        fit.requireReturns();
        Candidate best = fit.best();
        DecayedBuying model = best.model();
        return new Fitted<>(
                model,
                best.logLikelihood(),
                customers.size(),
                String.format(
                                Locale.ROOT,
                                "Decayed gamma-Poisson by the log-loss of who came back after %d cuts, %d customers; an occasion weighs"
                                        + " half after %.1f days.",
                                windows.size(),
                                fit.buyers.size(),
                                LN_2 / model.lambdaPerDay())
                        + SEARCH.caveat(new double[] {model.r(), model.alphaDays()}));
    }

    private void requireReturns() {
        long returns = 0;
        for (boolean[] window : back) {
            for (boolean came : window) {
                returns += came ? 1 : 0;
            }
        }
        Enough.telling(returns, "customers who came back after a cut");
    }

    private Candidate best() {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < HALF_LIVES; i++) {
            double value = at(logLambda(i)).logLikelihood();
            if (value > most) {
                most = value;
                best = i;
            }
        }
        if (best == 0) {
            throw new FitException("The half-life of the decayed count ran off below " + SHORTEST
                    + " days: these customers do not tell it. Fit with a longer horizon, or keep the model in use.");
        }
        if (best == HALF_LIVES - 1) {
            return at(logLambda(best));
        }
        double logLambda = new BrentOptimizer(1e-6, 1e-6)
                .optimize(
                        new MaxEval(200),
                        GoalType.MAXIMIZE,
                        new UnivariateObjectiveFunction(log -> at(log).logLikelihood()),
                        new SearchInterval(logLambda(best + 1), logLambda(best - 1), logLambda(best)))
                .getPoint();
        return at(logLambda);
    }

    private static double logLambda(int i) {
        return StrictMath.log(LN_2 / (SHORTEST * (1 << i)));
    }

    /** The best model of this decay. */
    private Candidate at(double logLambda) {
        double lambda = StrictMath.exp(logLambda);
        List<Part> all = new ArrayList<>();
        for (int w = 0; w < windows.size(); w++) {
            all.add(new Part(windows.get(w).days(), cells(w, lambda)));
        }
        List<Part> fine = atMost(Cells.FINE, all);
        List<Part> rough = atMost(Cells.ROUGH, fine);
        double[] p = SEARCH.maximum(q -> logLikelihood(rough, q), q -> logLikelihood(fine, q), STARTS);
        return new Candidate(new DecayedBuying(p[0], p[1], lambda), logLikelihood(all, p));
    }

    private Cells cells(int window, double lambda) {
        long cut = windows.get(window).cut();
        List<Cell> rows = new ArrayList<>();
        for (int i = 0; i < buyers.size(); i++) {
            Buyer buyer = buyers.get(i);
            if (buyer.firstOrder() <= cut) {
                double age = (cut - buyer.firstOrder()) / DAY_MILLIS;
                double days = -StrictMath.expm1(-lambda * age) / lambda;
                rows.add(new Cell(back[window][i] ? 1 : 0, buyer.decayedRepeats(cut, lambda), days, 1));
            }
        }
        return Cells.of(rows);
    }

    private static List<Part> atMost(int limit, List<Part> parts) {
        return parts.stream()
                .map(part -> new Part(part.horizonDays(), part.cells().atMost(limit)))
                .toList();
    }

    private static double logLikelihood(List<Part> parts, double[] p) {
        double sum = 0;
        for (Part part : parts) {
            sum += part.logLikelihood(p[0], p[1]);
        }
        return sum;
    }
}

package io.ebbline.fit;

import io.ebbline.fit.Cells.Cell;
import io.ebbline.fit.Search.Parameter;
import io.ebbline.model.DecayedBuying;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/** Fits of {@link DecayedBuying} by the log-loss of who orders after some instants. */
public final class DecayedFit {

    private static final double DAY_MILLIS = 86_400_000;
    private static final double LN_2 = StrictMath.log(2);

    /** Half-lives tried at first, days: half a week to eight years. */
    private static final double SHORTEST = 3.5;

    private static final int HALF_LIVES = 11;

    private static final List<double[]> STARTS = List.of(new double[] {.3, .3}, new double[] {1, 1});

    private final List<Buyer> buyers;
    private final long[] cuts;
    private final long horizonMillis;

    private DecayedFit(List<Buyer> buyers, long[] cuts, long horizonMillis) {
        this.buyers = buyers;
        this.cuts = cuts;
        this.horizonMillis = horizonMillis;
    }

    private record AtLambda(DecayedBuying model, double logLikelihood) {}

    /**
     * The model that tells best, at each of the cuts, who of those who had ordered by then begins an occasion within the horizon.
     *
     * @param cuts instants, milliseconds since the epoch
     * @param horizonMillis positive; no cut may lie less than that before the end of the history
     * @throws FitException when there are too few customers, or they do not tell a parameter
     */
    public static Fitted<DecayedBuying> of(List<Buyer> buyers, long[] cuts, long horizonMillis) {
        DecayedFit fit = new DecayedFit(buyers, cuts, horizonMillis);
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < HALF_LIVES; i++) {
            double value = fit.at(logLambda(i)).logLikelihood();
            if (value > most) {
                most = value;
                best = i;
            }
        }
        double logLambda = new BrentOptimizer(1e-5, 1e-5)
                .optimize(
                        new MaxEval(200),
                        GoalType.MAXIMIZE,
                        new UnivariateObjectiveFunction(log -> fit.at(log).logLikelihood()),
                        new SearchInterval(logLambda(best + 1), logLambda(best - 1), logLambda(best)))
                .getPoint();
        AtLambda end = fit.at(logLambda);
        return new Fitted<>(
                end.model(),
                end.logLikelihood(),
                buyers.size(),
                String.format(
                        Locale.ROOT,
                        "Decayed gamma-Poisson by log-loss at %d cuts; an occasion's weight halves in %.1f days.",
                        cuts.length,
                        LN_2 / end.model().lambdaPerDay()));
    }

    private static double logLambda(int i) {
        return StrictMath.log(LN_2 / (SHORTEST * (1 << i)));
    }

    /** The best model of this decay. */
    private AtLambda at(double logLambda) {
        double lambda = StrictMath.exp(logLambda);
        List<Cell> rows = new ArrayList<>();
        for (long cut : cuts) {
            for (Buyer buyer : buyers) {
                if (buyer.firstOrder() <= cut) {
                    double age = (cut - buyer.firstOrder()) / DAY_MILLIS;
                    rows.add(new Cell(
                            buyer.occasions(cut, cut + horizonMillis) > 0 ? 1 : 0,
                            buyer.decayedRepeats(cut, lambda),
                            -StrictMath.expm1(-lambda * age) / lambda,
                            1));
                }
            }
        }
        Enough.customers(rows.size(), "customers at the cuts");
        Cells cells = Cells.of(rows).atMost(Cells.FINE);
        Cells rough = cells.atMost(Cells.COARSE);
        double[] p = new Search(new Parameter("r", 1), new Parameter("alpha", 100))
                .maximum(q -> logLikelihood(rough, q), q -> logLikelihood(cells, q), STARTS);
        return new AtLambda(new DecayedBuying(p[0], p[1], lambda), logLikelihood(cells, p));
    }

    private double logLikelihood(Cells cells, double[] p) {
        double horizonDays = horizonMillis / DAY_MILLIS;
        return cells.sum(cell -> {
            double log = -(p[0] + cell.first()) * StrictMath.log1p(horizonDays / (p[1] + cell.second()));
            return cell.count() == 0 ? log : StrictMath.log(-StrictMath.expm1(log));
        });
    }
}

package io.ebbline.fit;

import io.ebbline.model.SpendLayer;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * Weights of a {@link SpendLayer} from spend that came after inner cuts: a log-linear quasi-Poisson regression (McCullagh and
 * Nelder 1989, chapter 6), which needs nothing but the mean to be right, with a level of its own for each cut, because seasons
 * differ.
 *
 * <p>A normal prior holds the weights near 1 for what the models below expect and 0 for the rest, with a standard deviation of
 * {@value #PRIOR}: few customers, or a few who spend very much, then change little.
 */
final class SpendLayerFit {

    /** Tried from .25 to 1 on three histories: it matters below some 1,000 customers alone, where a wide one does harm. */
    private static final double PRIOR = .25;

    private static final double[] CENTRE = {1, 0, 0, 0};
    private static final int RECENT = 1;
    private static final int STEPS = 100;

    /**
     * A customer at a cut.
     *
     * @param terms the four logarithms that the layer weighs: {@link SpendLayer#terms}
     * @param spend what was spent after the cut, in the layer's unit, 0 or more
     */
    record Row(double[] terms, double spend) {

        static final Comparator<Row> ORDER = Comparator.comparingDouble(Row::spend)
                .thenComparingDouble(row -> row.terms[0])
                .thenComparingDouble(row -> row.terms[1])
                .thenComparingDouble(row -> row.terms[2])
                .thenComparingDouble(row -> row.terms[3]);
    }

    private final List<List<Row>> cuts;
    private final double precision;

    /** A fit; the rows of each cut are in {@link Row#ORDER}, so that sums don't depend on the order of customers. */
    SpendLayerFit(List<List<Row>> cuts) {
        this.cuts = cuts;
        this.precision = cuts.size() * dispersion(CENTRE) / (PRIOR * PRIOR);
    }

    /** The four weights, that of recent spend 0 where it would be negative; null when the search does not settle. */
    double @Nullable [] weights() {
        double[] free = weights(true);
        return free == null || free[RECENT] >= 0 ? free : weights(false);
    }

    private double @Nullable [] weights(boolean withRecent) {
        RealVector at = new ArrayRealVector(CENTRE);
        for (int i = 0; i < STEPS; i++) {
            RealVector step = newton(at.toArray(), withRecent);
            if (step == null) {
                return null;
            }
            double largest = step.getLInfNorm();
            at = at.add(step.mapMultiply(1 / Math.max(1, largest)));
            if (largest < 1e-10) {
                return at.toArray();
            }
        }
        return null;
    }

    /** The linear part of a row. */
    static double linear(double[] weights, double[] terms) {
        return weights[0] * terms[0] + weights[1] * terms[1] + weights[2] * terms[2] + weights[3] * terms[3];
    }

    /** One step of Newton's method; each cut's level is at its own maximum throughout. Null when it has no solution. */
    private @Nullable RealVector newton(double[] weights, boolean withRecent) {
        int n = CENTRE.length;
        double[] score = new double[n];
        double[][] information = new double[n][n];
        for (int i = 0; i < n; i++) {
            score[i] = -precision * (weights[i] - CENTRE[i]);
            information[i][i] = precision;
        }
        for (List<Row> cut : cuts) {
            double level = level(cut, weights);
            double total = 0;
            double[] first = new double[n];
            for (Row row : cut) {
                double mean = level * StrictMath.exp(linear(weights, row.terms));
                total += mean;
                for (int i = 0; i < n; i++) {
                    first[i] += mean * row.terms[i];
                    score[i] += (row.spend - mean) * row.terms[i];
                    for (int j = 0; j < n; j++) {
                        information[i][j] += mean * row.terms[i] * row.terms[j];
                    }
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    information[i][j] -= first[i] * first[j] / total;
                }
            }
        }
        if (!withRecent) {
            for (int i = 0; i < n; i++) {
                information[i][RECENT] = i == RECENT ? 1 : 0;
                information[RECENT][i] = i == RECENT ? 1 : 0;
            }
            score[RECENT] = 0;
        }
        try {
            return new CholeskyDecomposition(new Array2DRowRealMatrix(information, false), 1e-9, 1e-300)
                    .getSolver()
                    .solve(new ArrayRealVector(score, false));
        } catch (MathIllegalArgumentException e) {
            return null;
        }
    }

    /** Variance per mean, by Pearson's statistic. */
    private double dispersion(double[] weights) {
        double sum = 0;
        long rows = 0;
        for (List<Row> cut : cuts) {
            double level = level(cut, weights);
            for (Row row : cut) {
                double mean = level * StrictMath.exp(linear(weights, row.terms));
                sum += (row.spend - mean) * (row.spend - mean) / mean;
            }
            rows += cut.size();
        }
        return sum / rows;
    }

    private static double level(List<Row> cut, double[] weights) {
        double spent = 0;
        double told = 0;
        for (Row row : cut) {
            spent += row.spend;
            told += StrictMath.exp(linear(weights, row.terms));
        }
        return spent / told;
    }
}

package io.ebbline.fit;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Logistic regression with an intercept for each group of rows and common slopes, by iteratively reweighted least squares; the
 * slopes of the standardised terms are penalised by half of {@code PENALTY} times their squares (a ridge).
 */
final class Logistic {

    private static final double PENALTY = 50;
    private static final int MAX_STEPS = 50;
    private static final double SMALL_STEP = 1e-10;

    /** An observation: the terms, what came of it, its group, 0, 1, ..., and for how many it stands. */
    record Row(double[] terms, boolean yes, int group, double weight) {

        /** One that stands for itself. */
        Row(double[] terms, boolean yes, int group) {
            this(terms, yes, group, 1);
        }
    }

    /** What suits the rows best: log odds are the group's intercept and the slopes times the terms. */
    record Fit(double[] intercepts, double[] slopes) {

        /** Natural logarithm of the likelihood of rows. */
        double logLikelihood(List<Row> rows) {
            double sum = 0;
            for (Row row : rows) {
                double z = intercepts[row.group];
                for (int j = 0; j < slopes.length; j++) {
                    z += slopes[j] * row.terms[j];
                }
                sum -= row.weight * StrictMath.log1p(StrictMath.exp(row.yes ? -z : z));
            }
            return sum;
        }
    }

    private final List<Row> rows;
    private final int groups;
    private final boolean[] used;
    private final double[] mean;
    private final double[] deviation;

    private Logistic(List<Row> rows, boolean[] rising) {
        int terms = rising.length;
        this.rows = rows;
        this.groups = 1 + rows.stream().mapToInt(Row::group).max().orElse(0);
        this.used = new boolean[terms];
        this.mean = new double[terms];
        this.deviation = new double[terms];
        for (int j = 0; j < terms; j++) {
            int term = j;
            mean[j] = rows.stream().mapToDouble(row -> row.terms[term]).reduce(0, Double::sum) / rows.size();
            double squares = rows.stream()
                    .mapToDouble(row -> (row.terms[term] - mean[term]) * (row.terms[term] - mean[term]))
                    .reduce(0, Double::sum);
            deviation[j] = StrictMath.sqrt(squares / rows.size());
            used[j] = deviation[j] > 1e-9;
        }
    }

    /**
     * The slopes that suit the rows best; the sums run in their order. A term that must rise and would fall is left out and the
     * others are fitted anew, the worst one first; so is a term that is the same everywhere. Their slopes are 0.
     *
     * @param rising which terms must not have a negative slope
     */
    static double[] slopes(List<Row> rows, boolean[] rising) {
        return fit(rows, rising).slopes;
    }

    /** The same with the intercepts. */
    static Fit fit(List<Row> rows, boolean[] rising) {
        Logistic fit = new Logistic(rows, rising);
        while (true) {
            double[] beta = fit.solve();
            double[] slopes = Arrays.copyOfRange(beta, fit.groups, beta.length);
            int worst = -1;
            for (int j = 0; j < slopes.length; j++) {
                if (rising[j] && slopes[j] < 0 && (worst < 0 || slopes[j] < slopes[worst])) {
                    worst = j;
                }
            }
            if (worst < 0) {
                double shift = 0;
                for (int j = 0; j < slopes.length; j++) {
                    slopes[j] = fit.used[j] ? slopes[j] / fit.deviation[j] : 0;
                    shift += slopes[j] * fit.mean[j];
                }
                double[] intercepts = Arrays.copyOf(beta, fit.groups);
                for (int group = 0; group < fit.groups; group++) {
                    intercepts[group] -= shift;
                }
                return new Fit(intercepts, slopes);
            }
            fit.used[worst] = false;
        }
    }

    /** Intercepts, and slopes of the standardised terms. */
    private double[] solve() {
        int size = groups + used.length;
        double[] beta = new double[size];
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = new double[size];
            double[][] curvature = new double[size][size];
            for (Row row : rows) {
                add(row, beta, gradient, curvature);
            }
            for (int i = 0; i < size; i++) {
                boolean slope = i >= groups;
                curvature[i][i] += slope ? PENALTY : 1e-9;
                gradient[i] -= slope ? PENALTY * beta[i] : 0;
            }
            double[] change = solve(curvature, gradient);
            double most = 0;
            for (int i = 0; i < size; i++) {
                beta[i] += change[i];
                most = Math.max(most, Math.abs(change[i]));
            }
            if (most < SMALL_STEP) {
                break;
            }
        }
        return beta;
    }

    private void add(Row row, double[] beta, double[] gradient, double[][] curvature) {
        int terms = used.length;
        double[] x = new double[terms];
        double z = beta[row.group];
        for (int j = 0; j < terms; j++) {
            x[j] = used[j] ? (row.terms[j] - mean[j]) / deviation[j] : 0;
            z += beta[groups + j] * x[j];
        }
        double p = 1 / (1 + StrictMath.exp(-z));
        double weight = row.weight * p * (1 - p);
        double error = row.weight * ((row.yes ? 1 : 0) - p);
        gradient[row.group] += error;
        curvature[row.group][row.group] += weight;
        for (int j = 0; j < terms; j++) {
            gradient[groups + j] += error * x[j];
            curvature[groups + j][row.group] += weight * x[j];
            curvature[row.group][groups + j] += weight * x[j];
            for (int i = 0; i < terms; i++) {
                curvature[groups + j][groups + i] += weight * x[j] * x[i];
            }
        }
    }

    private static double[] solve(double[][] curvature, double[] gradient) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(curvature);
        return new CholeskyDecomposition(matrix, 1e-9, 1e-12)
                .getSolver()
                .solve(MatrixUtils.createRealVector(gradient))
                .toArray();
    }
}

package io.ebbline.model;

import java.util.Arrays;

/**
 * Where the next purchase goes (购买转移矩阵): row, the brand or category bought now; column, the one bought next. Rows and
 * columns have one order, which the caller keeps. Immutable.
 */
public final class SwitchingMatrix {

    private static final double ROUNDING = 1e-9;

    private final double[][] chances;

    /**
     * A matrix that is known.
     *
     * @param chances square, not empty; each row holds numbers from 0 to 1 that sum to 1
     * @throws IllegalArgumentException otherwise
     */
    public SwitchingMatrix(double[][] chances) {
        this.chances = squareCopy(chances);
        for (int i = 0; i < this.chances.length; i++) {
            this.chances[i] = distribution("Row " + (i + 1) + " of the switching matrix", this.chances[i]);
        }
    }

    /**
     * The matrix that counted purchases speak for: (n_ij + s q_j) / (n_i + s), q_j the part of all next purchases that went to
     * j. That is the mean of the chances after n_i purchases under a Dirichlet prior worth s of them, so a row with few
     * purchases stays near what everybody buys next, and an unseen switch to something that is bought keeps a chance.
     *
     * @param counts square, not empty; n_ij, how often j was the next purchase after i, 0 or more (decayed counts may be
     *     fractions), not all 0
     * @param smoothing s, positive
     * @throws IllegalArgumentException otherwise
     */
    public static SwitchingMatrix estimate(double[][] counts, double smoothing) {
        if (!(smoothing > 0 && smoothing < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "smoothing is " + smoothing + ": choose a positive number of purchases, such as 1.");
        }
        double[][] rows = squareCopy(counts);
        int n = rows.length;
        double[] next = new double[n];
        double all = 0;
        for (double[] row : rows) {
            for (int j = 0; j < n; j++) {
                Parameters.requireAmount("A count of purchases", row[j]);
                next[j] += row[j];
                all += row[j];
            }
        }
        if (all == 0) {
            throw new IllegalArgumentException(
                    "No purchase followed another: count over a history in which customers buy twice.");
        }
        for (double[] row : rows) {
            double bought = Arrays.stream(row).sum();
            for (int j = 0; j < n; j++) {
                row[j] = (row[j] + smoothing * (next[j] / all)) / (bought + smoothing);
            }
        }
        return new SwitchingMatrix(rows);
    }

    /** How many brands or categories there are. */
    public int size() {
        return chances.length;
    }

    /** The chance that {@code to} is bought next by who bought {@code from}; both count from 0. */
    public double chance(int from, int to) {
        return chances[from][to];
    }

    /**
     * The shares one purchase later: the share vector times the matrix.
     *
     * @param shares as many as the matrix has rows, from 0 to 1, summing to 1
     * @throws IllegalArgumentException otherwise
     */
    public double[] next(double[] shares) {
        double[] now = distribution("The share vector", shares);
        int n = size();
        if (shares.length != n) {
            throw new IllegalArgumentException("There are " + shares.length + " shares for a switching matrix of " + n
                    + " rows: give one share per row, in the same order.");
        }
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                next[j] += now[i] * chances[i][j];
            }
        }
        return next;
    }

    private static double[][] squareCopy(double[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("The switching matrix is empty: give it a row per brand or category.");
        }
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows.length) {
                throw new IllegalArgumentException("Row " + (i + 1) + " of the switching matrix has " + rows[i].length
                        + " columns, but there are " + rows.length + " rows: give every row a column per row.");
            }
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    /** Checked, and rid of the rounding of its sum, which would grow from step to step. */
    private static double[] distribution(String what, double[] shares) {
        for (double share : shares) {
            if (!(share >= 0 && share <= 1 + ROUNDING)) {
                throw new IllegalArgumentException(
                        what + " holds " + share + ": every number must be from 0 to 1; write 30 % as 0.3.");
            }
        }
        double sum = Arrays.stream(shares).sum();
        if (Math.abs(sum - 1) > ROUNDING * shares.length) {
            throw new IllegalArgumentException(
                    what + " sums to " + sum + ": its numbers must sum to 1; divide each by their sum.");
        }
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }
}

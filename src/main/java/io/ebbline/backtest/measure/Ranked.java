package io.ebbline.backtest.measure;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Customers in the order of their scores, sorted once for any number of draws. Equal scores are one group. */
final class Ranked {

    /** A group of equal scores: places {@code from} to {@code to}, the latter exclusive, in {@link #order}. */
    @FunctionalInterface
    interface Group {
        void take(int from, int to);
    }

    private final int[] order;
    private final double[] scores;

    /**
     * Sorts.
     *
     * @param scores one for each customer, none of them NaN
     * @param descending the best first
     */
    Ranked(double[] scores, boolean descending) {
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("A score is unknown: leave its customer out.");
            }
        }
        this.scores = scores.clone();
        Comparator<Integer> byScore = Comparator.comparingDouble(i -> scores[i]);
        this.order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(descending ? byScore.reversed() : byScore)
                .mapToInt(i -> i)
                .toArray();
    }

    /** How many customers. */
    int size() {
        return order.length;
    }

    /** The customer in a place. */
    int at(int place) {
        return order[place];
    }

    /** Visits the groups in their order. */
    void groups(Group visitor) {
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            // Compared by ==, so that 0 and -0 are equal, as they are to whoever set the score.
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            visitor.take(from, to);
            from = to;
        }
    }
}

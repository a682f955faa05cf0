package io.ebbline.offer;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Finds the best of many by what their scores are about: only of those that may be among the best is the score worked out. Room is
 * kept from one use to the next. Mutable, for one thread.
 */
final class Shortlist {

    /** Far more than by what a score may be off, which is due to rounding alone. */
    static final double OFF = 1e-6;

    /** The same of a worth, of which it is a part. */
    private static final double WORTH_OFF = 10 * OFF;

    private int[] items = {};
    private double[] scores = {};
    private int size;

    private double[] scratch = {};
    private int[] best = {};
    private double[] bestScore = {};

    void clear() {
        size = 0;
    }

    /** Adds a product whose score is about that. */
    void add(int item, double score) {
        if (size == items.length) {
            int room = Math.max(256, 2 * size);
            items = Arrays.copyOf(items, room);
            scores = Arrays.copyOf(scores, room);
        }
        items[size] = item;
        scores[size++] = score;
    }

    /** How many were added. */
    int size() {
        return size;
    }

    /** The product added as the k-th. */
    int item(int k) {
        return items[k];
    }

    /** About its score. */
    double score(int k) {
        return scores[k];
    }

    /** The k-th of the best: where it is among those added. */
    int best(int k) {
        return best[k];
    }

    /**
     * Puts the best in order, the best first, of equals the first by sku: see {@link #best(int)}.
     *
     * @param wanted how many
     * @param exact score of a product
     * @return how many there are, {@code wanted} at most
     */
    int best(int wanted, IntToDoubleFunction exact, Market market) {
        double least = leastOf(wanted) - 2 * OFF;
        int found = 0;
        for (int k = 0; k < size; k++) {
            if (scores[k] >= least) {
                best[found] = k;
                bestScore[found++] = exact.applyAsDouble(items[k]);
            }
        }
        sort(found, market);
        return Math.min(wanted, found);
    }

    /**
     * Finds, of so many with the best scores, those that are worth most: see {@link #best(int)}. They are in no order, and where some
     * are worth nearly the same there are more of them.
     *
     * @param limit of how many with the best scores
     * @param n how many are sure to be among those found
     * @param worth of what was added as the k-th; off by less than {@link #OFF} of itself; NaN: not known
     * @return how many there are; below zero: it can't be told, for a worth is not known, or scores are too near to each other
     */
    int worthiest(int limit, int n, IntToDoubleFunction worth) {
        double least = leastOf(limit);
        int found = 0;
        for (int k = 0; k < size; k++) {
            if (scores[k] >= least - 2 * OFF) {
                best[found] = k;
                bestScore[found] = worth.applyAsDouble(k);
                if (Double.isNaN(bestScore[found++])) {
                    return -1;
                }
            }
        }
        double floor = Double.NEGATIVE_INFINITY;
        if (n < found) {
            System.arraycopy(bestScore, 0, scratch, 0, found);
            double nth = Select.greatest(scratch, found, n);
            floor = nth - Math.abs(nth) * WORTH_OFF;
        }
        double surely = found > limit ? least + 2 * OFF : Double.NEGATIVE_INFINITY;
        int kept = 0;
        for (int k = 0; k < found; k++) {
            if (bestScore[k] >= floor) {
                if (scores[best[k]] <= surely) {
                    return -1;
                }
                best[kept++] = best[k];
            }
        }
        return kept;
    }

    /** About the n-th greatest score; where there are no more than that, below all. */
    private double leastOf(int n) {
        if (best.length < size) {
            best = new int[items.length];
            bestScore = new double[items.length];
            scratch = new double[items.length];
        }
        if (n >= size) {
            return Double.NEGATIVE_INFINITY;
        }
        if (n == 0) {
            return Double.POSITIVE_INFINITY;
        }
        System.arraycopy(scores, 0, scratch, 0, size);
        return Select.greatest(scratch, size, n);
    }

    private void sort(int found, Market market) {
        for (int i = 1; i < found; i++) {
            int k = best[i];
            double score = bestScore[i];
            int low = 0;
            int high = i;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (isBefore(items[k], score, items[best[middle]], bestScore[middle], market)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            System.arraycopy(best, low, best, low + 1, i - low);
            System.arraycopy(bestScore, low, bestScore, low + 1, i - low);
            best[low] = k;
            bestScore[low] = score;
        }
    }

    private static boolean isBefore(int item, double score, int other, double otherScore, Market market) {
        return score > otherScore || (score == otherScore && market.sku(item).compareTo(market.sku(other)) < 0);
    }
}

package io.ebbline.offer;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Finds the best of many by bounds of their scores: only of those that may be among the best is the score worked out. Room is kept
 * from one use to the next. Mutable, for one thread.
 */
final class Shortlist {

    private int[] items = {};
    private double[] floors = {};
    private double[] ceilings = {};
    private int size;

    private double[] scratch = {};
    private int[] bestItem = {};
    private double[] bestScore = {};

    void clear() {
        size = 0;
    }

    /** Adds a product whose score is surely from the floor to the ceiling. */
    void add(int item, double floor, double ceiling) {
        if (size == items.length) {
            int room = Math.max(256, 2 * size);
            items = Arrays.copyOf(items, room);
            floors = Arrays.copyOf(floors, room);
            ceilings = Arrays.copyOf(ceilings, room);
        }
        items[size] = item;
        floors[size] = floor;
        ceilings[size++] = ceiling;
    }

    /** How many were added. */
    int size() {
        return size;
    }

    /**
     * Puts the best in order, the best first, of equals the first by sku: see {@link #item}.
     *
     * @param wanted how many
     * @return how many there are, {@code wanted} at most
     */
    int best(int wanted, IntToDoubleFunction scores, Market market) {
        double least = wanted < size ? greatestFloor(wanted) : Double.NEGATIVE_INFINITY;
        if (bestItem.length < size) {
            bestItem = new int[items.length];
            bestScore = new double[items.length];
        }
        int found = 0;
        for (int k = 0; k < size; k++) {
            if (ceilings[k] >= least) {
                bestItem[found] = items[k];
                bestScore[found++] = scores.applyAsDouble(items[k]);
            }
        }
        sort(found, market);
        return Math.min(wanted, found);
    }

    /** The k-th of the best. */
    int item(int k) {
        return bestItem[k];
    }

    /** The n-th greatest of the floors: that many scores at least are not below it. */
    private double greatestFloor(int n) {
        if (n == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (scratch.length < size) {
            scratch = new double[items.length];
        }
        System.arraycopy(floors, 0, scratch, 0, size);
        return Select.greatest(scratch, size, n);
    }

    private void sort(int found, Market market) {
        for (int i = 1; i < found; i++) {
            int item = bestItem[i];
            double score = bestScore[i];
            int low = 0;
            int high = i;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (isBefore(item, score, bestItem[middle], bestScore[middle], market)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            System.arraycopy(bestItem, low, bestItem, low + 1, i - low);
            System.arraycopy(bestScore, low, bestScore, low + 1, i - low);
            bestItem[low] = item;
            bestScore[low] = score;
        }
    }

    private static boolean isBefore(int item, double score, int other, double otherScore, Market market) {
        return score > otherScore || (score == otherScore && market.sku(item).compareTo(market.sku(other)) < 0);
    }
}

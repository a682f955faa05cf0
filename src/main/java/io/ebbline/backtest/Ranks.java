package io.ebbline.backtest;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Rankings of numbered things. */
final class Ranks {

    private Ranks() {}

    /** The best {@code n} of {@code size} things, the best first; of equals the one with the lower number. */
    static int[] best(int size, int n, IntToDoubleFunction score) {
        int[] best = new int[Math.min(n, size)];
        double[] scores = new double[best.length];
        int held = 0;
        for (int i = 0; i < size; i++) {
            double own = score.applyAsDouble(i);
            if (held == best.length && (held == 0 || own <= scores[held - 1])) {
                continue;
            }
            int at = place(scores, held, own);
            int moved = Math.min(held, best.length - 1) - at;
            System.arraycopy(scores, at, scores, at + 1, moved);
            System.arraycopy(best, at, best, at + 1, moved);
            scores[at] = own;
            best[at] = i;
            held = Math.min(held + 1, best.length);
        }
        return best;
    }

    /** Where a score belongs among those that fall: behind its equals. */
    private static int place(double[] falling, int held, double score) {
        int low = 0;
        int high = held;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (falling[middle] >= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The share of a target that is among the first of a ranking.
     *
     * @param target ascending, not empty
     */
    static double recall(int[] ranking, int[] target, int first) {
        int found = 0;
        for (int i = 0; i < Math.min(first, ranking.length); i++) {
            found += Arrays.binarySearch(target, ranking[i]) >= 0 ? 1 : 0;
        }
        return (double) found / target.length;
    }
}

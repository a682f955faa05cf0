package io.ebbline.backtest;

import java.util.List;

/**
 * What a next order holds if it is like the orders before: those of everybody, or the customer's own and where these don't decide
 * those of everybody (G-TopFreq, P-TopFreq and GP-TopFreq of Li and others, "A Next Basket Recommendation Reality Check", 2023).
 */
final class FrequencyBaselines {

    private final double[] popularity;
    private final double orders;

    /**
     * Counts.
     *
     * @param pasts the orders of each customer, sets of product numbers
     * @param items how many products there are
     */
    FrequencyBaselines(List<List<int[]>> pasts, int items) {
        popularity = new double[items];
        double count = 1;
        for (List<int[]> past : pasts) {
            count += past.size();
            add(past, popularity);
        }
        orders = count;
    }

    /** Orders that held each product. */
    double[] global() {
        return popularity;
    }

    /** The customer's orders that held each product; ties, those that held none among them, by all customers' orders. */
    double[] ownThenGlobal(List<int[]> past) {
        double[] scores = own(past);
        for (int i = 0; i < scores.length; i++) {
            scores[i] += popularity[i] / orders;
        }
        return scores;
    }

    /** The customer's orders that held each product. */
    double[] own(List<int[]> past) {
        double[] scores = new double[popularity.length];
        add(past, scores);
        return scores;
    }

    private static void add(List<int[]> past, double[] counts) {
        for (int[] basket : past) {
            for (int item : basket) {
                counts[item]++;
            }
        }
    }
}

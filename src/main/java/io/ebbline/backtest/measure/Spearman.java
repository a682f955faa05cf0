package io.ebbline.backtest.measure;

/** Spearman's rank correlation: Pearson's of the ranks, equal values sharing the mean of their ranks. */
public final class Spearman {

    private final Ranked first;
    private final Ranked second;

    /**
     * Two values of each customer.
     *
     * @param first none of them NaN
     * @param second none of them NaN
     */
    public Spearman(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    first.length + " values but " + second.length + " others: give one of each for a customer.");
        }
        this.first = new Ranked(first, false);
        this.second = new Ranked(second, false);
    }

    /**
     * The correlation, -1 to 1; NaN when all values of one kind are equal.
     *
     * @param times how often each customer was drawn
     */
    public double of(int[] times) {
        double[] x = ranks(first, times);
        double[] y = ranks(second, times);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < times.length; i++) {
            xy += times[i] * x[i] * y[i];
            xx += times[i] * x[i] * x[i];
            yy += times[i] * y[i] * y[i];
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** Ranks less their mean, by customer. */
    private static double[] ranks(Ranked ranked, int[] times) {
        double[] ranks = new double[ranked.size()];
        long[] before = new long[1];
        ranked.groups((from, to) -> {
            long drawn = 0;
            for (int place = from; place < to; place++) {
                drawn += times[ranked.at(place)];
            }
            for (int place = from; place < to; place++) {
                ranks[ranked.at(place)] = before[0] + (drawn + 1) / 2.0;
            }
            before[0] += drawn;
        });
        double mean = (before[0] + 1) / 2.0;
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] -= mean;
        }
        return ranks;
    }
}

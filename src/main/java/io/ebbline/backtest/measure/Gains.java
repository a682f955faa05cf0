package io.ebbline.backtest.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * What is reached by turning to the customers with the highest scores first: the cumulative gains curve. Of equal scores all are
 * reached at the same pace, as if their order were random.
 */
public final class Gains {

    private final Ranked ranked;
    private final double[] amounts;

    /**
     * A score and what there is to reach.
     *
     * @param scores one for each customer, none of them NaN
     * @param amounts what each one holds: 1 or 0 for a buyer or none, or money
     */
    public Gains(double[] scores, double[] amounts) {
        if (scores.length != amounts.length) {
            throw new IllegalArgumentException(
                    scores.length + " scores but " + amounts.length + " amounts: give one of each for a customer.");
        }
        this.ranked = new Ranked(scores, true);
        this.amounts = amounts.clone();
    }

    /** The share of all amounts that the given share of customers, the best by score, hold; NaN when there is nothing. */
    public double reached(double share, int[] times) {
        List<Point> curve = curve(times);
        for (int i = 1; i < curve.size(); i++) {
            Point to = curve.get(i);
            if (share <= to.x()) {
                Point from = curve.get(i - 1);
                return from.y() + (to.y() - from.y()) * (share - from.x()) / (to.x() - from.x());
            }
        }
        return 1;
    }

    /** Shares of customers against shares of what they hold, from (0, 0) to (1, 1), a point for each score there is. */
    public List<Point> curve(int[] times) {
        long[] customers = new long[1];
        double[] sum = new double[1];
        List<Point> counts = new ArrayList<>();
        counts.add(new Point(0, 0));
        ranked.groups((from, to) -> {
            long before = customers[0];
            for (int place = from; place < to; place++) {
                int customer = ranked.at(place);
                customers[0] += times[customer];
                sum[0] += times[customer] * amounts[customer];
            }
            if (customers[0] > before) {
                counts.add(new Point(customers[0], sum[0]));
            }
        });
        return counts.stream()
                .map(count -> new Point(count.x() / customers[0], count.y() / sum[0]))
                .toList();
    }
}

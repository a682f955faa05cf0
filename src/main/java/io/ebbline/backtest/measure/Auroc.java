package io.ebbline.backtest.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * How well a score tells those to whom it happened from the others: the area under the ROC curve, which is the chance that of a
 * random pair of one and the other the former has the higher score, ties counting half (Mann and Whitney 1947; Hanley and McNeil
 * 1982).
 */
public final class Auroc {

    private final Ranked ranked;
    private final boolean[] outcomes;

    /**
     * A score and what came of it.
     *
     * @param scores one for each customer, none of them NaN
     * @param outcomes whether it happened
     */
    public Auroc(double[] scores, boolean[] outcomes) {
        if (scores.length != outcomes.length) {
            throw new IllegalArgumentException(
                    scores.length + " scores but " + outcomes.length + " outcomes: give one of each for a customer.");
        }
        this.ranked = new Ranked(scores, true);
        this.outcomes = outcomes.clone();
    }

    /**
     * The area, 0 to 1; NaN when it happened to all or to nobody.
     *
     * @param times how often each customer was drawn
     */
    public double of(int[] times) {
        Sums sums = new Sums(times);
        ranked.groups(sums::add);
        return sums.area / ((double) sums.yes * sums.no);
    }

    /** The curve from (0, 0) to (1, 1): false alarms against hits as the threshold sinks, a point for each score there is. */
    public List<Point> curve() {
        Sums sums = new Sums(Draws.once(outcomes.length));
        List<long[]> counts = new ArrayList<>();
        counts.add(new long[2]);
        ranked.groups((from, to) -> {
            sums.add(from, to);
            counts.add(new long[] {sums.no, sums.yes});
        });
        return counts.stream()
                .map(count -> new Point((double) count[0] / sums.no, (double) count[1] / sums.yes))
                .toList();
    }

    private final class Sums {
        private final int[] times;
        private long yes;
        private long no;
        private double area;

        Sums(int[] times) {
            this.times = times;
        }

        void add(int from, int to) {
            long hits = 0;
            long misses = 0;
            for (int place = from; place < to; place++) {
                int customer = ranked.at(place);
                if (outcomes[customer]) {
                    hits += times[customer];
                } else {
                    misses += times[customer];
                }
            }
            area += misses * (yes + hits / 2.0);
            yes += hits;
            no += misses;
        }
    }
}

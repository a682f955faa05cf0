package io.ebbline.backtest;

import io.ebbline.fit.Buyer;
import io.ebbline.model.ExpectedPurchases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Repeat orders of those who had ordered by the cut, week by week through what was known and what followed, beside what the model
 * expects of somebody of whom the first order alone is known (Fader, Hardie, Lee 2005, figures 2 and 3).
 */
public final class Tracking {

    private static final long WEEK_MILLIS = 7 * Cutoff.DAY_MILLIS;

    /**
     * A week.
     *
     * @param number weeks to the cut, 0 for the one that ends with it, 1 for the first that follows
     * @param actual days on which a customer ordered again
     * @param expected as many as the model expects
     */
    public record Week(int number, int actual, double expected) {}

    private Tracking() {}

    /** The weeks from the first order on to the last whole one of the horizon. */
    public static List<Week> of(HoldOut test) {
        long start = test.buyers().stream().mapToLong(Buyer::firstOrder).min().orElseThrow();
        long cut = test.cutoff().cut();
        int first = -(int) Math.floorDiv(cut - start, WEEK_MILLIS);
        int last = (int) (test.cutoff().horizonMillis() / WEEK_MILLIS);
        ExpectedPurchases expectation = test.model().value().purchases();
        Map<Integer, Double> newcomers = new TreeMap<>();
        List<Week> weeks = new ArrayList<>();
        double before = 0;
        for (int week = first; week <= last; week++) {
            long end = cut + week * WEEK_MILLIS;
            double expected = expected(test.buyers(), end, expectation, newcomers);
            weeks.add(new Week(week, actual(test.buyers(), end - WEEK_MILLIS, end), expected - before));
            before = expected;
        }
        return weeks;
    }

    private static int actual(List<Buyer> buyers, long from, long until) {
        int sum = 0;
        for (Buyer buyer : buyers) {
            boolean begins = buyer.firstOrder() > from && buyer.firstOrder() <= until;
            sum += buyer.occasions(from, until) - (begins ? 1 : 0);
        }
        return sum;
    }

    private static double expected(
            List<Buyer> buyers, long until, ExpectedPurchases expectation, Map<Integer, Double> newcomers) {
        double sum = 0;
        for (Buyer buyer : buyers) {
            if (buyer.firstOrder() <= until) {
                int days = (int) ((until - buyer.firstOrder()) / Cutoff.DAY_MILLIS);
                sum += newcomers.computeIfAbsent(days, age -> expectation.purchases(0, 0, 0, age));
            }
        }
        return sum;
    }
}

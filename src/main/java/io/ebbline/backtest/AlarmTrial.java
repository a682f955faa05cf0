package io.ebbline.backtest;

import io.ebbline.model.BuyingModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The alarm test: in how many silences a rule raises an alarm, how early, and how often it is right.
 *
 * <p>An alarm counts when it comes before the next order, or at the same instant, and within the window. At most one a
 * silence. It is right when no order comes within the horizon after it. Silences begin early enough for the history to hold
 * window and horizon.
 */
public final class AlarmTrial {

    private static final double WEEK_MILLIS = 7 * 86_400_000.0;
    /** Enough to tell any two crossings of a chance apart that lie a second from each other. */
    static final int HALVINGS = 36;

    private final List<Silence> silences;
    private final long window;
    private final long horizon;
    private final long lost;

    /**
     * A test.
     *
     * @param window milliseconds into a silence by which an alarm must come
     * @param horizon milliseconds after an alarm in which no order may come
     * @param lost a silence of this length, milliseconds, is one that a rule should find
     */
    public AlarmTrial(List<Silence> silences, long window, long horizon, long lost) {
        this.silences = List.copyOf(silences);
        this.window = window;
        this.horizon = horizon;
        this.lost = lost;
    }

    /** The figures of a rule at a threshold. */
    public AlarmFigures judge(AlarmRule rule, BuyingModel model, double threshold) {
        return judge(delays(rule, model, threshold));
    }

    /**
     * The figures of alarms.
     *
     * @param delays for each silence in order: milliseconds from its start to its alarm, or {@link AlarmRule#NEVER}
     */
    public AlarmFigures judge(long[] delays) {
        int[] alarms = IntStream.range(0, delays.length)
                .filter(i -> counts(silences.get(i), delays[i]))
                .toArray();
        int[] right = Arrays.stream(alarms)
                .filter(i -> isAtLeast(silences.get(i), delays[i] + horizon))
                .toArray();
        long losses = silences.stream().filter(s -> isAtLeast(s, lost)).count();
        long found = Arrays.stream(alarms)
                .filter(i -> isAtLeast(silences.get(i), lost))
                .count();
        return new AlarmFigures(
                alarms.length,
                right.length,
                losses == 0 ? Double.NaN : (double) found / losses,
                medianWeeks(Arrays.stream(alarms).mapToLong(i -> delays[i])),
                medianWeeks(Arrays.stream(right).mapToLong(i -> delays[i])));
    }

    /**
     * The threshold at which a rule raises that many alarms; the next higher number where alarms come in bunches, and as many as
     * it can where that is less.
     */
    public double threshold(AlarmRule rule, BuyingModel model, int alarms) {
        return threshold(rule, alarms, HALVINGS, threshold -> count(delays(rule, model, threshold)));
    }

    /**
     * The threshold at which that many alarms are raised, the next higher number, or as many as can be.
     *
     * @param rule says which way the threshold works, and how far
     * @param halvings of the range of thresholds
     * @param counted how many alarms a threshold raises
     */
    static double threshold(AlarmRule rule, int alarms, int halvings, DoubleToLongFunction counted) {
        double few = rule.patient() ? rule.most() : 0;
        double enough = rule.patient() ? 0 : rule.most();
        for (int i = 0; i < halvings; i++) {
            double middle = (few + enough) / 2;
            if (counted.applyAsLong(middle) >= alarms) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return enough;
    }

    /** How many of these alarms count. */
    public int count(long[] delays) {
        int count = 0;
        for (int i = 0; i < delays.length; i++) {
            count += counts(silences.get(i), delays[i]) ? 1 : 0;
        }
        return count;
    }

    private long[] delays(AlarmRule rule, BuyingModel model, double threshold) {
        return silences.stream()
                .mapToLong(silence -> rule.delay(silence, model, threshold))
                .toArray();
    }

    private boolean counts(Silence silence, long delay) {
        return delay <= window && isAtLeast(silence, delay);
    }

    private static boolean isAtLeast(Silence silence, long millis) {
        return silence.gap() >= millis;
    }

    static double medianWeeks(LongStream millis) {
        long[] sorted = millis.sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : ((double) sorted[(n - 1) / 2] + sorted[n / 2]) / 2 / WEEK_MILLIS;
    }
}

package io.ebbline.backtest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures by key, flat and sorted. The keys are a contract with scripts: a prefix that says of what, and the name of a figure.
 * A figure that there is not (of no alarm, or no break) is NaN.
 */
public final class Metrics {

    /** Of the engine's signals, as many as the first hiatus raises: the figures to hold against {@link #HIATUS}. */
    public static final String ALARMS = "alarms.";
    /** Of the engine's signals against the truth about a simulated shop. */
    public static final String SIGNALS = "signals.";
    /** After a prefix: of the fixed hiatus beside it. */
    public static final String HIATUS = "hiatus_";

    public static final String COUNT = "count";
    public static final String PRECISION = "precision";
    public static final String RECALL = "recall";
    public static final String MEDIAN_DELAY_WEEKS = "median_delay_weeks";
    public static final String THRESHOLD = "threshold";
    public static final String EARLY = "early";
    public static final String BREAKS = "breaks";

    private final SortedMap<String, Number> values = new TreeMap<>();

    /** Puts a figure, to six decimals. */
    public void put(String key, double value) {
        values.put(key, Double.isNaN(value) ? value : Math.round(value * 1e6) / 1e6);
    }

    /** Puts a number of things. */
    public void put(String key, int value) {
        values.put(key, value);
    }

    /** Puts the figures of a rule. */
    public void put(String prefix, AlarmBacktest.Row row) {
        put(prefix + THRESHOLD, row.threshold());
        put(prefix + COUNT, row.figures().alarms());
        put(prefix + PRECISION, row.figures().precision());
        put(prefix + RECALL, row.figures().recall());
        put(prefix + MEDIAN_DELAY_WEEKS, row.figures().medianDelayWeeks());
    }

    /** Puts the figures of signals. */
    public void put(String prefix, BreakFigures figures) {
        put(prefix + COUNT, figures.alarms());
        put(prefix + PRECISION, figures.precision());
        put(prefix + EARLY, figures.earlyShare());
        put(prefix + RECALL, figures.recall());
        put(prefix + BREAKS, figures.breaks());
        put(prefix + MEDIAN_DELAY_WEEKS, figures.medianDelayWeeks());
    }

    /** All of them by key. */
    public SortedMap<String, Number> values() {
        return Collections.unmodifiableSortedMap(values);
    }
}

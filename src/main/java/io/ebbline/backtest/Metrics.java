package io.ebbline.backtest;

import java.util.Collections;
import java.util.Map;
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

    /** Customers who had ordered by a cut. */
    public static final String CUSTOMERS = "churn.customers";
    /** Those of them who had ordered on another day again. */
    public static final String REPEAT_CUSTOMERS = "churn.repeat_customers";
    /** Those of whom P(buy) is unknown, for all came back: they are in no figure of chances. */
    public static final String UNKNOWN = "churn.unknown";

    /** P(buy) against whether an order followed a cut: all customers, and those with a repeat order. */
    public static final String AUC_ALL = "churn.auc_all";

    public static final String AUC_REPEAT = "churn.auc_repeat";
    /** The same of the time since the last order alone. */
    public static final String RECENCY_AUC = "churn.baseline_recency_auc";

    public static final String RECENCY_AUC_REPEAT = "churn.baseline_recency_auc_repeat";
    /** The same of the number of orders alone. */
    public static final String FREQUENCY_AUC = "churn.baseline_frequency_auc";

    public static final String FREQUENCY_AUC_REPEAT = "churn.baseline_frequency_auc_repeat";
    public static final String BRIER = "churn.brier";
    /** The Brier score of who says the same of everybody, and knows what the share will be. */
    public static final String BRIER_BASE = "churn.baseline_brier";

    public static final String LOG_LOSS = "churn.logloss";
    /** Mean P(buy). */
    public static final String PREDICTED = "churn.predicted_share";
    /** The share who ordered. */
    public static final String HAPPENED = "churn.actual_share";

    /** Spend within the horizon, predicted over actual. */
    public static final String TOTAL_RATIO = "clv.total_ratio";
    /** In the currency, not its minor unit. */
    public static final String RMSE = "clv.rmse";

    public static final String SPEARMAN = "clv.spearman";
    /** The share of all spend that the tenth of the customers hold for whom most was predicted. */
    public static final String TOP_DECILE_SHARE = "clv.top_decile_share";

    /** Of offers; keys of a baseline have {@code baseline_NAME_} after it. */
    public static final String OFFERS = "offers.";
    /** Of chances of first purchases, and the number of a tenth after it. */
    public static final String OFFER_CALIBRATION = "offers.calibration_";

    public static final String EXPECTED = "expected";
    public static final String ACTUAL = "actual";
    /** Of chances that offers are accepted. */
    public static final String ACCEPTANCE = "offers.acceptance_";
    /** After a prefix: mean share of a customer's last order that is among the 10, and the 20, products foretold. */
    public static final String RECALL_10 = "recall10";

    public static final String RECALL_20 = "recall20";
    /** Customers with at least two orders. */
    public static final String NEXT_BASKET_USERS = "offers.next_basket_users";
    /** Mean share of a last order that had been bought before. */
    public static final String REPEAT_SHARE = "offers.repeat_share";

    /** After a key: the ends of its 95 % interval. */
    public static final String LOW = ".low";

    public static final String HIGH = ".high";

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

    /** Puts figures with their intervals. */
    public void put(String prefix, Map<String, HoldOutFigures.Figure> figures) {
        figures.forEach((key, figure) -> {
            put(prefix + key, figure.value());
            put(prefix + key + LOW, figure.interval().low());
            put(prefix + key + HIGH, figure.interval().high());
        });
    }

    /** All of them by key. */
    public SortedMap<String, Number> values() {
        return Collections.unmodifiableSortedMap(values);
    }
}

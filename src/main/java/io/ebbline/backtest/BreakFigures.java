package io.ebbline.backtest;

/**
 * How well alarms tell of broken rhythms.
 *
 * @param alarms how many were raised
 * @param right those raised while the customer's rhythm was broken
 * @param early those raised in the weeks before it broke
 * @param breaks rhythms that broke, early enough before the end to be found
 * @param found those of them of which an alarm told in time
 * @param medianDelayWeeks from the break to the alarm, weeks, of those found, 0 where the alarm stood already; NaN without one
 */
public record BreakFigures(int alarms, int right, int early, int breaks, int found, double medianDelayWeeks) {

    /** The share of alarms raised while the rhythm was broken, 0 to 1; NaN without one. */
    public double precision() {
        return (double) right / alarms;
    }

    /** The share of alarms raised in the weeks before it broke, 0 to 1; NaN without one. */
    public double earlyShare() {
        return (double) early / alarms;
    }

    /** The share of breaks found, 0 to 1; NaN without one. */
    public double recall() {
        return (double) found / breaks;
    }
}

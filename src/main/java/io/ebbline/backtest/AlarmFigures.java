package io.ebbline.backtest;

/**
 * How good the alarms of a rule are.
 *
 * @param alarms how many it raised
 * @param right those after which no order came within the horizon
 * @param recall the share of the lost silences in which it raised one, 0 to 1; NaN when none is lost
 * @param medianDelayWeeks from the order before the alarm to the alarm, weeks, of all alarms; NaN without one
 * @param medianDelayRightWeeks the same of those that are right
 */
public record AlarmFigures(
        int alarms, int right, double recall, double medianDelayWeeks, double medianDelayRightWeeks) {

    /** The share of alarms that are right, 0 to 1; NaN without one. */
    public double precision() {
        return (double) right / alarms;
    }
}

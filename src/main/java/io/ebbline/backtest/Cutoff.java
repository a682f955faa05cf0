package io.ebbline.backtest;

import java.time.LocalDate;

/**
 * Where a history is divided into what is known and what is to be predicted.
 *
 * @param day the last day that is known, UTC
 * @param horizonMillis how long after it is to be predicted, positive
 */
public record Cutoff(LocalDate day, long horizonMillis) {

    /** A day in milliseconds. */
    public static final long DAY_MILLIS = 86_400_000;

    /** The last instant that is known, milliseconds since the epoch. */
    public long cut() {
        return endOf(day);
    }

    /** The last instant that is predicted. */
    public long end() {
        return cut() + horizonMillis;
    }

    /** The last millisecond of a day. */
    public static long endOf(LocalDate day) {
        return (day.toEpochDay() + 1) * DAY_MILLIS - 1;
    }
}

package io.ebbline.profile;

import java.time.Duration;

/**
 * How a customer orders just now. It tells who takes up an offer, and it means the same in every shop, under every model and at
 * every time: counts since the beginning grow, and cut points move. The order is part of the state format: add at the end.
 */
public enum Pace {
    /** No order yet. */
    NEVER,
    /** The latest order is older than a quarter of a year. */
    LONG_AGO,
    /** ... than a month. */
    QUARTER,
    /** ... than a week. */
    MONTH,
    /** One order within a week. */
    ONCE,
    /** Two. */
    TWICE,
    /** Three or more. */
    OFTEN;

    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final long LONG_MONTH = Duration.ofDays(30).toMillis();
    private static final long QUARTER_YEAR = Duration.ofDays(91).toMillis();

    /**
     * That of who placed these orders.
     *
     * @param at milliseconds since the epoch; orders at this instant don't count: one of them may be what is asked about
     */
    static Pace of(Ledger ledger, long last, long at) {
        int week = 0;
        long latest = last < at ? last : Profile.NEVER;
        for (int i = ledger.size() - 1; i >= 0; i--) {
            long time = ledger.time(i);
            if (time < at) {
                latest = Math.max(latest, time);
                if (at - time >= WEEK || week == 3) {
                    break;
                }
                week++;
            }
        }
        if (week > 0) {
            return week == 1 ? ONCE : week == 2 ? TWICE : OFTEN;
        }
        if (latest == Profile.NEVER) {
            return NEVER;
        }
        long silence = at - latest;
        return silence < LONG_MONTH ? MONTH : silence < QUARTER_YEAR ? QUARTER : LONG_AGO;
    }
}

package io.ebbline.backtest;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.ShopClock;
import java.util.List;

/**
 * Which silences the alarm test looks at: those of repeat buyers that begin after a warm-up and early enough for the history
 * to hold window and horizon.
 *
 * @param warmUpDays days from the first order of all, in which no silence that is looked at begins
 * @param windowDays an alarm must come within so many days
 * @param horizonDays it is right when no order comes for so many days
 */
public record AlarmProtocol(int warmUpDays, int windowDays, int horizonDays) {

    private static final long DAY_MILLIS = 86_400_000;

    /** Thirteen weeks to warm up, alarms within twenty, no order in twenty-six. */
    public static AlarmProtocol standard() {
        return new AlarmProtocol(91, 140, 182);
    }

    /** Days that a history must have for a single day on which silences that are looked at begin. */
    public int daysNeeded() {
        return warmUpDays + windowDays + horizonDays + 1;
    }

    /** The window in milliseconds. */
    public long window() {
        return windowDays * DAY_MILLIS;
    }

    /** The horizon in milliseconds. */
    public long horizon() {
        return horizonDays * DAY_MILLIS;
    }

    /**
     * A customer's silences that are looked at.
     *
     * @param firstDay day of the first order of all
     * @param lastDay last day of the history
     */
    public List<Silence> silences(
            CustomerEvents customer, ScoringModel model, ShopClock clock, long firstDay, long lastDay) {
        long from = firstDay + warmUpDays;
        long to = lastDay + 1 - horizonDays - windowDays;
        return Silence.of(customer, model, clock).stream()
                .filter(silence -> silence.repeats() > 0)
                .filter(silence -> clock.day(silence.start()) >= from && clock.day(silence.start()) <= to)
                .toList();
    }
}

package io.ebbline.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Alarms against the known truth of when each customer's rhythm broke.
 *
 * <p>An alarm is right when the rhythm is broken as it is raised, early when it breaks within {@code early} afterwards. A break
 * is found when an alarm that is not older than early stands at some instant from the break on, within {@code within} of it
 * and before the customer is back. Breaks later than {@code within} before the end are not asked for.
 */
public final class BreakTrial {

    private final List<Subject> subjects;
    private final long end;
    private final long early;
    private final long within;

    /**
     * A test.
     *
     * @param end of the history, milliseconds since the epoch
     * @param early milliseconds before a break
     * @param within milliseconds after it
     */
    public BreakTrial(List<Subject> subjects, long end, long early, long within) {
        this.subjects = List.copyOf(subjects);
        this.end = end;
        this.early = early;
        this.within = within;
    }

    /**
     * The figures of alarms.
     *
     * @param alarms a list for each subject in order
     * @param who whose alarms and breaks count
     * @param which of their alarms count
     */
    public BreakFigures judge(List<List<Alarm>> alarms, Predicate<Subject> who, Predicate<Alarm> which) {
        int raised = 0;
        int right = 0;
        int ahead = 0;
        int breaks = 0;
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            if (!who.test(subject)) {
                continue;
            }
            List<Alarm> own = alarms.get(i).stream().filter(which).toList();
            raised += own.size();
            right += count(own, alarm -> subject.isBroken(alarm.raised()));
            ahead += count(own, alarm -> subject.breaksWithin(early, alarm.raised()));
            if (subject.broke() <= end - within) {
                breaks++;
                own.stream()
                        .filter(alarm -> finds(subject, alarm))
                        .mapToLong(alarm -> Math.max(0, alarm.raised() - subject.broke()))
                        .min()
                        .ifPresent(delays::add);
            }
        }
        double median = AlarmTrial.medianWeeks(delays.stream().mapToLong(Long::longValue));
        return new BreakFigures(raised, right, ahead, breaks, delays.size(), median);
    }

    /** The alarms of a fixed hiatus, milliseconds, for each subject. */
    public List<List<Alarm>> hiatus(long hiatus) {
        return subjects.stream()
                .map(subject -> Alarm.of(subject.silences(), hiatus, end))
                .toList();
    }

    /** The hiatus, in milliseconds, with that many alarms that count or, where they come in bunches, the next higher number. */
    public long hiatus(int alarms, Predicate<Alarm> which) {
        double days = AlarmTrial.threshold(
                AlarmRule.HIATUS,
                alarms,
                AlarmTrial.HALVINGS,
                d -> total(hiatus(Math.round(d * AlarmRule.DAY_MILLIS)), which));
        return Math.round(days * AlarmRule.DAY_MILLIS);
    }

    private static long total(List<List<Alarm>> alarms, Predicate<Alarm> which) {
        return alarms.stream().mapToLong(own -> count(own, which)).sum();
    }

    private static int count(List<Alarm> alarms, Predicate<Alarm> which) {
        return (int) alarms.stream().filter(which).count();
    }

    private boolean finds(Subject subject, Alarm alarm) {
        return alarm.raised() >= subject.broke() - early
                && alarm.raised() <= subject.broke() + within
                && alarm.raised() < subject.returned()
                && alarm.ended() > subject.broke();
    }
}

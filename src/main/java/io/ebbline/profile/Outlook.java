package io.ebbline.profile;

import java.time.Duration;
import java.util.List;

/**
 * When a customer's next order is to be expected, told at the latest one. How a shop's customers keep to it is counted by habit and
 * by age of the silence.
 *
 * @param since the latest order, milliseconds since the epoch
 * @param hazards cumulative hazards of an order, one for each of the {@link #AGES}: minus ln of the chance that none comes while the
 *     silence is of that age, given that none came before; not below 0
 */
public record Outlook(long since, Habit habit, List<Double> hazards) {

    /** How many ages of a silence are held apart. */
    public static final int AGES = 8;

    private static final int[] FROM_DAYS = {0, 1, 7, 14, 28, 56, 112, 224, 448};
    private static final int[] AGE_OF_DAY = new int[FROM_DAYS[AGES]];
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** The mean gap at which one habit ends and the next begins, days. */
    private static final int[] GAPS = {5, 10, 20, 40, 80};

    static {
        for (int age = 0; age < AGES; age++) {
            for (int day = FROM_DAYS[age]; day < FROM_DAYS[age + 1]; day++) {
                AGE_OF_DAY[day] = age;
            }
        }
    }

    /**
     * How far the days with an order lie apart on the mean, from the first to the latest. The order is part of the state format: add
     * at the end.
     */
    public enum Habit {
        /** There is one alone. */
        FIRST,
        /** Less than 5 days. */
        DAYS,
        /** Less than 10. */
        WEEK,
        /** Less than 20. */
        FORTNIGHT,
        /** Less than 40. */
        MONTH,
        /** Less than 80. */
        TWO_MONTHS,
        /** More. */
        LONGER
    }

    private static final Habit[] HABITS = Habit.values();

    public Outlook {
        hazards = List.copyOf(hazards);
        if (hazards.size() != AGES) {
            throw new IllegalArgumentException(
                    "There are " + hazards.size() + " hazards: it takes " + AGES + ", one for each age of a silence.");
        }
    }

    /**
     * That of a customer.
     *
     * @param repeats days with an order after the first
     * @param spanMillis from the first order to the latest
     * @param hazards see {@link #hazards}
     */
    public static Outlook of(long since, long repeats, long spanMillis, List<Double> hazards) {
        return new Outlook(since, habit(repeats, spanMillis), hazards);
    }

    private static Habit habit(long repeats, long spanMillis) {
        if (repeats == 0) {
            return Habit.FIRST;
        }
        int longer = 0;
        while (longer < GAPS.length && spanMillis >= repeats * GAPS[longer] * DAY_MILLIS) {
            longer++;
        }
        return HABITS[1 + longer];
    }

    /** Which age a silence of so many full days has; the last of those that are older than all. */
    public static int age(int days) {
        return days < AGE_OF_DAY.length ? AGE_OF_DAY[days] : AGES - 1;
    }

    /** The days with which an age begins; of {@link #AGES}: with which the last one ends. */
    public static int fromDays(int age) {
        return FROM_DAYS[age];
    }

    /** When a silence begins to have an age, milliseconds. */
    public static long fromMillis(int age) {
        return FROM_DAYS[age] * DAY_MILLIS;
    }

    /** How long a silence has an age, milliseconds. */
    public static long millis(int age) {
        return fromMillis(age + 1) - fromMillis(age);
    }
}

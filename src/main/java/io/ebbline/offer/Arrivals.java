package io.ebbline.offer;

import io.ebbline.event.Tick;
import io.ebbline.profile.Outlook;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Orders of a part of a tick, by what was told at the order before: who waits no longer, who waits anew, and which orders came. Exact
 * counts: parts merge by addition, in any order. Mutable, for one thread.
 */
public final class Arrivals {

    static final int HABITS = Outlook.Habit.values().length;

    /** Habits and ages. */
    public static final int CELLS = HABITS * Outlook.AGES;

    private static final double MILLIONTHS = 1e6;

    private final TreeMap<Integer, long[]> waiting = new TreeMap<>();
    private final long[] today = new long[HABITS];
    private final long[] came = new long[CELLS];

    static int cell(Outlook.Habit habit, int age) {
        return habit.ordinal() * Outlook.AGES + age;
    }

    /**
     * Adds an order.
     *
     * @param before what was told at the order before; null: it is the first
     * @param now what is told at this one
     */
    void add(@Nullable Outlook before, Outlook now) {
        if (before != null) {
            move(before, -1);
            came[cell(before.habit(), Outlook.age(Tick.of(now.since()) - Tick.of(before.since())))]++;
        }
        move(now, 1);
        today[now.habit().ordinal()] += millionths(now, 0);
    }

    private void move(Outlook outlook, int sign) {
        long[] hazards = waiting.computeIfAbsent(Tick.of(outlook.since()), cohort -> new long[CELLS]);
        for (int age = 0; age < Outlook.AGES; age++) {
            hazards[cell(outlook.habit(), age)] += sign * millionths(outlook, age);
        }
    }

    private static long millionths(Outlook outlook, int age) {
        return Math.round(outlook.hazards().get(age) * MILLIONTHS);
    }

    /** Adds to the hazards of who wait since a tick, less those of who no longer do, millionths; also how stored ones are read back. */
    public void wait(int cohort, long[] hazards) {
        add(waiting.computeIfAbsent(cohort, tick -> new long[CELLS]), hazards);
    }

    /** Adds orders that came, by habit and age; also how stored ones are read back. */
    public void come(long[] orders) {
        add(came, orders);
    }

    /** Adds hazards of a second order on the same day, of all who ordered, by habit, millionths; also how stored ones are read back. */
    public void today(long[] hazards) {
        add(today, hazards);
    }

    private static void add(long[] to, long[] more) {
        for (int i = 0; i < to.length; i++) {
            to[i] += more[i];
        }
    }

    /** Adds another part of the same tick. */
    public void merge(Arrivals other) {
        other.waiting.forEach(this::wait);
        today(other.today);
        come(other.came);
    }

    /** By tick of the order that is waited after: hazards by habit and age. Not to be changed. */
    public Map<Integer, long[]> waiting() {
        return waiting;
    }

    /** Hazards of a second order on the same day, of all who ordered, by habit. Not to be changed. */
    public long[] today() {
        return today;
    }

    /** Orders that came, by habit and age of the silence that they ended. Not to be changed. */
    public long[] came() {
        return came;
    }
}

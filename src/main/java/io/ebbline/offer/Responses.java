package io.ebbline.offer;

import io.ebbline.event.Tick;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Pace;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * What happened in one tick to offers that customers were shown, by when they were shown. Exact counts: parts merge by addition, in
 * any order. Mutable, for one thread.
 */
public final class Responses {

    /** Numbers of a cell: how many were shown, accepted, and ended though not accepted. */
    public static final int NUMBERS = 3;

    /** Sees each cell. */
    public interface Visitor {

        /**
         * A cell.
         *
         * @param cohort tick in which they were shown
         * @param life the longest of their lives, ticks
         */
        void see(String offerId, Pace pace, int cohort, int life, long shown, long accepted, long ended);
    }

    private record Key(String offerId, Pace pace, int cohort) {}

    private static final class Cell {
        private int life;
        private final long[] counts = new long[NUMBERS];
    }

    private final TreeMap<Key, Cell> cells = new TreeMap<>(
            Comparator.comparing(Key::offerId).thenComparing(Key::cohort).thenComparing(Key::pace));

    /** Counts what happened to one. */
    public void add(Exposure.Step step, Exposure exposure) {
        boolean lost = step == Exposure.Step.ENDED && exposure.answer() != Exposure.Answer.ACCEPTED;
        if (step == Exposure.Step.ENDED && !lost) {
            return;
        }
        add(
                exposure.offerId(),
                exposure.pace(),
                Tick.of(exposure.shown()),
                life(exposure),
                step == Exposure.Step.SHOWN ? 1 : 0,
                step == Exposure.Step.ACCEPTED ? 1 : 0,
                lost ? 1 : 0);
    }

    private static int life(Exposure exposure) {
        long ticks = (exposure.ends() - exposure.shown() + Tick.MILLIS - 1) / Tick.MILLIS;
        return (int) Math.min(Acceptance.AGES - 1, ticks);
    }

    /** Adds to the counts of a cell; also how stored ones are read back. */
    public void add(String offerId, Pace pace, int cohort, int life, long shown, long accepted, long ended) {
        Cell cell = cells.computeIfAbsent(new Key(offerId, pace, cohort), key -> new Cell());
        cell.life = Math.max(cell.life, life);
        cell.counts[0] += shown;
        cell.counts[1] += accepted;
        cell.counts[2] += ended;
    }

    /** Adds another part of the same tick. */
    public void merge(Responses other) {
        other.forEach(this::add);
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** How many cells there are. */
    public int size() {
        return cells.size();
    }

    /** Shows every cell, sorted. */
    public void forEach(Visitor visitor) {
        cells.forEach((key, cell) -> visitor.see(
                key.offerId, key.pace, key.cohort, cell.life, cell.counts[0], cell.counts[1], cell.counts[2]));
    }
}

package io.ebbline.fit;

import io.ebbline.event.Tick;
import io.ebbline.population.Population;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Figures;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What changed among all customers in each tick of a history, so that they can be counted as of the end of any. Censuses of
 * disjoint customers merge by addition. Mutable, for one thread.
 */
public final class Census {

    /** What changed in a tick. Mutable. */
    public static final class Day {
        private final TickTally tally;
        private long events;
        private long customers;

        private Day() {
            this(new TickTally(), 0, 0);
        }

        /**
         * A day of these counts.
         *
         * @param tally changes of orders, spend and latest orders
         * @param events events applied
         * @param customers those of them that were a customer's first
         */
        public Day(TickTally tally, long events, long customers) {
            this.tally = tally;
            this.events = events;
            this.customers = customers;
        }

        /** Changes of orders, spend and latest orders. */
        public TickTally tally() {
            return tally;
        }

        /** Events applied. */
        public long events() {
            return events;
        }

        /** Customers whose first event was one of them. */
        public long customers() {
            return customers;
        }
    }

    /**
     * Everybody at the end of a tick.
     *
     * @param first the tick of the first event
     * @param events events applied so far
     * @param customers customers with an event
     */
    public record Count(int first, long events, long customers, Population population) {}

    private final NavigableMap<Integer, Day> days = new TreeMap<>();

    /**
     * Counts an event that was applied to a customer.
     *
     * @param time of the event, milliseconds since the epoch
     * @param first whether it is the customer's first
     */
    void add(long time, Figures before, Figures now, boolean first) {
        Day day = days.computeIfAbsent(Tick.of(time), tick -> new Day());
        day.tally.add(before, now, time);
        day.events++;
        day.customers += first ? 1 : 0;
    }

    /** Counts what left a customer's look-back window, which is no event. */
    void leave(long time, Figures before, Figures now) {
        days.computeIfAbsent(Tick.of(time), tick -> new Day()).tally.add(before, now, time);
    }

    /** The last day with an event; null when there is none. */
    public @Nullable Integer lastDay() {
        return days.descendingMap().entrySet().stream()
                .filter(day -> day.getValue().events > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Adds a day of other customers. */
    public void merge(int tick, Day other) {
        Day day = days.computeIfAbsent(tick, t -> new Day());
        day.tally.merge(other.tally);
        day.events += other.events;
        day.customers += other.customers;
    }

    /** The days in which anything happened, by tick. */
    public NavigableMap<Integer, Day> days() {
        return days;
    }

    /**
     * Everybody at the end of a tick.
     *
     * @throws FitException when nothing had happened by then
     */
    public Count at(int tick) {
        NavigableMap<Integer, Day> past = days.headMap(tick, true);
        if (past.isEmpty()) {
            throw new FitException(
                    "Nothing had happened by the end of the day: choose a later one, or another history.");
        }
        Population population = new Population();
        long events = 0;
        long customers = 0;
        for (Day day : past.values()) {
            population.apply(day.tally);
            events += day.events;
            customers += day.customers;
        }
        return new Count(past.firstKey(), events, customers, population);
    }
}

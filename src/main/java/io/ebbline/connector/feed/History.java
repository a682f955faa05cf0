package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A feed in memory.
 *
 * @param records in order of arrival; what arrives at the same instant keeps the order of its rows
 * @param end newest time of a credible event, milliseconds since the epoch: where a bounded run ends unless told otherwise
 * @param currency ISO 4217 code of every amount
 */
public record History(List<FeedRecord> records, long end, String currency) {

    public History {
        records = List.copyOf(records);
    }

    /**
     * A history of events that arrive when they happen.
     *
     * @param rows in the order of their rows, at least one, each with an event
     */
    static History ofRows(List<FeedRecord> rows, String currency) {
        List<FeedRecord> sorted = new ArrayList<>(rows);
        // The sort is stable, so rows of one instant stay in file order.
        sorted.sort(Comparator.comparingLong(FeedRecord::arrival));
        return new History(sorted, sorted.get(sorted.size() - 1).arrival(), currency);
    }

    /**
     * A feed as it was recorded.
     *
     * @param records in order of arrival
     * @param from the end when there is no credible event after it
     */
    static History ofFeed(List<FeedRecord> records, long from, String currency) {
        long end = from;
        for (FeedRecord record : records) {
            end = Math.max(end, credible(record));
        }
        return new History(records, end, currency);
    }

    /** The time of a record's event; the least there is for one from the future, or no event. */
    static long credible(FeedRecord record) {
        Event event = record.event();
        return event == null || event.time() > record.recordTime() ? Long.MIN_VALUE : event.time();
    }

    /** This history with every arrival delayed at random, always the same way for one seed: see {@link Shuffle}. */
    public History shuffled(long bound, long seed) {
        return new History(Shuffle.within(records, bound, seed), end, currency);
    }

    /** This history without the records whose record time is after {@code until}, milliseconds since the epoch. */
    public History until(long until) {
        List<FeedRecord> kept =
                records.stream().filter(r -> r.recordTime() <= until).toList();
        return new History(kept, Math.min(end, until), currency);
    }
}

package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Another order of arrival for the same events, such that nothing gets late that was not. */
public final class Shuffle {

    private Shuffle() {}

    /**
     * Delays each record by a random part of the bound after its record time, and sorts by arrival; what arrives together
     * keeps its order. A record that was to arrive later still (a duplicate, a late event) arrives when it was to.
     *
     * @param bound lateness bound, milliseconds, at least 1; every delay is smaller
     * @param seed the same seed gives the same order, on every machine
     */
    public static List<FeedRecord> within(List<FeedRecord> records, long bound, long seed) {
        if (bound < 1) {
            throw new IllegalArgumentException("The bound is " + bound + " ms: a shuffle needs at least 1.");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<FeedRecord> shuffled = new ArrayList<>(records.size());
        for (FeedRecord r : records) {
            long arrival = Math.max(r.arrival(), Math.addExact(r.recordTime(), random.nextLong(bound)));
            shuffled.add(new FeedRecord(r.topic(), r.customer(), arrival, r.recordTime(), r.event(), r.raw()));
        }
        shuffled.sort(Comparator.comparingLong(FeedRecord::arrival));
        return shuffled;
    }
}

package io.ebbline.cli;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.History;
import io.ebbline.event.Merge;
import io.ebbline.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a case feeds.
 *
 * @param records in the order in which they are sent
 * @param duplicates how many of them are in there twice on account of the case
 */
record CaseFeed(List<FeedRecord> records, int duplicates) {

    /**
     * A history in which nothing arrives later than the bound after its record's time: what does is sent within it. For what
     * is late, order decides.
     */
    static History withinBound(History history, long latenessMillis) {
        List<FeedRecord> records = new ArrayList<>();
        for (FeedRecord r : history.records()) {
            records.add(arriving(r, Math.min(r.arrival(), r.recordTime() + Math.max(0, latenessMillis - 1))));
        }
        records.sort(Comparator.comparingLong(FeedRecord::arrival));
        return new History(records, history.end(), history.currency());
    }

    /** Whether there is anything to hand over between customers. */
    static boolean hasMerges(History history) {
        return history.records().stream().anyMatch(record -> record.event() instanceof Merge);
    }

    /** From the first record to the end. */
    static Duration length(History history) {
        long first = history.records().stream()
                .mapToLong(FeedRecord::recordTime)
                .min()
                .orElse(history.end());
        return Duration.ofMillis(Math.max(1, history.end() - first));
    }

    /**
     * The feed of a case.
     *
     * @param latenessMillis the lateness bound, at least 1
     * @param spreadMillis how much later than an event its repetition may arrive, at least 1
     * @param toleranceMillis how far an event may be ahead of its record
     */
    static CaseFeed of(
            ReplayCase played, History history, long latenessMillis, long spreadMillis, long toleranceMillis) {
        SplittableRandom random = new SplittableRandom(played.seed());
        List<FeedRecord> records = new ArrayList<>(history.records());
        long lastArrival = history.end() + latenessMillis;
        for (FeedRecord record : history.records()) {
            // What is refused is refused twice, and says nothing of duplicates.
            if (record.isAcceptedIn(history.currency(), toleranceMillis)
                    && random.nextInt(100) < played.duplicatePercent()) {
                long delay = random.nextLong(random.nextBoolean() ? latenessMillis : spreadMillis);
                records.add(arriving(
                        record, Math.max(record.arrival(), Math.min(record.arrival() + delay, lastArrival))));
            }
        }
        int duplicates = records.size() - history.records().size();
        records.sort(Comparator.comparingLong(FeedRecord::arrival));
        History repeated = new History(records, history.end(), history.currency());
        if (played.has(ReplayCase.Way.SHUFFLED)) {
            return new CaseFeed(repeated.shuffled(latenessMillis, played.seed()).records(), duplicates);
        }
        if (played.has(ReplayCase.Way.APART)) {
            return new CaseFeed(apart(repeated.records(), random), duplicates);
        }
        return new CaseFeed(repeated.records(), duplicates);
    }

    private static List<FeedRecord> apart(List<FeedRecord> records, SplittableRandom random) {
        List<Topic> topics = new ArrayList<>(Topic.inputs());
        Collections.rotate(topics, random.nextInt(topics.size()));
        List<FeedRecord> apart = new ArrayList<>(records);
        apart.sort(Comparator.comparingInt(record -> topics.indexOf(record.topic())));
        return apart;
    }

    private static FeedRecord arriving(FeedRecord r, long arrival) {
        return new FeedRecord(r.topic(), r.customer(), arrival, r.recordTime(), r.event(), r.raw());
    }
}

package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Which record of a feed stands where: the same sequence in each partition every time, clock records included, so that what
 * a partition holds already tells what it lacks.
 *
 * <p>A round is one clock record in every partition of every input topic. There is a round
 * <ol>
 *   <li>after every {@link FeedOptions#clockEvery()} events, at the last one's arrival;
 *   <li>at each multiple of {@link FeedOptions#clockInterval()} that arrivals pass, before the event that passes it;
 *   <li>at the end, one millisecond past end + lateness bound, which takes a reader's watermark to the end.
 * </ol>
 */
final class FeedPlan {

    /**
     * One record of one partition.
     *
     * @param offset its place in the partition, from 0
     * @param arrival when it is due, milliseconds since the epoch; a clock record's time
     * @param record null for a clock record
     */
    record Step(
            Topic topic,
            int partition,
            long offset,
            long arrival,
            @Nullable FeedRecord record) {}

    private final Iterator<FeedRecord> records;
    private final long end;
    private final FeedOptions options;
    private final Map<Topic, long[]> held;
    private final Map<Topic, long[]> next = new EnumMap<>(Topic.class);
    private final Deque<Step> round = new ArrayDeque<>();
    private @Nullable FeedRecord ahead;
    private long reached = Long.MIN_VALUE;
    private long events;
    private long skipped;
    private boolean closed;

    /**
     * A plan at its beginning.
     *
     * @param records in order of arrival
     * @param end where the last clock takes the watermark, milliseconds since the epoch
     * @param held how many records each partition of each input topic holds already
     */
    FeedPlan(Iterator<FeedRecord> records, long end, Map<Topic, long[]> held, FeedOptions options) {
        this.records = records;
        this.end = end;
        this.options = options;
        this.held = new EnumMap<>(held);
        for (Topic topic : Topic.inputs()) {
            next.put(topic, new long[ends(topic).length]);
        }
    }

    /**
     * The next record that its partition does not hold yet; null at the end.
     *
     * @throws IllegalArgumentException when a record arrives before the one ahead of it, or is for no input topic
     * @throws FeedException when a record is from before 1970, and at the end, when a partition holds more than the feed has
     *     for it
     */
    @Nullable
    Step poll() {
        while (true) {
            Step step = advance();
            if (step == null) {
                refuseSurplus();
                return null;
            }
            if (step.offset >= ends(step.topic)[step.partition]) {
                return step;
            }
            skipped++;
        }
    }

    /** Events planned so far, those skipped included. */
    long events() {
        return events;
    }

    /** Records found in their partitions already, clock records included. */
    long skipped() {
        return skipped;
    }

    private @Nullable Step advance() {
        Step clock = round.poll();
        if (clock != null) {
            return clock;
        }
        FeedRecord record = ahead;
        if (record == null) {
            if (!records.hasNext()) {
                return last();
            }
            record = take(records.next());
        }
        long tick = nextTick();
        if (tick <= record.arrival()) {
            ahead = record;
            return round(tick);
        }
        ahead = null;
        reached = record.arrival();
        Step step = step(record.topic(), partition(record, events), record.arrival(), record);
        events++;
        if (events % options.clockEvery() == 0) {
            startRound(reached);
        }
        return step;
    }

    private FeedRecord take(FeedRecord record) {
        if (record.arrival() < reached) {
            throw new IllegalArgumentException(
                    "Record " + events + " of the feed arrives before the one ahead of it: sort by arrival.");
        }
        if (record.recordTime() < 0 || record.arrival() < 0) {
            throw new FeedException("Record " + events + " of the feed is of "
                    + Instant.ofEpochMilli(Math.min(record.recordTime(), record.arrival()))
                    + ", and Kafka's times begin in 1970. Leave it out.");
        }
        if (!next.containsKey(record.topic())) {
            throw new IllegalArgumentException(record.topic() + " is no input topic.");
        }
        return record;
    }

    /** The first multiple of the interval that time has not reached yet; none before the first event. */
    private long nextTick() {
        long interval = options.clockInterval();
        return reached == Long.MIN_VALUE ? Long.MAX_VALUE : (Math.floorDiv(reached, interval) + 1) * interval;
    }

    private @Nullable Step last() {
        if (closed) {
            return null;
        }
        closed = true;
        return round(Math.max(reached, end + options.lateness() + 1));
    }

    private @Nullable Step round(long time) {
        reached = time;
        startRound(time);
        return round.poll();
    }

    private void startRound(long time) {
        for (Topic topic : Topic.inputs()) {
            for (int p = 0; p < ends(topic).length; p++) {
                round.add(step(topic, p, time, null));
            }
        }
    }

    private Step step(Topic topic, int partition, long arrival, @Nullable FeedRecord record) {
        long[] offsets = next.get(topic);
        if (offsets == null) {
            throw new IllegalStateException("No input topic: " + topic);
        }
        return new Step(topic, partition, offsets[partition]++, arrival, record);
    }

    private int partition(FeedRecord record, long position) {
        int partitions = ends(record.topic()).length;
        String customer = record.customer();
        if (customer != null) {
            return ofKey(customer.getBytes(StandardCharsets.UTF_8), partitions);
        }
        Event event = record.event();
        return Math.floorMod(Hash64.of(event == null ? "position/" + position : event.id()), partitions);
    }

    /** The partition that Kafka's default partitioner gives a key: a shop's own producers agree with the feed. */
    static int ofKey(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private long[] ends(Topic topic) {
        long[] ends = held.get(topic);
        if (ends == null || ends.length == 0) {
            throw new FeedException("Topic " + topic.topicName() + " is missing. Create the topics first.");
        }
        return ends;
    }

    private void refuseSurplus() {
        next.forEach((topic, offsets) -> {
            for (int p = 0; p < offsets.length; p++) {
                long surplus = ends(topic)[p] - offsets[p];
                if (surplus > 0) {
                    throw new FeedException("Partition " + p + " of topic " + topic.topicName() + " holds " + surplus
                            + " records more than this feed has for it: it was filled by another feed, or by this one with"
                            + " other options. Feed into new topics.");
                }
            }
        });
    }
}

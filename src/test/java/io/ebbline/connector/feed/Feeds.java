package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Small feeds for tests. */
final class Feeds {

    /** Writes what a value stands for as text. */
    static final RecordEncoder TEXT = new RecordEncoder() {
        @Override
        public byte[] event(Topic topic, @Nullable String customer, Event event) {
            return ("event " + event.id()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] clock(Topic topic, long time) {
            return ("clock " + time).getBytes(StandardCharsets.UTF_8);
        }
    };

    private Feeds() {}

    static FeedRecord record(Topic topic, @Nullable String customer, String id, long time) {
        return FeedRecord.of(
                topic, customer, new Touchpoint(id, time, TouchpointType.VISIT, null, null, null, null, null, null));
    }

    /** Records in order of arrival, some at the same instant, some without customer, some raw. */
    static List<FeedRecord> random(long seed, int size, int gap) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FeedRecord> records = new ArrayList<>();
        long time = 5_000;
        for (int i = 0; i < size; i++) {
            time += random.nextInt(gap);
            Topic topic = Topic.inputs().get(random.nextInt(2));
            String customer = random.nextInt(5) == 0 ? null : "customer-" + random.nextInt(20);
            FeedRecord record = record(topic, customer, "e" + i, time);
            byte[] raw = ("raw " + i).getBytes(StandardCharsets.UTF_8);
            records.add(random.nextInt(10) == 0 ? new FeedRecord(topic, customer, time, time, null, raw) : record);
        }
        return records;
    }

    /** Partitions that hold nothing. */
    static Map<Topic, long[]> empty(int purchases, int touchpoints, int requests) {
        Map<Topic, long[]> ends = new EnumMap<>(Topic.class);
        ends.put(Topic.PURCHASES, new long[purchases]);
        ends.put(Topic.TOUCHPOINTS, new long[touchpoints]);
        ends.put(Topic.CUSTOMER_REQUESTS, new long[requests]);
        return ends;
    }
}

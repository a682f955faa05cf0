package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.connector.feed.FeedPlan.Step;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What a consumer would read from the topics if {@link Feeder} had written a feed to empty ones. */
public final class EncodedFeed {

    private EncodedFeed() {}

    /**
     * Tells all records, clocks among them, of each partition in order.
     *
     * @param records in order of arrival
     * @param end where the last clock records take a reader's watermark, milliseconds since the epoch
     * @param partitions of each input topic
     * @throws FeedException when a record is from before 1970
     */
    public static void tell(
            Iterable<FeedRecord> records,
            long end,
            Map<Topic, Integer> partitions,
            FeedOptions options,
            RecordEncoder encoder,
            Consumer<ConsumerRecord<byte[], byte[]>> to) {
        Map<Topic, long[]> empty = new EnumMap<>(Topic.class);
        partitions.forEach((topic, count) -> empty.put(topic, new long[count]));
        FeedPlan plan = new FeedPlan(records.iterator(), end, empty, options);
        for (Step step = plan.poll(); step != null; step = plan.poll()) {
            to.accept(encoded(step, encoder));
        }
    }

    private static ConsumerRecord<byte[], byte[]> encoded(Step step, RecordEncoder encoder) {
        FeedRecord record = step.record();
        String customer = record == null ? null : record.customer();
        byte[] key = customer == null ? null : customer.getBytes(StandardCharsets.UTF_8);
        byte[] value = record == null ? encoder.clock(step.topic(), step.arrival()) : encoder.value(record);
        return new ConsumerRecord<>(
                step.topic().topicName(),
                step.partition(),
                step.offset(),
                record == null ? step.arrival() : record.recordTime(),
                TimestampType.CREATE_TIME,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}

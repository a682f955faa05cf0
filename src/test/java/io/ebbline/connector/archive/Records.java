package io.ebbline.connector.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records by hand, and what is compared of them. */
final class Records {
    static final TopicPartition PARTITION = new TopicPartition("purchases", 3);

    private Records() {}

    static ConsumerRecord<byte[], byte[]> of(long offset) {
        return of(offset, 1_700_000_000_000L + offset * 7, bytes("key " + offset), bytes("value " + offset));
    }

    static ConsumerRecord<byte[], byte[]> of(
            long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, String... headers) {
        RecordHeaders all = new RecordHeaders();
        for (String header : headers) {
            all.add(header, header.isEmpty() ? null : bytes("of " + header));
        }
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                all,
                Optional.empty());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All that an archive keeps of a record. */
    static String line(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + ":" + record.partition() + "/" + record.offset() + " " + record.timestamp() + " "
                + Arrays.toString(record.key()) + " " + Arrays.toString(record.value()) + " "
                + Stream.of(record.headers().toArray())
                        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
                        .toList();
    }

    static List<String> lines(Iterator<ConsumerRecord<byte[], byte[]>> records) {
        Iterable<ConsumerRecord<byte[], byte[]>> all = () -> records;
        return StreamSupport.stream(all.spliterator(), false).map(Records::line).toList();
    }
}

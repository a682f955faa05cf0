package io.ebbline.connector.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Archives by hand: the value of a record is A and its offset, or H and its place in a history; its time is its offset. */
public final class Archives {

    private Archives() {}

    /** So many records of each partition. */
    public static Archive history(Path dir, Map<TopicPartition, Integer> records, long fileBytes) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        records.forEach((partition, count) -> {
            begins.put(partition, 0L);
            write(dir, partition, 0, count, "H", fileBytes, place -> true);
        });
        new Manifest(Archive.Kind.HISTORY, Map.of(), begins).write(dir);
        return Archive.open(dir);
    }

    /** From the beginning up to the end of each partition, those offsets that have a record. */
    public static Archive topics(
            Path dir,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            long fileBytes,
            LongPredicate holds) {
        begins.forEach((partition, begin) ->
                write(dir, partition, begin, ends.getOrDefault(partition, begin), "A", fileBytes, holds));
        new Manifest(Archive.Kind.TOPICS, Map.of(), begins).write(dir);
        return Archive.open(dir);
    }

    private static void write(
            Path dir,
            TopicPartition partition,
            long begin,
            long end,
            String kind,
            long fileBytes,
            LongPredicate holds) {
        try (ArchiveWriter writer = new ArchiveWriter(Archive.directory(dir, partition), begin, fileBytes)) {
            for (long offset = begin; offset < end; offset++) {
                if (holds.test(offset)) {
                    writer.append(record(partition, offset, kind + offset));
                }
            }
            writer.finish(end);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                offset,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}

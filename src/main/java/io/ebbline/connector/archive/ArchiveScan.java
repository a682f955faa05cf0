package io.ebbline.connector.archive;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of a whole archive tells.
 *
 * @param since the first offset of each partition whose record's Kafka time is not before an instant, where there is one
 * @param until the same for another instant
 * @param newest the newest Kafka time of each partition that has a record, milliseconds since the epoch
 */
public record ArchiveScan(
        Map<TopicPartition, Long> since, Map<TopicPartition, Long> until, Map<TopicPartition, Long> newest) {

    /**
     * Reads it, all of it, so that damage is found before a replay begins.
     *
     * @param since milliseconds since the epoch; null: not asked for
     * @param until likewise
     * @throws ArchiveException when a file is not whole, or its records are not in order
     */
    public static ArchiveScan of(Archive archive, @Nullable Long since, @Nullable Long until) {
        ArchiveScan scan = new ArchiveScan(new HashMap<>(), new HashMap<>(), new HashMap<>());
        archive.stretches().forEach((partition, stretch) -> {
            try (ArchiveCursor cursor = new ArchiveCursor(partition, stretch, 0, Long.MAX_VALUE, 0)) {
                while (cursor.hasNext()) {
                    scan.see(partition, cursor.next(), since, until);
                }
            } catch (IOException e) {
                throw new ArchiveException("The archive of " + partition + " can't be let go of (" + e + ").", e);
            }
        });
        return scan;
    }

    private void see(
            TopicPartition partition,
            ConsumerRecord<byte[], byte[]> record,
            @Nullable Long sinceTime,
            @Nullable Long untilTime) {
        if (sinceTime != null && record.timestamp() >= sinceTime) {
            since.putIfAbsent(partition, record.offset());
        }
        if (untilTime != null && record.timestamp() >= untilTime) {
            until.putIfAbsent(partition, record.offset());
        }
        newest.merge(partition, record.timestamp(), Math::max);
    }
}

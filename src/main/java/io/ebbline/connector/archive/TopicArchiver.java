package io.ebbline.connector.archive;

import io.ebbline.connector.CommittedRecords;
import io.ebbline.connector.TopicException;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Appends to an archive what topics hold beyond it: committed records only, each once, however often it is called. */
public final class TopicArchiver {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Hears how far it has come. */
    public interface Progress {

        /** A partition has so many new records up to an offset, and ends at another. */
        void at(TopicPartition partition, long records, long offset, long end);
    }

    private final Properties client;
    private final SchemaRegistry registry;
    private final Progress progress;
    private final long fileBytes;

    /**
     * An archiver.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     */
    public TopicArchiver(Properties client, SchemaRegistry registry, Progress progress) {
        this(client, registry, progress, ArchiveWriter.FILE_BYTES);
    }

    TopicArchiver(Properties client, SchemaRegistry registry, Progress progress, long fileBytes) {
        this.client = client;
        this.registry = registry;
        this.progress = progress;
        this.fileBytes = fileBytes;
    }

    /**
     * Brings an archive up to what is there now.
     *
     * @param dir where it is, or is begun
     * @param until up to the first record of each partition whose Kafka time is not before it; null: all
     * @return how many records were added to each partition
     * @throws ArchiveException when records between the archive's end and the topic's beginning are gone, or the archive is of
     *     something else
     * @throws TopicException when the brokers do not answer
     */
    public Map<TopicPartition, Long> archive(Path dir, @Nullable Instant until) {
        try (ArchiveDirectory directory = ArchiveDirectory.open(dir);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumerConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicBounds bounds = TopicBounds.ask(client, topics(), until == null ? null : until.toEpochMilli());
            Archive archive = claimed(directory.path(), bounds);
            ArchivedSchemas schemas = new ArchivedSchemas(dir, registry);
            Map<TopicPartition, Long> written = new TreeMap<>(ArchiveChecks.ORDER);
            for (TopicPartition partition : bounds.inOrder()) {
                long begin = Objects.requireNonNull(archive.stretches().get(partition))
                        .end();
                long end = bounds.to(partition);
                written.put(partition, end > begin ? append(consumer, partition, begin, end, dir, schemas) : 0);
            }
            return written;
        } catch (OffsetOutOfRangeException e) {
            throw new ArchiveException(
                    "Records were deleted from the topics while they were archived (" + e.getMessage()
                            + "): give the topics a longer retention, or archive more often.",
                    e);
        } catch (KafkaException e) {
            throw new TopicException("The topics can't be read (" + e.getMessage() + "): are the brokers up?", e);
        }
    }

    /** The topics that a replay reads. */
    public static List<String> topics() {
        List<String> topics = new ArrayList<>();
        Topic.inputs().forEach(topic -> topics.add(topic.topicName()));
        topics.add(Topic.CUSTOMER_MOVES.topicName());
        return topics;
    }

    /** The archive, which from now on knows all partitions that there are. */
    private static Archive claimed(Path dir, TopicBounds bounds) {
        Manifest before = Manifest.read(dir).orElse(new Manifest(Archive.Kind.TOPICS, Map.of(), Map.of()));
        if (before.kind() != Archive.Kind.TOPICS) {
            throw new ArchiveException(
                    dir + " is the archive of a history file: choose another directory for the topics.", null);
        }
        boolean first = before.begins().isEmpty();
        Map<TopicPartition, Long> begins = new HashMap<>(before.begins());
        // A partition that was made since has to be there from its first record on.
        bounds.inOrder().forEach(partition -> begins.putIfAbsent(partition, first ? bounds.earliest(partition) : 0));
        Map<String, String> ids = new HashMap<>(bounds.ids());
        ids.putAll(before.ids());
        Manifest manifest = new Manifest(Archive.Kind.TOPICS, ids, begins);
        Archive archive = Archive.of(dir, manifest);
        ArchiveChecks.requireOneHistory(archive, bounds);
        if (!manifest.equals(before)) {
            manifest.write(dir);
        }
        return archive;
    }

    private long append(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long begin,
            long end,
            Path dir,
            ArchivedSchemas schemas) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, begin);
        long records = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ArchiveWriter writer = new ArchiveWriter(Archive.directory(dir, partition), begin, fileBytes)) {
            for (long at = begin; at < end; ) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        schemas.keep(record);
                        writer.append(record);
                        records++;
                    }
                }
                long reached = consumer.position(partition);
                if (reached > at) {
                    at = reached;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new TopicException(
                            partition + " gave nothing for " + PATIENCE.toSeconds() + " s: are the brokers up?", null);
                }
                progress.at(partition, records, Math.min(at, end), end);
            }
            writer.finish(end);
        }
        return records;
    }

    private Properties consumerConfig() {
        Properties config = CommittedRecords.config(client);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return config;
    }
}

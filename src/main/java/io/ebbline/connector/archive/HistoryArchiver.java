package io.ebbline.connector.archive;

import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.EncodedFeed;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes a history that never was on Kafka as an archive of what the topics would hold if it had been fed to them. */
public final class HistoryArchiver implements AutoCloseable {
    private final Path dir;
    private final ArchivedSchemas schemas;
    private final Map<TopicPartition, ArchiveWriter> writers = new HashMap<>();
    private final Map<TopicPartition, Long> written = new TreeMap<>(ArchiveChecks.ORDER);

    private HistoryArchiver(Path dir, ArchivedSchemas schemas) {
        this.dir = dir;
        this.schemas = schemas;
    }

    /**
     * Partitions of the input topics, to which the history's customers are keyed.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     * @throws io.ebbline.connector.TopicException when the brokers do not answer, or a topic is missing
     */
    public static Map<Topic, Integer> partitions(Properties client) {
        List<String> topics = Topic.inputs().stream().map(Topic::topicName).toList();
        Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        TopicBounds.ask(client, topics, null)
                .latest()
                .keySet()
                .forEach(partition -> partitions.merge(Topic.named(partition.topic()), 1, Integer::sum));
        return partitions;
    }

    /**
     * Writes it, whole or not at all: what a killed run has left is no archive, and the next one begins anew.
     *
     * @param records in order of arrival
     * @param end where the last clock records take a reader's watermark, milliseconds since the epoch
     * @return how many records each partition has, clock records included
     * @throws ArchiveException when there is an archive already, or it can't be written
     */
    public static Map<TopicPartition, Long> archive(
            Path dir,
            Iterable<FeedRecord> records,
            long end,
            Map<Topic, Integer> partitions,
            FeedOptions options,
            SchemaRegistry registry) {
        try (ArchiveDirectory directory = ArchiveDirectory.open(dir);
                HistoryArchiver archiver = new HistoryArchiver(directory.path(), new ArchivedSchemas(dir, registry))) {
            if (Manifest.read(dir).isPresent()) {
                throw new ArchiveException(
                        dir + " holds an archive already: a history has a directory of its own.", null);
            }
            Map<TopicPartition, Long> begins = new HashMap<>();
            partitions.forEach((topic, count) -> {
                for (int partition = 0; partition < count; partition++) {
                    begins.put(new TopicPartition(topic.topicName(), partition), 0L);
                }
            });
            begins.keySet().forEach(partition -> deleteLeft(Archive.directory(dir, partition)));
            EncodedFeed.tell(records, end, partitions, options, new AvroRecordEncoder(registry), archiver::append);
            archiver.writers.forEach(
                    (partition, writer) -> writer.finish(archiver.written.getOrDefault(partition, 0L)));
            new Manifest(Archive.Kind.HISTORY, Map.of(), begins).write(dir);
            return archiver.written;
        }
    }

    private void append(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        schemas.keep(record);
        writers.computeIfAbsent(
                        partition, of -> new ArchiveWriter(Archive.directory(dir, of), 0, ArchiveWriter.FILE_BYTES))
                .append(record);
        written.merge(partition, 1L, Long::sum);
    }

    private static void deleteLeft(Path dir) {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> paths = Files.list(dir)) {
            for (Path path :
                    paths.filter(path -> ArchiveFile.of(path).isPresent()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be cleared of what an earlier run has left (" + e + ").", e);
        }
    }

    @Override
    public void close() {
        writers.values().forEach(ArchiveWriter::close);
    }
}

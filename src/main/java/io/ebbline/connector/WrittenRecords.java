package io.ebbline.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads whole topics, once the job that wrote them has ended. */
public final class WrittenRecords {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    private WrittenRecords() {}

    /**
     * Every record that is written to some topics now and not taken back, of each partition in order. What is not committed yet is
     * waited for, up to two minutes: a job has ended before its last transaction shows everywhere.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     * @throws TopicException when a transaction stays open, or the brokers do not answer
     */
    public static List<ConsumerRecord<byte[], byte[]>> read(Properties client, List<String> topics) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(client)) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = written(client, topics, partitions);
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                int before = records.size();
                consumer.poll(POLL).forEach(records::add);
                if (records.size() > before) {
                    deadline = System.nanoTime() + PATIENCE_NANOS;
                } else if (System.nanoTime() - deadline > 0) {
                    throw new TopicException(
                            "What is written to " + String.join(", ", topics) + " is not committed after "
                                    + Duration.ofNanos(PATIENCE_NANOS).toSeconds()
                                    + " s: a job still writes to it, or left a transaction open.",
                            null);
                }
            }
        } catch (KafkaException e) {
            throw failure(topics, e);
        }
        return records;
    }

    /** Ends of partitions, with what is not committed. */
    private static Map<TopicPartition, Long> written(
            Properties client, List<String> topics, List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(client)) {
            return admin
                    .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException e) {
            throw failure(topics, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(topics, e);
        }
    }

    private static TopicException failure(List<String> topics, Exception e) {
        return new TopicException(
                String.join(", ", topics) + " can't be read (" + e.getMessage() + "): are the brokers up?", e);
    }
}

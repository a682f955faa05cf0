package io.ebbline.connector.archive;

import io.ebbline.connector.TopicException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What some topics hold now, committed records only.
 *
 * @param ids Kafka's id of each topic
 * @param earliest the first offset of each partition
 * @param latest the one after the last
 * @param to where the wanted ones end: at the latest, or at an instant
 */
record TopicBounds(
        Map<String, String> ids,
        Map<TopicPartition, Long> earliest,
        Map<TopicPartition, Long> latest,
        Map<TopicPartition, Long> to) {

    /**
     * Asks a cluster.
     *
     * @param until milliseconds since the epoch: the wanted ones lie before the first record whose Kafka time is not before it; null: all
     * @throws TopicException when it does not answer, or a topic is missing
     */
    static TopicBounds ask(Properties client, List<String> topics, @Nullable Long until) {
        try (Admin admin = Admin.create(client)) {
            Map<String, TopicDescription> described =
                    admin.describeTopics(topics).allTopicNames().get();
            Map<String, String> ids = described.values().stream()
                    .collect(Collectors.toMap(
                            TopicDescription::name, topic -> topic.topicId().toString()));
            List<TopicPartition> partitions = described.values().stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                    .toList();
            Map<TopicPartition, Long> latest = ask(admin, partitions, OffsetSpec.latest());
            Map<TopicPartition, Long> to = new HashMap<>(latest);
            if (until != null) {
                // Where no record is as young, the answer is none.
                ask(admin, partitions, OffsetSpec.forTimestamp(until)).forEach((partition, offset) -> {
                    if (offset >= 0) {
                        to.put(partition, offset);
                    }
                });
            }
            return new TopicBounds(ids, ask(admin, partitions, OffsetSpec.earliest()), latest, to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("Interrupted while Kafka was asked: try again.", e);
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new TopicException(
                    "The input topics can't be looked at (" + cause.getMessage()
                            + "): are the brokers up, and has `ebbline setup` been run?",
                    cause);
        }
    }

    private static Map<TopicPartition, Long> ask(Admin admin, List<TopicPartition> partitions, OffsetSpec what)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, ListOffsetsResultInfo> answers = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(p -> p, p -> what)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().offset()));
    }

    /** All partitions, by topic and number. */
    List<TopicPartition> inOrder() {
        return latest.keySet().stream().sorted(ArchiveChecks.ORDER).toList();
    }

    long earliest(TopicPartition partition) {
        return earliest.getOrDefault(partition, 0L);
    }

    long to(TopicPartition partition) {
        return to.getOrDefault(partition, 0L);
    }
}

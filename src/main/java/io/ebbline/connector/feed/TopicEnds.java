package io.ebbline.connector.feed;

import io.ebbline.wire.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How many records each partition of each input topic holds. */
@FunctionalInterface
interface TopicEnds {

    /**
     * Asks now.
     *
     * @return by topic, then by partition
     * @throws FeedException when Kafka does not answer or a topic does not exist
     */
    Map<Topic, long[]> read();

    /** Asks a cluster. */
    static TopicEnds of(Map<String, Object> clientConfig) {
        return () -> {
            try (Admin admin = Admin.create(clientConfig)) {
                return read(admin);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FeedException("The feed was interrupted.", e);
            } catch (TimeoutException e) {
                throw new FeedException("Kafka does not answer. Check its address and that it runs.", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof UnknownTopicOrPartitionException
                        ? new FeedException("An input topic is missing. Create the topics first.", e)
                        : new FeedException("Kafka cannot be asked for its topics: " + e.getMessage(), e);
            }
        };
    }

    private static Map<Topic, long[]> read(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = Topic.inputs().stream().map(Topic::topicName).toList();
        Map<String, TopicDescription> topics =
                admin.describeTopics(names).allTopicNames().get(1, TimeUnit.MINUTES);
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(p -> query.put(new TopicPartition(name, p.partition()), OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                admin.listOffsets(query).all().get(1, TimeUnit.MINUTES);
        Map<Topic, long[]> ends = new EnumMap<>(Topic.class);
        topics.forEach((name, topic) ->
                ends.put(Topic.named(name), new long[topic.partitions().size()]));
        found.forEach(
                (p, end) -> Objects.requireNonNull(ends.get(Topic.named(p.topic())))[p.partition()] = end.offset());
        return ends;
    }
}

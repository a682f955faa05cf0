package io.ebbline.connector;

import io.ebbline.model.ModelVersion;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control topic from outside a job. */
public final class ControlTopic {

    private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);

    /** Brokers take a little more, unless they are told otherwise. */
    private static final int MOST_BYTES = 1_000_000;

    private static final Duration POLL = Duration.ofMillis(500);

    private ControlTopic() {}

    /**
     * The offset after the last record that is on the topic now; 0 when there is none.
     *
     * <p>Read to its end rather than asked for: the end offset of a topic written in transactions lies beyond the last
     * record.
     *
     * @throws TopicException when the brokers do not answer
     */
    public static long end(Properties client) {
        long[] end = {0};
        read(client, record -> end[0] = record.offset() + 1);
        return end[0];
    }

    /**
     * The versions that are on the topic now, modelId/version each.
     *
     * @throws TopicException when the brokers do not answer
     */
    public static Set<String> refs(Properties client) {
        Set<String> refs = new HashSet<>();
        read(client, record -> {
            if (record.key() != null) {
                refs.add(new String(record.key(), StandardCharsets.UTF_8));
            }
        });
        return refs;
    }

    /**
     * The model that was published last; empty when there is none. What the job's gate would refuse is none.
     *
     * @throws TopicException when the brokers do not answer
     */
    public static Optional<ScoringModel> newest(Properties client, SchemaRegistry registry) {
        ScoringModel newest = null;
        for (ModelVersion version : versions(client, registry)) {
            newest = version instanceof ScoringModel model ? model : newest;
        }
        return Optional.ofNullable(newest);
    }

    /**
     * Every version on the topic, of each name the first, in the order in which they were published. What the job's gate would
     * refuse is none.
     *
     * @throws TopicException when the brokers do not answer
     */
    public static List<ModelVersion> versions(Properties client, SchemaRegistry registry) {
        Map<String, ModelVersion> versions = new LinkedHashMap<>();
        read(client, record -> version(registry, record).ifPresent(v -> versions.putIfAbsent(v.ref(), v)));
        return List.copyOf(versions.values());
    }

    private static Optional<ModelVersion> version(SchemaRegistry registry, ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null || record.key() == null) {
                return Optional.empty();
            }
            ModelVersion version = AvroModels.read(registry, record.value());
            return version.ref().equals(new String(record.key(), StandardCharsets.UTF_8))
                    ? Optional.of(version)
                    : Optional.empty();
        } catch (AvroModels.InvalidModelException e) {
            LOG.warn("A record of the control topic is no model (offset {}): {}", record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Shows every record that is on the topic now, in order.
     *
     * @throws TopicException when the brokers do not answer
     */
    public static void read(Properties client, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        TopicPartition partition = new TopicPartition(Topic.SCORING_MODELS.topicName(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(client)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
            while (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
                consumer.poll(POLL).forEach(each);
            }
        } catch (KafkaException e) {
            throw new TopicException(
                    "The topic " + partition.topic() + " can't be read (" + e.getMessage()
                            + "): are the brokers up, and has `ebbline setup` been run?",
                    e);
        }
    }

    /**
     * Publishes a version, after the checks that the job's gate will make.
     *
     * @throws TopicException when it would not pass them, or the brokers do not take it
     */
    public static void publish(Properties client, SchemaRegistry registry, ModelVersion model) {
        byte[] value = checked(registry, model);
        Properties config = new Properties();
        config.putAll(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.SCORING_MODELS.topicName(), 0, model.ref().getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw new TopicException(model.ref() + " can't be published (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("Publishing " + model.ref() + " was interrupted: publish it again.", e);
        }
    }

    /**
     * Checks a version as the job's gate will, and whether brokers would take it; registers its schema if need be.
     *
     * @throws TopicException when it would not pass; the message says how to put it right
     */
    public static void check(SchemaRegistry registry, ModelVersion version) {
        checked(registry, version);
    }

    private static byte[] checked(SchemaRegistry registry, ModelVersion model) {
        byte[] value = AvroModels.write(registry, model);
        if (value.length > MOST_BYTES) {
            throw new TopicException(
                    String.format(
                            Locale.ROOT,
                            "%s takes %,d bytes, but brokers take records of up to %,d: publish it in several versions,"
                                    + " which add up where they are of a catalogue.",
                            model.ref(),
                            value.length,
                            MOST_BYTES),
                    null);
        }
        try {
            if (AvroModels.read(registry, value).equals(model)) {
                return value;
            }
        } catch (AvroModels.InvalidModelException e) {
            throw new TopicException(model.ref() + " would be refused: " + e.getMessage(), e);
        }
        throw new TopicException(model.ref() + " would be read as another one than it is.", null);
    }
}

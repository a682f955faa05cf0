package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes brokers and a registry ready for the job: topics, schemas, the shipped model. */
final class Setup {
    private final Settings settings;
    private final SchemaRegistry registry;

    Setup(Settings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
    }

    /** Kafka client properties of these settings, with {@code bootstrap.servers}. */
    static Properties client(Settings settings) {
        Properties client = settings.client().toProperties();
        client.setProperty("bootstrap.servers", settings.bootstrapServers());
        return client;
    }

    /**
     * Does what has not been done yet.
     *
     * @param replication copies of each record in a new topic; empty for the brokers' default
     * @param told what was done, a line each
     */
    void run(Optional<Short> replication, Consumer<String> told) {
        try (TopicAdmin admin = TopicAdmin.connect(client(settings))) {
            List<String> created = admin.createMissing(settings.partitions(), replication);
            told.accept(
                    created.isEmpty()
                            ? "All topics were there."
                            : "Created topics: " + String.join(", ", created) + ".");
            told.accept("Registered " + Schemas.registerAll(registry) + " schemas.");
            if (admin.isEmpty(Topic.SCORING_MODELS)) {
                ScoringModel model = ScoringModel.shipped();
                publish(model);
                told.accept("Published the model " + model.ref() + ".");
            } else {
                told.accept("There is a model already.");
            }
        }
    }

    private void publish(ScoringModel model) {
        Properties config = client(settings);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.SCORING_MODELS.topicName(),
                            model.ref().getBytes(StandardCharsets.UTF_8),
                            AvroModels.write(registry, model)))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandException(
                    "The model could not be published: Kafka said " + e.getCause() + ". Put that right and run setup"
                            + " again.",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while the model was published: run setup again.", e);
        }
    }
}

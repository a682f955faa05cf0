package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.connector.ControlTopic;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes brokers and a registry ready for the job: topics, schemas, the shipped model and contact policy. */
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
        run(replication, Optional.empty(), told);
    }

    /**
     * Does what has not been done yet, and publishes a model.
     *
     * @param own the model to publish; empty: the shipped one, when there is none yet
     */
    void run(Optional<Short> replication, Optional<ScoringModel> own, Consumer<String> told) {
        try (TopicAdmin admin = TopicAdmin.connect(client(settings))) {
            List<String> created = admin.createMissing(settings.partitions(), replication);
            told.accept(
                    created.isEmpty()
                            ? "All topics were there."
                            : "Created topics: " + String.join(", ", created) + ".");
            told.accept("Registered " + Schemas.registerAll(registry) + " schemas.");
            if (own.isPresent()) {
                publish(client(settings), registry, own.get(), told);
            } else if (created.contains(Topic.SCORING_MODELS.topicName()) || admin.isEmpty(Topic.SCORING_MODELS)) {
                publish(client(settings), registry, ScoringModel.shipped(), told);
            } else {
                told.accept("There is a model already.");
            }
            if (ControlTopic.versions(client(settings), registry).stream().noneMatch(OfferPolicy.class::isInstance)) {
                ControlTopic.publish(client(settings), registry, OfferPolicy.shipped());
                told.accept(
                        "Published the contact policy " + OfferPolicy.shipped().ref() + ".");
            }
        }
    }

    /**
     * Publishes those of some versions that are not there yet.
     *
     * @param told what was done, a line
     */
    void publishMissing(List<ModelVersion> versions, Consumer<String> told) {
        Set<String> refs = ControlTopic.refs(client(settings));
        List<ModelVersion> missing = versions.stream()
                .filter(version -> !refs.contains(version.ref()))
                .toList();
        for (ModelVersion version : missing) {
            ControlTopic.publish(client(settings), registry, version);
        }
        if (!missing.isEmpty()) {
            told.accept("Published " + missing.stream().map(ModelVersion::ref).collect(Collectors.joining(", ")) + ".");
        }
    }

    /**
     * Publishes a model.
     *
     * @throws CommandException when its version is there already
     */
    static void publish(Properties client, SchemaRegistry registry, ScoringModel model, Consumer<String> told) {
        if (ControlTopic.refs(client).contains(model.ref())) {
            throw new CommandException(taken(model.ref()), null);
        }
        ControlTopic.publish(client, registry, model);
        told.accept("Published the model " + model.ref() + ".");
    }

    /** What to say of a version that is there already. */
    static String taken(String ref) {
        return "The model " + ref + " is on " + Topic.SCORING_MODELS.topicName()
                + " already, and a version is never changed: give this one another version.";
    }
}

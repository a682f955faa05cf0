package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.connector.ControlTopic;
import io.ebbline.connector.KeyedRecords;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.model.ModelTimeline;
import io.ebbline.operator.ModelAdmission;
import io.ebbline.wire.AvroModels.InvalidModelException;
import io.ebbline.wire.EventDecoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * All that the topics hold of a customer, and the models.
 *
 * @param records of the input topics and of the moves between customers, decoded
 * @param reached as-of of the newest answer beside the customer's own; {@link #NOWHERE} when there is none
 * @param score value of the newest answer of the customer; null when there is none or it was taken back
 */
record CustomerTopics(List<Incoming> records, ModelTimeline models, long reached, byte @Nullable [] score) {

    /** The job has said nothing yet. */
    static final long NOWHERE = Long.MIN_VALUE;

    /** How many records lie between two lines of progress. */
    private static final long STEP = 250_000;

    /**
     * Reads them.
     *
     * @param everywhere whether the input topics' other partitions are read too
     * @param told progress, a line each
     * @throws CommandException when there is no model
     * @throws io.ebbline.connector.TopicException when a topic is missing or the brokers do not answer
     */
    static CustomerTopics read(
            Settings settings, SchemaRegistry registry, String customer, boolean everywhere, Consumer<String> told) {
        var client = Setup.client(settings);
        String currency = settings.currency().getCurrencyCode();
        try (TopicAdmin admin = TopicAdmin.connect(client)) {
            if (admin.isEmpty(Topic.SCORING_MODELS)) {
                throw new CommandException(
                        "The topic " + Topic.SCORING_MODELS.topicName() + " holds no model: nothing has been scored.",
                        null);
            }
        }
        EventDecoder decoder =
                new EventDecoder(registry, currency, settings.futureTolerance().toMillis());
        List<Incoming> records = new ArrayList<>();
        Newest newest = new Newest();
        try (KeyedRecords topics =
                new KeyedRecords(client, customer.getBytes(StandardCharsets.UTF_8), new Told(told))) {
            // The answers first, the models last: what comes meanwhile is newer than what the answers reached.
            topics.read(
                    settings.outputPrefix() + Topic.CUSTOMER_SCORES.topicName(),
                    false,
                    record -> newest.take(record, topics.isOurs(record)));
            for (Topic topic : Topic.inputs()) {
                records.addAll(topics.decoded(topic, everywhere, decoder));
            }
            records.addAll(topics.decoded(Topic.CUSTOMER_MOVES, everywhere, decoder));
        }
        ModelTimeline models = models(settings, registry, currency);
        return new CustomerTopics(List.copyOf(records), models, newest.reached, newest.score);
    }

    /** As the gate of a job that starts now would have them: a record that it would refuse is none. */
    private static ModelTimeline models(Settings settings, SchemaRegistry registry, String currency) {
        ModelTimeline models = new ModelTimeline();
        List<String> refused = new ArrayList<>();
        ControlTopic.read(Setup.client(settings), record -> {
            try {
                ModelAdmission admitted =
                        ModelAdmission.of(registry, currency, record.key(), record.value(), record.timestamp(), true);
                models.add(admitted.version(), admitted.effectiveAt());
            } catch (InvalidModelException e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        });
        if (models.isEmpty()) {
            throw new CommandException(
                    "No record of " + Topic.SCORING_MODELS.topicName() + " is a model that the job would take. "
                            + String.join(" ", refused),
                    null);
        }
        return models;
    }

    private static final class Newest {
        private long reached = NOWHERE;
        private byte @Nullable [] score;

        /** An answer's as-of is its record's time. */
        void take(ConsumerRecord<byte[], byte[]> record, boolean ours) {
            reached = Math.max(reached, record.timestamp());
            if (ours) {
                score = record.value();
            }
        }
    }

    /** Tells of a topic when it has been read, and of a large one on the way. */
    private static final class Told implements KeyedRecords.Progress {
        private final Consumer<String> told;
        private long next = STEP;

        Told(Consumer<String> told) {
            this.told = told;
        }

        @Override
        public void at(String topic, long read, long all) {
            if (read == all || read >= next) {
                told.accept("Read %,d of %,d records of %s.".formatted(read, all, topic));
                next = read == all ? STEP : read + STEP;
            }
        }
    }
}

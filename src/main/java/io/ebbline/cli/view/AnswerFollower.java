package io.ebbline.cli.view;

import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the output topics from their beginning, committed records only, and tells a {@link LiveState}. */
public final class AnswerFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerFollower.class);
    private static final List<Topic> TOPICS = List.of(
            Topic.CUSTOMER_SCORES,
            Topic.LIFECYCLE_TRANSITIONS,
            Topic.CHURN_SIGNALS,
            Topic.NEXT_BEST_OFFERS,
            Topic.OFFER_STATS,
            Topic.REJECTED_EVENTS);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STOP_MILLIS = 5_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Answers answers;
    private final LiveState state;
    private final String reasonHeader;
    private final Thread thread = new Thread(this::run, "answers");
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile boolean endWanted;
    private volatile boolean stopped;

    private AnswerFollower(
            KafkaConsumer<byte[], byte[]> consumer, Answers answers, LiveState state, String reasonHeader) {
        this.consumer = consumer;
        this.answers = answers;
        this.state = state;
        this.reasonHeader = reasonHeader;
    }

    /**
     * Starts to follow.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     * @param schemas the text of a schema by its id; empty when it is not known
     * @param reasonHeader the header in which a rejected event carries its reason
     */
    public static AnswerFollower start(
            Properties client, IntFunction<Optional<String>> schemas, LiveState state, String reasonHeader) {
        Properties config = new Properties();
        config.putAll(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        AnswerFollower follower = new AnswerFollower(consumer, new Answers(schemas), state, reasonHeader);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** Waits until what has been committed so far is told, some seconds at most. For use once, at the end. */
    public void catchUp() {
        endWanted = true;
        try {
            if (!caughtUp.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The live view's last picture may lack the last answers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops following. */
    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
                if (endWanted && isAtEnd()) {
                    caughtUp.countDown();
                }
            }
        } catch (WakeupException e) {
            LOG.debug("Told to stop", e);
        } catch (IOException | RuntimeException e) {
            LOG.error("The live view can't read the answers any more", e);
            state.phase("the live view lost its answers: see the log");
        }
    }

    private boolean isAtEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        switch (Topic.named(record.topic())) {
            case CUSTOMER_SCORES -> score(record);
            case LIFECYCLE_TRANSITIONS -> {
                if (record.value() != null) {
                    told(record).map(AnswerRecords::transition).ifPresent(state::transition);
                }
            }
            case CHURN_SIGNALS -> {
                if (record.value() != null) {
                    told(record).map(AnswerRecords::signal).ifPresent(state::signal);
                }
            }
            case NEXT_BEST_OFFERS -> {
                if (record.value() != null) {
                    state.offer(AnswerRecords.offer(answers.read(record.value())));
                }
            }
            case OFFER_STATS -> {
                if (record.value() != null) {
                    GenericRecord tick = answers.read(record.value());
                    String offer = tick.get("offerId").toString();
                    state.ended(offer, AnswerRecords.sum(tick, "offers"), AnswerRecords.sum(tick, "taken"));
                }
            }
            default -> state.rejected(refusal(record));
        }
    }

    /** What is told; empty: something is taken back, of which the view has no line. */
    private Optional<GenericRecord> told(ConsumerRecord<byte[], byte[]> record) throws IOException {
        GenericRecord read = answers.read(record.value());
        return read.getSchema().getName().equals("Correction") ? Optional.empty() : Optional.of(read);
    }

    private void score(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String customer = new String(record.key(), StandardCharsets.UTF_8);
        state.score(customer, record.value() == null ? null : AnswerRecords.standing(answers.read(record.value())));
    }

    private String refusal(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(reasonHeader);
        return header == null ? "unknown" : new String(header.value(), StandardCharsets.UTF_8);
    }
}

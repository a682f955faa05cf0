package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.connector.feed.FeedPlan.Step;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a feed to the input topics, in order of arrival, with clock records. The topics must belong to this feed alone.
 *
 * <p>A feed that ended early, for whatever reason but a record that Kafka refused, goes on when the same records are fed
 * again with the same options: each partition gets the same sequence every time, and the producer writes it in order without
 * gaps or repetitions, so the number of records that a partition holds tells where to go on.
 */
public final class Feeder implements AutoCloseable {

    private static final long PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

    private final Producer<byte[], byte[]> producer;
    private final TopicEnds ends;
    private final RecordEncoder encoder;
    private final FeedOptions options;
    private final Consumer<FeedProgress> listener;
    private final CountDownLatch stop = new CountDownLatch(1);

    Feeder(
            Producer<byte[], byte[]> producer,
            TopicEnds ends,
            RecordEncoder encoder,
            FeedOptions options,
            Consumer<FeedProgress> listener) {
        this.producer = producer;
        this.ends = ends;
        this.encoder = encoder;
        this.options = options;
        this.listener = listener;
    }

    /**
     * A feeder for a cluster.
     *
     * @param clientConfig Kafka client settings, {@code bootstrap.servers} among them, security where needed
     * @param encoder used by the thread that feeds
     * @param listener told by the thread that feeds: at every round of clock records, and at the end
     */
    public static Feeder connect(
            Map<String, Object> clientConfig,
            RecordEncoder encoder,
            FeedOptions options,
            Consumer<FeedProgress> listener) {
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(producerConfig(clientConfig), new ByteArraySerializer(), new ByteArraySerializer());
        return new Feeder(producer, TopicEnds.of(clientConfig), encoder, options, listener);
    }

    static Map<String, Object> producerConfig(Map<String, Object> clientConfig) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // A record given up on would leave a gap, with later ones behind it: the feeder gives up as a whole instead.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        // On a topic made a moment ago a second request may be taken before the first, which is refused from then on.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
        // The broker's own default: what is bigger is refused here, before anything behind it has been sent. The
        // biggest
        // invoice known, of 1,114 lines, takes a tenth of it.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        return config;
    }

    /**
     * Feeds what the topics do not hold yet. Returns when all of it has been acknowledged, or soon after {@link #stop}.
     *
     * @param records in order of arrival
     * @param end where the last clock records take a reader's watermark, milliseconds since the epoch
     * @throws FeedException when Kafka fails or refuses a record, or the topics hold something else
     * @throws IllegalArgumentException when the records are not in order of arrival
     */
    public FeedProgress feed(Iterable<FeedRecord> records, long end) {
        FeedPlan plan = new FeedPlan(records.iterator(), end, ends.read(), options);
        Acknowledgements answers = new Acknowledgements();
        try {
            return run(plan, answers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedException("The feed was interrupted. Start it again: it goes on where it stopped.", e);
        }
    }

    /** Ends the feed after the record at hand; from any thread, also before it starts. A stopped feeder stays stopped. */
    public void stop() {
        stop.countDown();
    }

    /** Lets go of Kafka. For when {@link #feed} has returned or thrown; {@link #stop} ends one that runs. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private FeedProgress run(FeedPlan plan, Acknowledgements answers) throws InterruptedException {
        long sent = 0;
        long events = 0;
        long reached = Long.MIN_VALUE;
        Pace pace = null;
        boolean finished = false;
        while (stop.getCount() > 0) {
            answers.check();
            Step step = plan.poll();
            if (step == null) {
                events = plan.events();
                finished = true;
                break;
            }
            events = plan.events() - (step.record() == null ? 0 : 1);
            if (pace == null) {
                pace = new Pace(options.speed(), step.arrival(), plan.events(), System.nanoTime());
            }
            long wait = pace.nanosUntil(step.arrival(), plan.events(), System.nanoTime());
            if (wait > 0 && stop.await(wait, TimeUnit.NANOSECONDS)) {
                break;
            }
            send(step, answers);
            sent++;
            events = plan.events();
            reached = step.arrival();
            if (step.record() == null && step.partition() == 0 && step.topic().equals(Topic.PURCHASES)) {
                listener.accept(new FeedProgress(events, sent, plan.skipped(), reached, false));
            }
        }
        answers.await(PATIENCE_MILLIS);
        FeedProgress progress = new FeedProgress(events, sent, plan.skipped(), reached, finished);
        listener.accept(progress);
        return progress;
    }

    private void send(Step step, Acknowledgements answers) {
        FeedRecord record = step.record();
        String customer = record == null ? null : record.customer();
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                step.topic().topicName(),
                step.partition(),
                record == null ? step.arrival() : record.recordTime(),
                customer == null ? null : customer.getBytes(StandardCharsets.UTF_8),
                record == null ? encoder.clock(step.topic(), step.arrival()) : encoder.value(record));
        answers.sending();
        try {
            // The callback tells how it went.
            Future<RecordMetadata> unused =
                    producer.send(message, (metadata, error) -> answers.answer(step, metadata, error));
        } catch (InterruptException e) {
            throw new FeedException("The feed was interrupted. Start it again: it goes on where it stopped.", e);
        } catch (KafkaException e) {
            throw Acknowledgements.refused(step, e);
        }
    }
}

package io.ebbline.cli;

import io.ebbline.cli.view.Answers;
import io.ebbline.config.QuietMode;
import io.ebbline.config.Settings;
import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.event.Event;
import io.ebbline.job.ScoringJob;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from an event's creation until a consumer has the answer: the live job, all of it, at a steady rate.
 *
 * <p>Producer, broker, job and consumer share the machine and its clock.
 */
final class LatencyBench implements AutoCloseable {

    /** What was measured, and how many events a second were really sent. */
    record Result(Latencies previews, Latencies answers, double perSecond) {}

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration QUIET_AFTER = Duration.ofSeconds(2);
    private static final Duration PACE = Duration.ofMillis(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private final BenchLoad load;
    private final Settings settings;
    private final Console console;
    private final Interrupts interrupts;
    private final BenchPlatform platform;
    private final ConfluentRegistry registry;
    private final Latencies previews = new Latencies();
    private final Latencies answers = new Latencies();
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    private LatencyBench(
            BenchLoad load,
            Settings settings,
            Console console,
            Interrupts interrupts,
            BenchPlatform platform,
            ConfluentRegistry registry) {
        this.load = load;
        this.settings = settings;
        this.console = console;
        this.interrupts = interrupts;
        this.platform = platform;
        this.registry = registry;
    }

    static LatencyBench start(BenchLoad load, Settings wanted, Console console, Interrupts interrupts) {
        BenchPlatform platform = BenchPlatform.start(wanted, console);
        Settings settings = Settings.builder()
                .bootstrapServers(platform.bootstrap())
                .registryUrl(platform.registryUrl())
                .jobName("bench-latency")
                .parallelism(wanted.parallelism())
                .checkpointInterval(wanted.checkpointInterval())
                .cacheCustomers(wanted.cacheCustomers())
                .quietMode(QuietMode.LIVE)
                .quietAfter(QUIET_AFTER)
                .currency(Currency.getInstance(BenchLoad.CURRENCY))
                .previews(true)
                .build();
        return new LatencyBench(load, settings, console, interrupts, platform, platform.prepare(settings));
    }

    /** Sends events for a while and waits for their answers. */
    Result run(int rate, Duration time) {
        RunningJob job = platform.submit(ScoringJob::define, settings);
        awaitStart(job);
        Thread reader = new Thread(this::read, "latencies");
        reader.setDaemon(true);
        reader.start();
        console.line("Sending %,d events a second for %d s."
                .formatted(rate, WARM_UP.plus(time).toSeconds()));
        double perSecond = send(rate, time);
        Duration patience = settings.lateness()
                .plus(QUIET_AFTER)
                .plus(settings.checkpointInterval().multipliedBy(2))
                .plus(WARM_UP);
        long giveUp = System.nanoTime() + patience.toNanos();
        while (!answers.isDone() && System.nanoTime() < giveUp && !interrupts.await(BenchPlatform.GLANCE)) {
            job.requireAlive();
            requireRead();
        }
        stopped = true;
        return new Result(previews, answers, perSecond);
    }

    private void awaitStart(RunningJob job) {
        while (!job.isWhole()) {
            job.requireAlive();
            requireGoOn(interrupts.await(BenchPlatform.GLANCE));
        }
    }

    /** Returns how many events a second were sent while it counted. */
    private double send(int rate, Duration time) {
        Properties config = Setup.client(settings);
        config.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        RecordEncoder encoder = new AvroRecordEncoder(registry);
        BenchLoad.Draw draw = load.draw();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            long start = System.nanoTime();
            long end = WARM_UP.plus(time).toNanos();
            long sent = 0;
            long sentBefore = -1;
            for (long passed = 0; passed < end; passed = System.nanoTime() - start) {
                if (sentBefore < 0 && passed >= WARM_UP.toNanos()) {
                    sentBefore = sent;
                    previews.countFrom(System.currentTimeMillis());
                    answers.countFrom(System.currentTimeMillis());
                }
                for (long due = (long) (passed / 1e9 * rate); sent < due; sent++) {
                    send(producer, encoder, draw.next(System.currentTimeMillis()));
                }
                requireRead();
                requireGoOn(interrupts.await(PACE));
            }
            return (sent - Math.max(0, sentBefore)) / ((System.nanoTime() - start - WARM_UP.toNanos()) / 1e9);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, RecordEncoder encoder, FeedRecord record) {
        String customer = Objects.requireNonNull(record.customer());
        Event event = Objects.requireNonNull(record.event());
        previews.made(customer, event.time());
        answers.made(customer, event.time());
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(
                        record.topic().topicName(),
                        null,
                        event.time(),
                        customer.getBytes(StandardCharsets.UTF_8),
                        encoder.event(record.topic(), customer, event)),
                (sent, refused) -> failure = refused == null ? failure : refused);
    }

    private void read() {
        Properties config = Setup.client(settings);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        Answers records = new Answers(registry::schema);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(Topic.CUSTOMER_SCORE_PREVIEWS, Topic.CUSTOMER_SCORES).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!stopped) {
                var batch = consumer.poll(POLL);
                long now = System.currentTimeMillis();
                for (ConsumerRecord<byte[], byte[]> record : batch) {
                    boolean preview = record.topic().equals(Topic.CUSTOMER_SCORE_PREVIEWS.topicName());
                    (preview ? previews : answers)
                            .answered(
                                    new String(record.key(), StandardCharsets.UTF_8),
                                    records.asOf(record.value()),
                                    now);
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void requireRead() {
        Exception failed = failure;
        if (failed != null) {
            throw new CommandException("Kafka failed (" + failed + ").", failed);
        }
    }

    private static void requireGoOn(boolean interrupted) {
        if (interrupted) {
            throw new CommandException("The benchmark was interrupted.", null);
        }
    }

    @Override
    public void close() {
        stopped = true;
        platform.close();
    }
}

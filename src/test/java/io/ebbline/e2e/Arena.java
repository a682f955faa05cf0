package io.ebbline.e2e;

import io.ebbline.config.QuietMode;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.ControlTopic;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.WrittenRecords;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.connector.feed.TopicByTopic;
import io.ebbline.job.ScoringJob;
import io.ebbline.model.ScoringModel;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.Checkpoints;
import io.ebbline.platform.JobMetrics;
import io.ebbline.platform.Platform;
import io.ebbline.platform.PlatformSettings;
import io.ebbline.testing.Await;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A real broker, registry and Flink session for tests, with the steps that every run takes. Closed, it still holds much of what its
 * jobs held: a static field lets go of it.
 */
final class Arena implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Platform platform;
    private final Configuration flink;
    private final Path dir;
    private final List<JobID> jobs = new ArrayList<>();
    private int run;

    private Arena(Platform platform, Configuration flink, Path dir) {
        this.flink = flink;
        this.platform = platform;
        this.dir = dir;
    }

    static Arena start(Path dir) {
        Configuration flink = GlobalConfiguration.loadConfiguration(
                Path.of("flink-conf").toAbsolutePath().toString());
        flink.setString("taskmanager.memory.managed.size", "256m");
        flink.setString("taskmanager.memory.network.min", "128m");
        flink.setString("taskmanager.memory.network.max", "128m");
        flink.setString("restart-strategy.exponential-delay.initial-backoff", "100 ms");
        Platform platform = Platform.start(
                new PlatformSettings(dir, Path.of("target/registry"), "BACKWARD", 0, 0, 0, 1, 8, flink), message -> {});
        return new Arena(platform, flink, dir);
    }

    String bootstrap() {
        return platform.broker().bootstrap();
    }

    String registryUrl() {
        return platform.registry().url();
    }

    ConfluentRegistry registry() {
        return new ConfluentRegistry(registryUrl(), Map.of());
    }

    Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", bootstrap());
        return client;
    }

    /** Empty topics, registered schemas, the shipped model. */
    void reset() {
        jobs.stream()
                .filter(job -> !platform.cluster().status(job).isGloballyTerminalState())
                .forEach(platform.cluster()::cancel);
        jobs.clear();
        try (TopicAdmin admin = TopicAdmin.connect(client())) {
            admin.deleteAll();
            admin.createMissing(PARTITIONS, Optional.empty());
        }
        Schemas.registerAll(registry());
        ControlTopic.publish(client(), registry(), ScoringModel.shipped());
        run++;
    }

    SettingsBuilder settings(long end, String currency, int parallelism) {
        return Settings.builder()
                .bootstrapServers(bootstrap())
                .registryUrl(registryUrl())
                .jobName("test-" + run)
                .runId("run-" + run)
                .parallelism(parallelism)
                .quietMode(QuietMode.CLOCKED)
                .until(Instant.ofEpochMilli(end))
                .currency(Currency.getInstance(currency))
                .checkpointInterval(Duration.ofSeconds(1))
                .partitions(PARTITIONS)
                .reportDir(reportDir());
    }

    Path reportDir() {
        return dir.resolve("report-" + run);
    }

    JobID submit(Settings settings, Optional<Path> restoreFrom) {
        return submit(env -> ScoringJob.define(env, settings), restoreFrom);
    }

    /** Repeats a span of history. */
    JobID replay(Settings settings, ReplaySpan span, Optional<Path> restoreFrom) {
        return submit(env -> ScoringJob.replay(env, settings, span), restoreFrom);
    }

    private JobID submit(Consumer<StreamExecutionEnvironment> definition, Optional<Path> restoreFrom) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        definition.accept(env);
        JobID job = platform.cluster().submit(env.getStreamGraph(), restoreFrom);
        jobs.add(job);
        return job;
    }

    void feed(List<FeedRecord> records, long end) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", bootstrap());
        try (Feeder feeder =
                Feeder.connect(client, new AvroRecordEncoder(registry()), FeedOptions.defaults(), progress -> {})) {
            feeder.feed(records, end);
        }
    }

    /** Sends records in the order given, then a clock to every partition of the topics. */
    void send(List<FeedRecord> records, List<Topic> clocked, long clock) {
        TopicByTopic.send(client(), new AvroRecordEncoder(registry()), records, clocked, clock);
    }

    /** A clock that takes the watermark to an instant. */
    static long clockFor(long watermark) {
        return watermark + FeedOptions.defaults().lateness() + 1;
    }

    /** Waits until the job has completed a checkpoint from now on. */
    void awaitNextCheckpoint(JobID job) {
        Optional<Path> before = newestCheckpoint(job);
        Await.until(
                "the next checkpoint is complete", () -> !newestCheckpoint(job).equals(before));
    }

    Optional<Path> newestCheckpoint(JobID job) {
        return Checkpoints.newest(platform.checkpoints().resolve(job.toHexString()));
    }

    void awaitApplied(JobID job, long events) {
        JobMetrics metrics = new JobMetrics(platform.cluster().webUrl());
        String applied = MetricNames.gauge(MetricNames.APPLIED);
        Await.until(
                events + " events are applied",
                () -> metrics.sum(job, MetricNames.OPERATOR, applied).orElse(0) >= events);
    }

    void awaitWatermark(JobID job, long end) {
        JobMetrics metrics = new JobMetrics(platform.cluster().webUrl());
        Await.until("the watermark has reached the end", () -> {
            JobStatus status = platform.cluster().status(job);
            if (status.isGloballyTerminalState()) {
                throw new AssertionError(
                        "The job is " + status, platform.cluster().failure(job).orElse(null));
            }
            OptionalLong watermark = metrics.min(job, MetricNames.OPERATOR, MetricNames.WATERMARK);
            return watermark.isPresent() && watermark.getAsLong() >= end;
        });
    }

    Platform platform() {
        return platform;
    }

    Path drain(JobID job) {
        return platform.cluster().stopWithSavepoint(job, platform.savepoints(), true);
    }

    /** Stops the job with a savepoint that another one can go on from. */
    Path stop(JobID job) {
        return platform.cluster().stopWithSavepoint(job, platform.savepoints(), false);
    }

    /** Lines of the final report that begin with a letter and a comma, without them, sorted. */
    List<String> report(char kind) {
        try (Stream<Path> files = Files.walk(reportDir())) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.charAt(0) == kind)
                        .map(line -> line.substring(2))
                        .forEach(lines::add);
            }
            lines.sort(null);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counters of the final report, added over subtasks. */
    Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        for (String line : report('N')) {
            int comma = line.lastIndexOf(',');
            counters.merge(line.substring(0, comma), Long.parseLong(line.substring(comma + 1)), Long::sum);
        }
        return counters;
    }

    /** Every record of a topic. */
    List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        return read(topic.topicName());
    }

    /** Every record of a topic by its name. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return WrittenRecords.read(client(), List.of(topic));
    }

    @Override
    public void close() {
        platform.close();
    }
}

package io.ebbline.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.cli.Main;
import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.ReplayArchives;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.archive.Archive;
import io.ebbline.connector.archive.ArchiveException;
import io.ebbline.connector.archive.ArchiveScan;
import io.ebbline.connector.archive.Stretch;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.ShopWriter;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.JobMetrics;
import io.ebbline.testing.Await;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** History of which the topics have lost the older half, repeated from its archive: the same answers as when it was live. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveReplayTest {
    private static final List<Topic> EVENTS = List.of(
            Topic.CHURN_SIGNALS,
            Topic.LIFECYCLE_TRANSITIONS,
            Topic.NEXT_BEST_OFFERS,
            Topic.SCORE_CHANGES,
            Topic.LIFECYCLE_FUNNEL,
            Topic.POPULATION_STATS,
            Topic.OFFER_STATS);

    private static final FeedOptions FEED = FeedOptions.defaults();
    private static final Duration LATENESS = Duration.ofMillis(FEED.lateness());

    private final History plain = shop();
    private final History history = plain.shuffled(FEED.lateness(), 5);
    private final Map<String, List<String>> liveEvents = new HashMap<>();
    private final Map<TopicPartition, Long> kept = new HashMap<>();
    private Map<String, String> liveScores = Map.of();
    private Path dir = Path.of("");
    private Arena arena;

    private static History shop() {
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.02, 0.1, 0, 0, 0.01, 0.002, 0.002, 0.2);
        return new SimulatedShop(11, 50, 200, Instant.parse("2024-01-01T00:00:00Z"), rates).history();
    }

    /** A live run, the topics archived in its middle, and what was archived deleted after it. */
    @BeforeAll
    void score(@TempDir Path temporary) throws Exception {
        dir = temporary;
        arena = Arena.start(dir);
        arena.reset();
        JobID live = arena.submit(settings("live").build(), Optional.empty());
        feedUpTo(history.records().size() / 2);
        assertThat(archive()).contains("Archived ").contains("purchases:0: ");
        arena.feed(history.records(), history.end());
        awaitEnd(live, history.end());
        arena.stop(live);
        liveScores = scores("");
        EVENTS.forEach(topic -> liveEvents.put(topic.topicName(), lines(topic.topicName())));
        topics().stretches().forEach((partition, stretch) -> kept.put(partition, stretch.end()));
        deleteBefore(kept);
    }

    @AfterAll
    void stop() {
        arena.close();
    }

    @Test
    @Order(1)
    void theTopicsAloneHaveHalfOfIt() {
        long all = span(null).offsets();
        assertThat(find(null, ReplayArchives.NONE).offsets()).isBetween(all / 4, all * 3 / 4);
        assertThat(liveScores).hasSizeGreaterThan(40);
        liveEvents.forEach((topic, lines) ->
                assertThat(lines).as(topic).hasSizeGreaterThan(40).doesNotHaveDuplicates());
    }

    @Test
    @Order(2)
    void theSameIsSaidFromTheArchiveAndTheTopics() {
        ReplaySpan span = span(null);
        assertThat(span.end()).isEqualTo(history.end());
        prepare("shadow-");
        JobID job = arena.replay(replaySettings("shadow-", span, 3).build(), span, Optional.empty());
        awaitEnd(job, span.end());
        Path savepoint = arena.stop(job);
        assertSameAnswers("shadow-");
        assertThat(inputs(SourcePositions.of(savepoint))).isEqualTo(inputs(span.to()));
    }

    /** No timing makes a small replay stop in the middle of a file: this one ends there. */
    @Test
    @Order(3)
    void aReplayGoesOnInTheMiddleOfFiles() {
        ReplaySpan all = span(null);
        long early = history.records().get(history.records().size() / 4).arrival();
        Map<TopicPartition, Long> to = new HashMap<>(all.to());
        to.putAll(inputs(
                ArchiveScan.of(topics(), null, early + LATENESS.toMillis() + 1).until()));
        ReplaySpan quarter = new ReplaySpan(all.from(), to, early, all.archives());
        prepare("middle-");
        JobID first = arena.replay(replaySettings("middle-", quarter, 2).build(), quarter, Optional.empty());
        awaitEnd(first, early);
        Path savepoint = arena.stop(first);
        assertThat(inTheMiddle(SourcePositions.of(savepoint))).isEqualTo(12);

        Settings settings =
                replaySettings("middle-", all, 3).runId("run-middle-2").build();
        JobID second = arena.replay(settings, all, Optional.of(savepoint));
        arena.awaitNextCheckpoint(second);
        arena.platform().cluster().cancel(second);
        JobID third = arena.replay(settings, all, arena.newestCheckpoint(second));
        awaitEnd(third, all.end());
        arena.stop(third);
        assertSameAnswers("middle-");
    }

    @Test
    @Order(4)
    void theLiveJobGoesOnFromTheSavepoint() {
        long late = history.records().get(history.records().size() * 3 / 4).arrival();
        ReplaySpan most = span(Instant.ofEpochMilli(late));
        assertThat(most.offsets()).isLessThan(span(null).offsets());
        prepare("most-");
        JobID first = arena.replay(replaySettings("most-", most, 2).build(), most, Optional.empty());
        awaitEnd(first, late);
        Path savepoint = arena.stop(first);
        assertThat(inputs(SourcePositions.of(savepoint))).isEqualTo(inputs(most.to()));

        JobID live = arena.submit(
                settings("most-live").outputPrefix("most-").parallelism(3).build(), Optional.of(savepoint));
        awaitEnd(live, history.end());
        arena.stop(live);
        assertSameAnswers("most-");
    }

    @Test
    @Order(5)
    void whatCannotBeOneHistoryIsRefused() throws Exception {
        long early = history.records().get(history.records().size() / 4).arrival();
        assertThatThrownBy(() -> span(Instant.ofEpochMilli(early)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("no live job could go on from there")
                .hasMessageContaining("purchases:0 at ");
        ReplaySpan late =
                ReplaySpan.find(arena.client(), Instant.ofEpochMilli(early), Map.of(), null, LATENESS, open("archive"));
        assertThat(late.offsets()).isBetween(1L, span(null).offsets() - 1);
        assertThat(late.from().get(purchases())).isPositive().isLessThan(kept.get(purchases()));
        ReplaySpan given =
                ReplaySpan.find(arena.client(), null, Map.of("purchases:0", 3L), null, LATENESS, open("archive"));
        assertThat(given.offsets()).isEqualTo(span(null).offsets() - 3);

        long end = kept.get(purchases());
        deleteBefore(Map.of(purchases(), end + 5));
        assertThatThrownBy(() -> span(null))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("purchases:0: the archive ends before offset " + end)
                .hasMessageContaining("a gap of 5 offsets");
        assertThat(archive()).contains("a gap of 5 offsets");

        Path file = Path.of(topics().stretches().get(purchases()).files().get(0).path());
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
        assertThatThrownBy(() -> span(null)).isInstanceOf(ArchiveException.class);
    }

    /** A history of which the first half never was on Kafka, but for its last days. */
    @Test
    @Order(6)
    void aHistoryFromAFileIsFollowedByTheTopics() throws IOException {
        arena.reset();
        List<FeedRecord> records = plain.records();
        long middle = records.get(records.size() / 2).arrival();
        Path file = dir.resolve("shop.jsonl");
        try (ShopWriter writer = new ShopWriter(file)) {
            for (FeedRecord record : records) {
                if (record.arrival() <= middle) {
                    writer.write(record);
                }
            }
        }
        assertThat(ebbline("archive", "--input", file.toString(), "--format", "shop", "--dir", at("history")))
                .contains("Archived ");
        long overlap = middle - Duration.ofDays(3).toMillis();
        List<FeedRecord> fed =
                records.stream().filter(record -> record.arrival() > overlap).toList();
        arena.feed(fed, history.end());

        ReplaySpan span = find(null, open("history"));
        assertThat(span.end()).isEqualTo(history.end());
        prepare("file-");
        Settings settings = replaySettings("file-", span, 2).build();
        JobID first = arena.replay(settings, span, Optional.empty());
        arena.awaitNextCheckpoint(first);
        arena.platform().cluster().cancel(first);
        JobID second = arena.replay(settings, span, arena.newestCheckpoint(first));
        awaitEnd(second, span.end());
        Path savepoint = arena.stop(second);
        assertSameAnswers("file-");
        assertThat(inputs(SourcePositions.of(savepoint))).isEqualTo(inputs(span.to()));

        assertThatThrownBy(() -> find(Instant.ofEpochMilli(middle - 1_000_000), open("history")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("--until lies before the end of the history");
        assertThatThrownBy(() -> ReplayArchives.open(List.of(dir.resolve("history"), dir.resolve("history"))))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("second archive of its kind");
    }

    // ---- steps

    private static TopicPartition purchases() {
        return new TopicPartition("purchases", 0);
    }

    private String at(String name) {
        return dir.resolve(name).toString();
    }

    private String archive() {
        return ebbline("archive", "--dir", at("archive"));
    }

    /** What a command says. */
    private String ebbline(String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--bootstrap-servers", arena.bootstrap(), "--registry", arena.registryUrl()));
        StringWriter out = new StringWriter();
        Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(args.toArray(String[]::new));
        return out.toString();
    }

    private Archive topics() {
        return Archive.open(dir.resolve("archive"));
    }

    private ReplayArchives open(String name) {
        ReplayArchives archives = ReplayArchives.open(List.of(dir.resolve(name)));
        archives.requireSchemas(arena.registry());
        return archives;
    }

    private ReplaySpan span(@Nullable Instant until) {
        return find(until, open("archive"));
    }

    private ReplaySpan find(@Nullable Instant until, ReplayArchives archives) {
        return ReplaySpan.find(arena.client(), null, Map.of(), until, LATENESS, archives);
    }

    /** How many partitions stand inside a file of the archive. */
    private long inTheMiddle(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Stretch> stretches = topics().stretches();
        return positions.entrySet().stream()
                .filter(position -> stretches.containsKey(position.getKey()))
                .filter(position ->
                        position.getValue() > stretches.get(position.getKey()).begin()
                                && position.getValue()
                                        < stretches.get(position.getKey()).end())
                .count();
    }

    private static Map<TopicPartition, Long> inputs(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> inputs = new HashMap<>(positions);
        List<String> names = Topic.inputs().stream().map(Topic::topicName).toList();
        inputs.keySet().removeIf(partition -> !names.contains(partition.topic()));
        return inputs;
    }

    private void feedUpTo(long events) {
        AtomicReference<Feeder> running = new AtomicReference<>();
        try (Feeder feeder = Feeder.connect(
                Map.of("bootstrap.servers", arena.bootstrap()),
                new AvroRecordEncoder(arena.registry()),
                FEED,
                progress -> {
                    if (progress.events() >= events) {
                        running.get().stop();
                    }
                })) {
            running.set(feeder);
            feeder.feed(history.records(), history.end());
        }
    }

    private void deleteBefore(Map<TopicPartition, Long> offsets) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(arena.client())) {
            admin.deleteRecords(offsets.entrySet().stream()
                            .collect(toMap(
                                    Map.Entry::getKey, offset -> RecordsToDelete.beforeOffset(offset.getValue()))))
                    .all()
                    .get();
        }
    }

    /** Offers come after scores: a job some of whose tasks do not run yet takes no savepoint. */
    private void awaitEnd(JobID job, long end) {
        arena.awaitWatermark(job, end);
        JobMetrics metrics = new JobMetrics(arena.platform().cluster().webUrl());
        Await.until(
                "offers have reached the end",
                () -> metrics.min(job, MetricNames.OFFER_OPERATOR, MetricNames.WATERMARK)
                                .orElse(Long.MIN_VALUE)
                        >= end);
    }

    private void prepare(String prefix) {
        try (TopicAdmin admin = TopicAdmin.connect(arena.client())) {
            admin.createShadows(prefix);
        }
    }

    private SettingsBuilder replaySettings(String prefix, ReplaySpan span, int parallelism) {
        return settings(prefix)
                .parallelism(parallelism)
                .partitions(span.leastPartitions())
                .until(Instant.ofEpochMilli(span.end()))
                .outputPrefix(prefix)
                .replay(new Replay(Duration.ofDays(30), null, null, false));
    }

    private SettingsBuilder settings(String name) {
        return arena.settings(history.end(), history.currency(), 2)
                .jobName("test-" + name)
                .runId("run-" + name)
                .reportDir(null);
    }

    // ---- what came out

    private void assertSameAnswers(String prefix) {
        assertThat(scores(prefix)).isEqualTo(liveScores);
        liveEvents.forEach(
                (topic, lines) -> assertThat(lines(prefix + topic)).as(topic).isEqualTo(lines));
    }

    private Map<String, String> scores(String prefix) {
        return arena.read(prefix + Topic.CUSTOMER_SCORES.topicName()).stream()
                .collect(toMap(ArchiveReplayTest::key, ArchiveReplayTest::body, (older, newer) -> newer, TreeMap::new));
    }

    private List<String> lines(String topic) {
        Stream<ConsumerRecord<byte[], byte[]>> records = arena.read(topic).stream();
        return records.map(record -> key(record) + " " + body(record)).sorted().toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The Avro body, after the five bytes of schema id. */
    private static String body(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        return value == null ? "" : HexFormat.of().formatHex(Arrays.copyOfRange(value, 5, value.length));
    }
}

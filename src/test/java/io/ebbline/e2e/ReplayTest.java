package io.ebbline.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.TopicException;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.JobMetrics;
import io.ebbline.testing.Await;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** History scored live once, then repeated: the same answers, and a live job that goes on from where the replay stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayTest {
    private static final List<Topic> EVENTS = List.of(
            Topic.CHURN_SIGNALS,
            Topic.LIFECYCLE_TRANSITIONS,
            Topic.NEXT_BEST_OFFERS,
            Topic.SCORE_CHANGES,
            Topic.LIFECYCLE_FUNNEL,
            Topic.POPULATION_STATS,
            Topic.OFFER_STATS);

    private static final Duration LATENESS =
            Duration.ofMillis(FeedOptions.defaults().lateness());

    private final History history = shop();
    private final long middle = (history.records().get(0).arrival() + history.end()) / 2;
    private Arena arena;

    private static History shop() {
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.02, 0.1, 0, 0, 0.01, 0.002, 0.002, 0.2);
        return new SimulatedShop(11, 50, 200, Instant.parse("2024-01-01T00:00:00Z"), rates)
                .history()
                .shuffled(FeedOptions.defaults().lateness(), 5);
    }

    /** The live run, whose answers are on the real topics from then on. */
    @BeforeAll
    void score(@TempDir Path dir) {
        arena = Arena.start(dir);
        arena.reset();
        JobID live = arena.submit(settings("live").build(), Optional.empty());
        arena.feed(history.records(), history.end());
        awaitEnd(live, history.end());
        arena.stop(live);
    }

    @AfterAll
    void stop() {
        arena.close();
    }

    @Test
    void theHistoryHasWhatItTakes() {
        assertThat(scores("")).hasSizeGreaterThan(40);
        for (Topic topic : EVENTS) {
            assertThat(lines(topic.topicName()))
                    .as(topic.topicName())
                    .hasSizeGreaterThan(40)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void intoShadowTopicsTheSameIsSaid() {
        ReplaySpan span = span(null);
        assertThat(span.end()).isEqualTo(history.end());
        replay("shadow-", span, 3, null, null, 0);

        assertThat(scores("shadow-")).isEqualTo(scores(""));
        for (Topic topic : EVENTS) {
            assertThat(lines("shadow-" + topic.topicName()))
                    .as(topic.topicName())
                    .isEqualTo(lines(topic.topicName()));
        }
        assertThat(header(arena.read("shadow-churn-signals").get(0), HeaderNames.REPLAY))
                .isEqualTo("true");
        assertThat(header(arena.read("shadow-churn-signals").get(0), HeaderNames.RUN_ID))
                .isEqualTo("run-shadow-");
        assertThat(header(arena.read(Topic.CHURN_SIGNALS).get(0), HeaderNames.REPLAY))
                .isEqualTo("false");
    }

    @Test
    void beforeTheCutOverNobodyIsToldWhatToActOn() {
        try (TopicAdmin admin = TopicAdmin.connect(arena.client())) {
            admin.createAside("held-back");
        }
        long before = Stream.of(Topic.CHURN_SIGNALS, Topic.NEXT_BEST_OFFERS)
                .flatMap(topic -> arena.read(topic).stream())
                .filter(record -> record.timestamp() < middle)
                .count();
        replay("cut-", span(null), 2, Instant.ofEpochMilli(middle), "held-back", before);

        assertThat(arena.read("held-back")).hasSize((int) before);
        for (Topic topic : List.of(Topic.CHURN_SIGNALS, Topic.NEXT_BEST_OFFERS)) {
            List<ConsumerRecord<byte[], byte[]>> told = arena.read(topic);
            assertThat(lines("cut-" + topic.topicName()))
                    .isNotEmpty()
                    .isEqualTo(told.stream()
                            .filter(record -> record.timestamp() >= middle)
                            .map(ReplayTest::line)
                            .sorted()
                            .toList());
            assertThat(arena.read("held-back").stream()
                            .filter(record -> topic.topicName().equals(header(record, HeaderNames.TOPIC)))
                            .map(ReplayTest::line)
                            .sorted())
                    .isNotEmpty()
                    .isEqualTo(told.stream()
                            .filter(record -> record.timestamp() < middle)
                            .map(ReplayTest::line)
                            .sorted()
                            .toList());
        }
        assertThat(lines("cut-lifecycle-transitions")).isEqualTo(lines("lifecycle-transitions"));
        assertThat(scores("cut-")).isEqualTo(scores(""));
    }

    @Test
    void theLiveJobGoesOnFromTheSavepoint() {
        ReplaySpan half = span(Instant.ofEpochMilli(middle));
        assertThat(half.end()).isEqualTo(middle);
        assertThat(half.offsets()).isBetween(1L, span(null).offsets() - 1);
        prepare("half-");
        JobID first = arena.replay(replaySettings("half-", half, 2, null, null), half, Optional.empty());
        awaitEnd(first, middle);
        Path savepoint = arena.stop(first);
        List<String> before = lines("half-churn-signals");
        assertThat(before).isNotEmpty().hasSizeLessThan(lines("churn-signals").size());
        assertThat(arena.read("half-churn-signals")).allMatch(record -> record.timestamp() <= middle);

        JobID live = arena.submit(
                settings("half-live").outputPrefix("half-").parallelism(3).build(), Optional.of(savepoint));
        awaitEnd(live, history.end());
        arena.stop(live);
        assertThat(scores("half-")).isEqualTo(scores(""));
        for (Topic topic : EVENTS) {
            assertThat(lines("half-" + topic.topicName())).as(topic.topicName()).isEqualTo(lines(topic.topicName()));
        }
    }

    @Test
    void aReplayThatFailsGoesOnFromItsCheckpoint() {
        ReplaySpan span = span(null);
        prepare("crash-");
        Settings settings = replaySettings("crash-", span, 2, null, null);
        JobID first = arena.replay(settings, span, Optional.empty());
        arena.awaitNextCheckpoint(first);
        arena.platform().cluster().cancel(first);
        JobID second = arena.replay(settings, span, arena.newestCheckpoint(first));
        awaitEnd(second, span.end());
        arena.stop(second);
        assertThat(scores("crash-")).isEqualTo(scores(""));
        assertThat(lines("crash-churn-signals")).isEqualTo(lines("churn-signals"));
        assertThat(lines("crash-next-best-offers")).isEqualTo(lines("next-best-offers"));
    }

    @Test
    void aReplayStartsWhereItIsTold() {
        ReplaySpan all = span(null);
        Instant since = Instant.ofEpochMilli(middle);
        ReplaySpan late = ReplaySpan.find(arena.client(), since, Map.of(), null, LATENESS);
        assertThat(late.to()).isEqualTo(all.to());
        assertThat(late.offsets()).isBetween(1L, all.offsets() - 1);
        ReplaySpan given = ReplaySpan.find(arena.client(), null, Map.of("purchases:1", 3L), null, LATENESS);
        assertThat(given.from()).containsEntry(new TopicPartition("purchases", 1), 3L);
        assertThat(given.offsets()).isEqualTo(all.offsets() - 3);
        assertThatThrownBy(() -> ReplaySpan.find(arena.client(), null, Map.of("purchases:9", 3L), null, LATENESS))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("purchases:9");
        assertThatThrownBy(
                        () -> ReplaySpan.find(arena.client(), null, Map.of("purchases:1", 1_000_000L), null, LATENESS))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("1000000");
    }

    @Test
    void shadowTopicsAreLikeTheRealOnesAndNeverThoseOfAnotherReplay() {
        try (TopicAdmin admin = TopicAdmin.connect(arena.client())) {
            admin.createShadows("like-");
            assertThat(admin.missingOutputs("like-")).isEmpty();
            assertThatThrownBy(() -> admin.createShadows("like-"))
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining("like-customer-scores");
        }
    }

    // ---- steps

    private ReplaySpan span(@Nullable Instant until) {
        return ReplaySpan.find(arena.client(), null, Map.of(), until, LATENESS);
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

    /** Replays to the end of the span, and until that many records are counted as held back. */
    private void replay(
            String prefix,
            ReplaySpan span,
            int parallelism,
            @Nullable Instant cutOver,
            @Nullable String aside,
            long heldBack) {
        prepare(prefix);
        JobID job = arena.replay(replaySettings(prefix, span, parallelism, cutOver, aside), span, Optional.empty());
        awaitEnd(job, span.end());
        JobMetrics metrics = new JobMetrics(arena.platform().cluster().webUrl());
        Await.until(
                heldBack + " records are held back",
                () -> metrics.sum(job, "outputs: Writer", "user." + MetricNames.HELD_BACK)
                                        .orElse(0)
                                + metrics.sum(job, "offers: Writer", "user." + MetricNames.HELD_BACK)
                                        .orElse(0)
                        == heldBack);
        arena.stop(job);
    }

    private Settings replaySettings(
            String prefix, ReplaySpan span, int parallelism, @Nullable Instant cutOver, @Nullable String aside) {
        return settings(prefix)
                .parallelism(parallelism)
                .partitions(span.leastPartitions())
                .until(Instant.ofEpochMilli(span.end()))
                .outputPrefix(prefix)
                .replay(new Replay(Duration.ofDays(30), cutOver, aside, false))
                .build();
    }

    private SettingsBuilder settings(String name) {
        return arena.settings(history.end(), history.currency(), 2)
                .jobName("test-" + name)
                .runId("run-" + name)
                .reportDir(null);
    }

    // ---- what came out

    private Map<String, String> scores(String prefix) {
        return arena.read(prefix + Topic.CUSTOMER_SCORES.topicName()).stream()
                .collect(toMap(ReplayTest::key, ReplayTest::body, (older, newer) -> newer, TreeMap::new));
    }

    private List<String> lines(String topic) {
        return arena.read(topic).stream().map(ReplayTest::line).sorted().toList();
    }

    private static String line(ConsumerRecord<byte[], byte[]> record) {
        return key(record) + " " + body(record);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The Avro body, after the five bytes of schema id. */
    private static String body(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        return value == null ? "" : HexFormat.of().formatHex(Arrays.copyOfRange(value, 5, value.length));
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}

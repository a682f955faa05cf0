package io.ebbline.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.ShopWriter;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.JobMetrics;
import io.ebbline.testing.Await;
import io.ebbline.testing.Release;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An update in the middle of a history: this release goes on from the savepoint of every release before, and says what it would
 * have said had it scored the history from the start.
 *
 * <p>{@code -Debbline.release=VERSION} stores what the present code leaves behind, once, before a release.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseTest {

    private static final List<Topic> EVENTS = List.of(
            Topic.CHURN_SIGNALS,
            Topic.LIFECYCLE_TRANSITIONS,
            Topic.NEXT_BEST_OFFERS,
            Topic.SCORE_CHANGES,
            Topic.LIFECYCLE_FUNNEL,
            Topic.POPULATION_STATS,
            Topic.OFFER_STATS);

    private Path dir;
    private Arena arena;

    @BeforeAll
    void start(@TempDir Path dir) {
        this.dir = dir;
        arena = Arena.start(dir);
    }

    @AfterAll
    void stop() {
        arena.close();
    }

    static List<Release> releases() {
        return Release.all();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void goesOnFromTheSavepointOfARelease(Release release) {
        Run run = new Run(HistoryFormat.SHOP.read(release.history(), null));
        run.wholly();
        Map<String, String> scores = scores();
        assertThat(scores).hasSizeGreaterThan(8);
        Map<Topic, List<String>> told = told(run.middle());
        assertThat(told)
                .allSatisfy((topic, lines) ->
                        assertThat(lines).as(topic.topicName()).hasSizeGreaterThan(5));

        assertReadBy(release, oneOfEach());

        run.secondHalf(release.savepoint(dir));
        assertThat(told(run.middle())).isEqualTo(told);
        long saved = run.savedAt();
        for (Topic topic : EVENTS) {
            assertThat(arena.read(topic)).as(topic.topicName()).allMatch(record -> record.timestamp() > saved);
        }
        assertThat(scores()).allSatisfy((customer, score) -> assertThat(score).isEqualTo(scores.get(customer)));
        assertThat(scores()).hasSizeGreaterThan(scores.size() / 2);
    }

    @Test
    void storeWhatAReleaseLeavesBehind() throws IOException {
        String version = System.getProperty("ebbline.release");
        assumeThat(version).as("-Debbline.release, only before a release").isNotNull();
        Release release = Release.of(version);
        Files.createDirectories(release.dir());
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.02, 0.1, 0, 0, 0.01, 0.002, 0.002, 0.2);
        // Where a record without a key goes is not the same each time, and a savepoint counts on its place.
        try (ShopWriter writer = new ShopWriter(release.history())) {
            new SimulatedShop(5, 20, 200, Instant.parse("2024-01-01T00:00:00Z"), rates)
                    .history().records().stream()
                            .filter(record -> record.customer() != null)
                            .forEach(writer::write);
        }
        Run run = new Run(HistoryFormat.SHOP.read(release.history(), null));
        Path savepoint = run.firstHalf();
        Map<String, byte[]> records = oneOfEach();
        release.store(savepoint, Path.of("schemas"), records);
        assertThat(records).containsKeys("CustomerScore", "ChurnSignal", "LifecycleTransition", "NextBestOffer");
    }

    // ---- steps

    /** One history, in two halves: records that arrive in time for the first have been applied when it ends. */
    private final class Run {
        private final History history;
        private final int half;

        Run(History history) {
            this.history = history;
            this.half = history.records().size() / 2;
        }

        /** Event time up to which the first half goes. */
        long middle() {
            return history.records().get(half).arrival();
        }

        private List<FeedRecord> before() {
            return history.records().subList(0, half);
        }

        private List<FeedRecord> after() {
            return history.records().subList(half, history.records().size());
        }

        private SettingsBuilder settings() {
            return arena.settings(history.end(), history.currency(), 2)
                    .reportDir(null)
                    .checkpointInterval(Duration.ofSeconds(1));
        }

        void wholly() {
            arena.reset();
            JobID job = arena.submit(settings().build(), Optional.empty());
            arena.send(before(), Topic.inputs(), clock());
            arena.send(after(), Topic.inputs(), Arena.clockFor(history.end()));
            awaitEnd(job, history.end());
            arena.stop(job);
        }

        /** Where the watermark stands in the savepoint: the lateness bound before what comes next. */
        long savedAt() {
            return middle() - FeedOptions.defaults().lateness() - 1;
        }

        private long clock() {
            return Arena.clockFor(savedAt());
        }

        Path firstHalf() {
            arena.reset();
            JobID job = arena.submit(settings().build(), Optional.empty());
            arena.send(before(), Topic.inputs(), clock());
            awaitEnd(job, savedAt());
            // Nothing may be in a transaction when the savepoint is taken: the broker that it is restored on knows
            // none.
            arena.awaitNextCheckpoint(job);
            arena.awaitNextCheckpoint(job);
            return arena.stop(job);
        }

        /** The first half is on the topics, and is not read: the savepoint is beyond it. */
        void secondHalf(Path savepoint) {
            arena.reset();
            arena.send(before(), Topic.inputs(), clock());
            JobID job = arena.submit(settings().parallelism(3).build(), Optional.of(savepoint));
            arena.send(after(), Topic.inputs(), Arena.clockFor(history.end()));
            awaitEnd(job, history.end());
            arena.stop(job);
        }
    }

    private void awaitEnd(JobID job, long end) {
        arena.awaitWatermark(job, end);
        JobMetrics metrics = new JobMetrics(arena.platform().cluster().webUrl());
        Await.until(
                "offers have reached the end",
                () -> metrics.min(job, MetricNames.OFFER_OPERATOR, MetricNames.WATERMARK)
                                .orElse(Long.MIN_VALUE)
                        >= end);
    }

    // ---- what came out

    private Map<String, String> scores() {
        return arena.read(Topic.CUSTOMER_SCORES).stream()
                .collect(toMap(ReleaseTest::key, ReleaseTest::line, (older, newer) -> newer, TreeMap::new));
    }

    /** What is told of the instants after one: that is what the second half tells. */
    private Map<Topic, List<String>> told(long after) {
        Map<Topic, List<String>> told = new TreeMap<>();
        for (Topic topic : EVENTS) {
            told.put(
                    topic,
                    arena.read(topic).stream()
                            .filter(record -> record.timestamp() > after)
                            .map(ReleaseTest::line)
                            .sorted()
                            .toList());
        }
        return told;
    }

    /** What is written now says the same to a consumer with the schemas of the release. */
    private static void assertReadBy(Release release, Map<String, byte[]> now) {
        Map<String, Schema> before = release.schemas();
        assertThat(now).containsKeys("CustomerScore", "ChurnSignal", "LifecycleTransition", "NextBestOffer");
        now.forEach((record, body) -> {
            if (before.containsKey(record)) {
                GenericRecord read = read(Schemas.of(record), before.get(record), body);
                GenericRecord whole = read(Schemas.of(record), Schemas.of(record), body);
                for (Schema.Field field : before.get(record).getFields()) {
                    if (whole.hasField(field.name())) {
                        assertThat(String.valueOf(read.get(field.name())))
                                .as(record + "." + field.name())
                                .isEqualTo(String.valueOf(whole.get(field.name())));
                    }
                }
            }
        });
    }

    private Map<String, byte[]> oneOfEach() {
        Map<String, byte[]> records = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            if (topic.records().isEmpty()) {
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> record : arena.read(topic)) {
                if (record.value() != null) {
                    int id = ByteBuffer.wrap(record.value()).getInt(1);
                    records.putIfAbsent(nameOf(id), body(record.value()));
                }
            }
        }
        return records;
    }

    private String nameOf(int id) {
        return new Schema.Parser()
                .parse(arena.registry().schema(id).orElseThrow())
                .getName();
    }

    private static GenericRecord read(Schema writer, Schema reader, byte[] body) {
        try {
            return new GenericDatumReader<GenericRecord>(writer, reader, new GenericData())
                    .read(null, DecoderFactory.get().binaryDecoder(body, null));
        } catch (IOException e) {
            throw new AssertionError(reader.getName(), e);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String line(ConsumerRecord<byte[], byte[]> record) {
        return key(record) + " " + (record.value() == null ? "" : HexFormat.of().formatHex(body(record.value())));
    }

    /** The Avro body, after the five bytes of schema id. */
    private static byte[] body(byte[] value) {
        return Arrays.copyOfRange(value, 5, value.length);
    }
}

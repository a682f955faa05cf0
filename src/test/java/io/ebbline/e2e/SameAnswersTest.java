package io.ebbline.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.config.AffinityLists;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The first law on the real thing: one history, several ways through, the same bytes at the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAnswersTest {

    /**
     * What came out: the last score of each customer, every transition, every churn signal, every change of a head, every offer
     * and withdrawal, what was told of all customers and of offers of each day, the final report.
     */
    private record Outcome(
            Map<String, String> scores,
            List<String> transitions,
            List<String> signals,
            List<String> changes,
            List<String> offers,
            List<String> population,
            List<String> customers) {}

    private final History history = shop();
    private Arena arena;
    private Outcome expected;

    private static History shop() {
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.02, 0.1, 0, 0, 0.01, 0.002, 0.002, 0.2);
        return new SimulatedShop(7, 150, 400, Instant.parse("2024-01-01T00:00:00Z"), rates).history();
    }

    @BeforeAll
    void start(@TempDir Path dir) {
        arena = Arena.start(dir);
        expected = run(1, history);
    }

    @AfterAll
    void stop() {
        arena.close();
    }

    @Test
    void theHistoryHasWhatItTakes() {
        assertThat(expected.scores()).hasSizeGreaterThan(100);
        assertThat(expected.transitions()).hasSizeGreaterThan(500);
        assertThat(expected.signals()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        assertThat(expected.changes())
                .hasSizeGreaterThan(expected.transitions().size() / 2)
                .doesNotHaveDuplicates();
        assertThat(expected.offers()).hasSizeGreaterThan(500).doesNotHaveDuplicates();
        assertThat(lines(Topic.OFFER_STATS)).hasSizeGreaterThan(300);
        // Five stages and three dimensions of most of four hundred days.
        assertThat(expected.population()).hasSizeGreaterThan(8 * 300).doesNotHaveDuplicates();
        assertThat(of(Topic.TOUCHPOINTS)).hasSizeGreaterThan(5_000);
        assertThat(arena.counters().get("events.read")).isGreaterThan(5_000);
    }

    @Test
    void atParallelismFour() {
        assertSame(run(4, history));
    }

    @Test
    void inShuffledOrder() {
        for (long seed : new long[] {1, 2}) {
            History shuffled = history.shuffled(FeedOptions.defaults().lateness(), seed);
            assertThat(shuffled.records()).isNotEqualTo(history.records());
            assertSame(run(2, shuffled));
        }
    }

    @Test
    void withTheTopicsFarApart() {
        arena.reset();
        JobID job = submit(2, Optional.empty());
        for (Topic topic : List.of(Topic.TOUCHPOINTS, Topic.CUSTOMER_REQUESTS, Topic.PURCHASES)) {
            arena.send(of(topic), List.of(topic), Arena.clockFor(history.end()));
        }
        assertSame(finish(job));
    }

    @Test
    void throughACrashAndARestoreAtAnotherParallelism() {
        arena.reset();
        JobID crashed = submit(2, Optional.empty());
        int half = history.records().size() / 2;
        List<FeedRecord> before = history.records().subList(0, half);
        List<FeedRecord> after =
                history.records().subList(half, history.records().size());
        arena.send(before, Topic.inputs(), after.get(0).arrival());
        arena.awaitApplied(crashed, half / 2);
        arena.awaitNextCheckpoint(crashed);
        arena.platform().cluster().cancel(crashed);

        JobID restored = submit(3, arena.newestCheckpoint(crashed));
        arena.send(after, Topic.inputs(), Arena.clockFor(history.end()));
        assertSame(finish(restored));
    }

    @Test
    void withListsThatAreAskedFor() {
        arena.reset();
        JobID job = arena.submit(
                arena.settings(history.end(), history.currency(), 2)
                        .affinityLists(AffinityLists.KEYED)
                        .build(),
                Optional.empty());
        arena.feed(history.records(), history.end());
        assertSame(finish(job));
    }

    private List<FeedRecord> of(Topic topic) {
        return history.records().stream()
                .filter(record -> record.topic() == topic)
                .toList();
    }

    private Outcome run(int parallelism, History ordered) {
        arena.reset();
        JobID job = submit(parallelism, Optional.empty());
        arena.feed(ordered.records(), ordered.end());
        return finish(job);
    }

    private JobID submit(int parallelism, Optional<Path> from) {
        return arena.submit(
                arena.settings(history.end(), history.currency(), parallelism).build(), from);
    }

    private Outcome finish(JobID job) {
        arena.awaitWatermark(job, history.end());
        arena.drain(job);
        Map<String, Long> counters = arena.counters();
        assertThat(counters.get("events.read"))
                .isEqualTo(counters.get("events.applied")
                        + counters.get("events.duplicate")
                        + counters.get("events.late")
                        + counters.get("events.rejected")
                        + counters.get("events.waiting"));
        assertThat(counters).containsEntry("events.late", 0L).containsEntry("events.waiting", 0L);
        Map<String, String> scores = arena.read(Topic.CUSTOMER_SCORES).stream()
                .collect(toMap(SameAnswersTest::key, SameAnswersTest::body, (older, newer) -> newer, TreeMap::new));
        List<String> population = new ArrayList<>(lines(Topic.LIFECYCLE_FUNNEL));
        population.addAll(lines(Topic.POPULATION_STATS));
        population.addAll(lines(Topic.OFFER_STATS));
        return new Outcome(
                scores,
                lines(Topic.LIFECYCLE_TRANSITIONS),
                lines(Topic.CHURN_SIGNALS),
                lines(Topic.SCORE_CHANGES),
                lines(Topic.NEXT_BEST_OFFERS),
                population,
                arena.report('C'));
    }

    private List<String> lines(Topic topic) {
        return arena.read(topic).stream()
                .map(record -> key(record) + " " + body(record))
                .sorted()
                .toList();
    }

    private void assertSame(Outcome outcome) {
        assertThat(differences(outcome.customers(), expected.customers())).isEmpty();
        assertThat(differences(outcome.transitions(), expected.transitions())).isEmpty();
        assertThat(differences(outcome.signals(), expected.signals())).isEmpty();
        assertThat(differences(outcome.changes(), expected.changes())).isEmpty();
        assertThat(differences(outcome.offers(), expected.offers())).isEmpty();
        assertThat(differences(outcome.population(), expected.population())).isEmpty();
        assertThat(differences(lines(outcome.scores()), lines(expected.scores())))
                .isEmpty();
    }

    private static List<String> lines(Map<String, String> scores) {
        return scores.entrySet().stream().map(Object::toString).toList();
    }

    /** What one list has and the other has not, a few of them: whole lists are no message. */
    private static List<String> differences(List<String> actual, List<String> wanted) {
        List<String> surplus = new ArrayList<>(actual);
        wanted.forEach(surplus::remove);
        List<String> missing = new ArrayList<>(wanted);
        actual.forEach(missing::remove);
        return Stream.concat(
                        surplus.stream().map(line -> "surplus " + line),
                        missing.stream().map(line -> "missing " + line))
                .sorted(Comparator.comparing(line -> line.substring(8)))
                .limit(6)
                .toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The Avro body, after the five bytes of schema id. */
    private static String body(ConsumerRecord<byte[], byte[]> record) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(record.value(), 5, record.value().length));
    }
}

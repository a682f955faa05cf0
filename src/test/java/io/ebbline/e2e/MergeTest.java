package io.ebbline.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.Main;
import io.ebbline.cli.view.Answers;
import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Unmerge;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.JobMetrics;
import io.ebbline.testing.Await;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two ids that turn out to be one customer, and then not, on the real thing: two subtasks, a crash in between. What is told of them is
 * held against customers who have had one id all along; and a replay says the same again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class MergeTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** 2025-01-01T00:00Z. */
    private static final long START = 1_735_689_600_000L;

    private static final int MERGED = 12;
    private static final int PARTED = 16;
    private static final long END = START + 20 * DAY;
    private static final Duration LATENESS =
            Duration.ofMillis(FeedOptions.defaults().lateness());

    private static final String FROM = "anna-7";
    private static final String INTO = "bert-6";

    /** Have bought what the two have, under one id each: both until they part, and each. */
    private static final String BOTH = "vera-1";

    private static final String ONE = "wanda-2";
    private static final String OTHER = "xena-3";

    private static final List<Topic> WITH_IDS = List.of(Topic.LIFECYCLE_TRANSITIONS, Topic.SCORE_CHANGES);

    private final Map<String, Map<String, String>> told = new TreeMap<>();
    private Arena arena;
    private Answers answers;

    /** Where the job that runs goes on from if it has taken no checkpoint itself. */
    private Optional<Path> checkpoint = Optional.empty();

    @BeforeAll
    void score(@TempDir Path dir) {
        assertThat(subtask(FROM)).isNotEqualTo(subtask(INTO));
        arena = Arena.start(dir);
        arena.reset();
        answers = new Answers(arena.registry()::schema);
        Settings settings = settings("live").build();
        JobID job = arena.submit(settings, Optional.empty());
        send(before(), MERGED - 1);
        arena.awaitWatermark(job, day(MERGED - 1));

        // The move is made, and the job gone before it has come back or just after: whatever was not committed is done
        // again.
        send(merge(), MERGED + 0.5);
        await(job, MetricNames.MOVES_SENT, 1);
        job = crashed(job, settings, MERGED + 0.5);
        await(job, MetricNames.MOVES_READ, 1);
        send(meanwhile(), PARTED - 1);
        await(job, MetricNames.MOVES_SENT, 3);
        job = crashed(job, settings, PARTED - 1);
        await(job, MetricNames.MOVES_READ, 3);

        send(after(), 20);
        awaitEnd(job, true);
        arena.stop(job);
        told.put("", scores(""));
    }

    @AfterAll
    void stop() {
        arena.close();
    }

    // ---- the history

    private static int subtask(String customer) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(customer, Settings.MAX_PARALLELISM, 2);
    }

    private static long day(double days) {
        return START + (long) (days * DAY);
    }

    /** An order under an id, and under the one that has done the same all along. */
    private static List<FeedRecord> orders(String customer, String twin, double day, int minor) {
        return List.of(order(customer, day, minor), order(twin, day, minor), order(BOTH, day, minor));
    }

    private static FeedRecord order(String customer, double day, int minor) {
        List<Line> lines = List.of(Line.of("tea-" + minor % 3, "drinks", BigDecimal.ONE, BigDecimal.valueOf(minor, 2)));
        String id = "order " + day;
        return FeedRecord.of(
                Topic.PURCHASES,
                customer,
                new Purchase(id, day(day), id, "GBP", "web", null, lines, Line.sumMinor(lines, 2)));
    }

    private static List<FeedRecord> before() {
        List<FeedRecord> records = new ArrayList<>();
        for (int day = 0; day < MERGED - 2; day++) {
            records.addAll(orders(FROM, ONE, day, 1_000 + 10 * day));
            if (day % 2 == 0) {
                records.addAll(orders(INTO, OTHER, day + 0.25, 3_000 + 10 * day));
            }
        }
        return records;
    }

    private static List<FeedRecord> merge() {
        return List.of(FeedRecord.of(Topic.CUSTOMER_REQUESTS, FROM, new Merge("q1", day(MERGED), INTO)));
    }

    private static List<FeedRecord> meanwhile() {
        List<FeedRecord> records = new ArrayList<>(orders(FROM, ONE, MERGED + 1, 1_111));
        records.addAll(orders(INTO, OTHER, MERGED + 1.5, 3_333));
        records.addAll(orders(FROM, ONE, MERGED + 2, 2_222));
        return records;
    }

    private static List<FeedRecord> after() {
        List<FeedRecord> records = new ArrayList<>();
        records.add(FeedRecord.of(Topic.CUSTOMER_REQUESTS, FROM, new Unmerge("q2", day(PARTED), INTO)));
        records.addAll(orders(FROM, ONE, PARTED + 1, 1_717));
        records.addAll(orders(INTO, OTHER, PARTED + 1.5, 3_737));
        return records;
    }

    // ---- steps

    private SettingsBuilder settings(String name) {
        return arena.settings(END, "GBP", 2)
                .jobName("test-" + name)
                .runId("run-" + name)
                .reportDir(null);
    }

    private void send(List<FeedRecord> records, double day) {
        arena.send(records, Topic.inputs(), Arena.clockFor(day(day)));
    }

    /** @param day how far the clocks had come: a job that has read them before its checkpoint does not read them again */
    private JobID crashed(JobID job, Settings settings, double day) {
        arena.platform().cluster().cancel(job);
        checkpoint = arena.newestCheckpoint(job).or(() -> checkpoint);
        JobID next = arena.submit(settings, checkpoint);
        send(List.of(), day);
        return next;
    }

    private void await(JobID job, String counter, long least) {
        JobMetrics metrics = metrics();
        Await.until(
                counter + " is " + least,
                () -> metrics.sum(job, MetricNames.OPERATOR, MetricNames.gauge(counter))
                                .orElse(-1)
                        >= least);
    }

    private JobMetrics metrics() {
        return new JobMetrics(arena.platform().cluster().webUrl());
    }

    private void awaitEnd(JobID job, boolean moves) {
        arena.awaitWatermark(job, END);
        JobMetrics metrics = metrics();
        Await.until(
                "offers have reached the end",
                () -> metrics.min(job, MetricNames.OFFER_OPERATOR, MetricNames.WATERMARK)
                                .orElse(Long.MIN_VALUE)
                        >= END);
        if (moves) {
            Await.until(
                    "no move is under way",
                    () -> metrics.sum(job, MetricNames.OPERATOR, MetricNames.MOVES_UNDER_WAY)
                                    .orElse(1)
                            == 0);
        }
    }

    private long counter(JobID job, String counter) {
        return metrics()
                .sum(job, MetricNames.OPERATOR, MetricNames.gauge(counter))
                .orElseThrow();
    }

    // ---- what a consumer reads

    private GenericRecord avro(ConsumerRecord<byte[], byte[]> record) {
        try {
            return answers.read(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String body(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        return value == null ? "" : HexFormat.of().formatHex(Arrays.copyOfRange(value, 5, value.length));
    }

    private Map<String, String> scores(String prefix) {
        return arena.read(prefix + Topic.CUSTOMER_SCORES.topicName()).stream()
                .collect(toMap(MergeTest::key, MergeTest::body, (older, newer) -> newer, TreeMap::new));
    }

    /** What was told on a topic and not taken back, but for the ids: what is told in another's place has one of its own. */
    private List<String> standing(String topic) {
        Map<String, String> told = new TreeMap<>();
        Set<String> takenBack = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : arena.read(topic)) {
            GenericRecord value = avro(record);
            if (value.getSchema().getName().equals("Correction")) {
                assertThat(takenBack.add(key(record) + " " + value.get("corrects")))
                        .as("taken back once: " + value)
                        .isTrue();
                continue;
            }
            String id = key(record) + " " + value.get("eventId");
            value.put("eventId", "");
            assertThat(told.put(id, value.toString())).as("told once: " + id).isNull();
        }
        assertThat(told.keySet()).containsAll(takenBack);
        told.keySet().removeAll(takenBack);
        return told.values().stream().sorted().toList();
    }

    private List<GenericRecord> scoresOf(String customer) {
        return arena.read(Topic.CUSTOMER_SCORES).stream()
                .filter(record -> key(record).equals(customer) && record.value() != null)
                .map(this::avro)
                .toList();
    }

    private GenericRecord last(String customer, long until) {
        return scoresOf(customer).stream()
                .filter(score -> (long) score.get("asOf") <= until)
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    /** What an answer says but for whose it is and what was said before. */
    private static List<Object> figures(GenericRecord score) {
        return List.of(
                score.get("orders"),
                score.get("monetaryMinor"),
                score.get("lastOrderAt"),
                score.get("recency"),
                score.get("frequency"),
                score.get("monetary"),
                String.valueOf(score.get("segment")));
    }

    @Test
    @Order(1)
    void whileTheyAreOneTheAnswerIsThatOfOneWhoHasDoneBoth() {
        List<Object> both = figures(last(BOTH, day(PARTED) - 1));
        assertThat(figures(last(INTO, day(PARTED) - 1))).isEqualTo(both);
        assertThat(both.get(0))
                .isEqualTo((long) before().size() / 3 + meanwhile().size() / 3);
    }

    @Test
    @Order(1)
    void theRetiredIdHasATombstoneUntilTheyPart() {
        List<ConsumerRecord<byte[], byte[]>> records = arena.read(Topic.CUSTOMER_SCORES).stream()
                .filter(record -> key(record).equals(FROM))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> tombstones =
                records.stream().filter(record -> record.value() == null).toList();
        assertThat(tombstones).hasSize(1);
        assertThat(tombstones.get(0).timestamp()).isEqualTo(day(MERGED));
        assertThat(records.get(records.indexOf(tombstones.get(0)) + 1).timestamp())
                .isGreaterThanOrEqualTo(day(PARTED));
    }

    @Test
    @Order(1)
    void afterTheyPartEachIsWhoTheyWere() {
        assertThat(figures(last(FROM, END))).isEqualTo(figures(last(ONE, END)));
        assertThat(figures(last(INTO, END))).isEqualTo(figures(last(OTHER, END)));
    }

    @Test
    @Order(1)
    void movesAreWrittenOnceEach() {
        List<ConsumerRecord<byte[], byte[]>> records = arena.read(Topic.CUSTOMER_MOVES);
        assertThat(records).allMatch(record -> key(record).equals(INTO));
        List<GenericRecord> moves = records.stream().map(this::avro).toList();
        assertThat(moves.stream().map(move -> move.get("moveId").toString())).doesNotHaveDuplicates();
        assertThat(moves.stream().map(move -> move.get("kind") + " " + ((long) move.get("time") - START) / DAY))
                .containsExactly("MOVED 12", "FORWARDED 13", "FORWARDED 14", "UNMOVED 16");
        assertThat(moves).allMatch(move -> move.get("from").toString().equals(FROM));
    }

    @Test
    @Order(1)
    void theEndOfTheRetiredIdIsTold() {
        Map<String, List<GenericRecord>> byTrigger = arena.read(Topic.LIFECYCLE_TRANSITIONS).stream()
                .filter(record -> key(record).equals(FROM))
                .map(this::avro)
                .filter(value -> value.getSchema().getField("trigger") != null)
                .collect(groupingBy(value -> value.get("trigger").toString()));
        assertThat(byTrigger.get("MERGE"))
                .isNotEmpty()
                .allMatch(value -> Objects.isNull(value.get("current")))
                .allMatch(value -> (long) value.get("time") == day(MERGED));
        assertThat(byTrigger.get("UNMERGE"))
                .isNotEmpty()
                .allMatch(value -> Objects.isNull(value.get("previous")))
                .allMatch(value -> (long) value.get("time") == day(PARTED));
    }

    @Test
    @Order(1)
    void nothingIsRefusedAndNothingToldTwice() {
        assertThat(arena.read(Topic.REJECTED_EVENTS)).isEmpty();
        WITH_IDS.forEach(topic ->
                assertThat(standing(topic.topicName())).as(topic.topicName()).isNotEmpty());
    }

    // ---- explained

    private String explained(String customer, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "explain",
                "--bootstrap-servers",
                arena.bootstrap(),
                "--registry",
                arena.registryUrl(),
                "--currency",
                "GBP",
                customer));
        line.addAll(Arrays.asList(more));
        StringWriter out = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(line.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    @Order(1)
    void theAnswersCanBeRebuilt() {
        assertThat(explained(INTO))
                .contains(
                        "Equal to customer-scores.",
                        FROM + " is the same customer",
                        "order order 13.0",
                        "(as " + FROM + ")",
                        FROM + " is not the same customer after all");
        assertThat(explained(FROM))
                .contains("Equal to customer-scores.", "merge into " + INTO + " asked for", "the id is retired");
    }

    @Test
    @Order(1)
    void whereARetiredIdWentIsSaid() {
        String at = Instant.ofEpochMilli(day(MERGED + 3)).toString();
        assertThat(explained(FROM, "--at", at))
                .contains("Merged into " + INTO + " on " + Instant.ofEpochMilli(day(MERGED)))
                .contains("`ebbline explain " + INTO + "`");
        assertThat(explained(FROM, "--at", at, "--json")).contains("\"into\" : \"" + INTO + "\"");
    }

    // ---- again

    private JobID replay(String prefix) {
        ReplaySpan span = ReplaySpan.find(arena.client(), null, Map.of(), null, LATENESS);
        assertThat(span.end()).isEqualTo(END);
        try (TopicAdmin admin = TopicAdmin.connect(arena.client())) {
            admin.createShadows(prefix);
        }
        Settings settings = settings(prefix)
                .parallelism(3)
                .partitions(span.leastPartitions())
                .outputPrefix(prefix)
                .replay(new Replay(Duration.ofDays(30), null, null, false))
                .build();
        JobID job = arena.replay(settings, span, Optional.empty());
        awaitEnd(job, false);
        return job;
    }

    @Test
    @Order(2)
    void aReplayOfTheRecordedMovesSaysTheSame() {
        long recorded = arena.read(Topic.CUSTOMER_MOVES).size();
        JobID job = replay("again-");
        assertThat(counter(job, MetricNames.MOVES_READ)).isEqualTo(recorded);
        assertThat(counter(job, MetricNames.MOVES_SENT)).isEqualTo(recorded);
        arena.stop(job);
        assertThat(scores("again-")).isEqualTo(told.get(""));
        for (Topic topic : WITH_IDS) {
            assertThat(standing("again-" + topic.topicName())).isEqualTo(standing(topic.topicName()));
        }
        assertThat(arena.read("again-customer-moves")).isEmpty();
        assertThat(arena.read(Topic.CUSTOMER_MOVES)).hasSize((int) recorded);
    }

    /** The exit code of the command. */
    private int commanded(Path dir, String prefix, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "replay",
                "--bootstrap-servers",
                arena.bootstrap(),
                "--registry",
                arena.registryUrl(),
                "--currency",
                "GBP",
                "--checkpoint-interval",
                "1s",
                "--parallelism",
                "2",
                "--shadow",
                prefix,
                "--run-id",
                prefix + "run",
                "--dir",
                dir.resolve(prefix).toString()));
        line.addAll(Arrays.asList(more));
        return Main.commandLine().execute(line.toArray(String[]::new));
    }

    /** The topics as the shop alone has filled them. */
    @Test
    @Order(3)
    void aHistoryThatNobodyServedTakesTwoReplays(@TempDir Path dir) {
        arena.reset();
        List<FeedRecord> all = new ArrayList<>(before());
        all.addAll(merge());
        all.addAll(meanwhile());
        all.addAll(after());
        send(all, 20);

        assertThat(commanded(dir, "blind-")).isEqualTo(1);
        assertThat(arena.read(Topic.CUSTOMER_MOVES)).isEmpty();
        assertThat(commanded(dir, "recording-", "--record-moves")).isZero();
        assertThat(arena.read("recording-customer-moves")).isEmpty();
        assertThat(arena.read(Topic.CUSTOMER_MOVES).stream()
                        .map(this::avro)
                        .map(move -> move.get("kind").toString())
                        .collect(toSet()))
                .isEqualTo(Set.of("MOVED", "FORWARDED", "UNMOVED"));
        assertThat(commanded(dir, "second-")).isZero();
        assertThat(scores("second-")).isEqualTo(told.get(""));
    }
}

package io.ebbline.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.ExitCode;
import io.ebbline.cli.Main;
import io.ebbline.config.QuietMode;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Tick;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.ScoringModel;
import io.ebbline.operator.MetricNames;
import io.ebbline.testing.Await;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Schemas;
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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that come while a shop is open: cut points from the stream's own population, models from the command line. */
class PublishedModelsTest {

    private static final List<Topic> TOLD =
            List.of(Topic.CHURN_SIGNALS, Topic.LIFECYCLE_TRANSITIONS, Topic.LIFECYCLE_FUNNEL, Topic.POPULATION_STATS);

    private static final int TODAY = Tick.of(System.currentTimeMillis());

    private static Arena arena;

    @BeforeAll
    static void start(@TempDir Path dir) {
        arena = Arena.start(dir);
    }

    @AfterAll
    static void stop() {
        arena.close();
        arena = null;
    }

    // ---- cut points

    /** The shop's clocks run ahead of the wall's, so that the days to come need not be waited for. */
    private static SettingsBuilder ahead() {
        return live().quietMode(QuietMode.CLOCKED)
                .checkpointInterval(Duration.ofMinutes(10))
                .futureTolerance(Duration.ofDays(5))
                .cutsDeadBandPercent(25);
    }

    private static SettingsBuilder live() {
        return arena.settings(0, "GBP", 2).until(null).runId("live").publishCuts(true);
    }

    @Test
    void cutPointsTakeEffectATickAfterTheirsAndAReplayFindsThem() throws Exception {
        arena.reset();
        JobID first = arena.submit(ahead().build(), Optional.empty());
        List<FeedRecord> orders = regulars(99);
        orders.addAll(orders(0, 99, i -> isRegular(i) ? TODAY - 259 : TODAY - 9 + i % 4));
        orders.addAll(orders(99, 101, i -> TODAY - 1));
        send(sorted(orders), Tick.end(TODAY - 2));
        arena.awaitWatermark(first, Tick.end(TODAY - 2));
        assertThat(refs()).containsExactly("default/1");
        Path savepoint = arena.stop(first);

        // Its answers and its day of the funnel are written, but not committed.
        JobID crashed = arena.submit(ahead().build(), Optional.of(savepoint));
        send(List.of(), Tick.end(TODAY - 1));
        String yesterdays = "population/" + (TODAY - 1);
        awaitRefs("default/1", yesterdays);
        arena.platform().cluster().cancel(crashed);

        JobID second = arena.submit(ahead().build(), Optional.of(savepoint));
        awaitRefs("default/1", yesterdays, yesterdays);
        List<ConsumerRecord<byte[], byte[]>> versions = arena.read(Topic.SCORING_MODELS);
        assertThat(versions.get(2).value()).isEqualTo(versions.get(1).value());
        CutPoints cuts =
                (CutPoints) AvroModels.read(arena.registry(), versions.get(1).value());
        assertThat(cuts.effectiveFrom()).isEqualTo(Tick.end(TODAY));
        assertThat(cuts.customers()).isEqualTo(101);
        // Two are a day old, 24 are 6 days old, 25 each 7 and 8 days, 13 are 9 days: the 21st, 41st, 61st and 81st.
        assertThat(cuts.recency())
                .isEqualTo(new Cuts(6 * Tick.MILLIS, 7 * Tick.MILLIS, 8 * Tick.MILLIS, 9 * Tick.MILLIS));
        assertThat(cuts.frequency()).isEqualTo(new Cuts(1, 1, 1, 1));
        assertTransactionsAreNamedApart();

        // Three orders hardly move a fifth; sixty do.
        send(orders(0, 3, i -> TODAY), Tick.end(TODAY) + Duration.ofHours(1).toMillis());
        arena.awaitWatermark(second, Tick.end(TODAY));
        send(orders(10, 70, i -> TODAY + 1), Tick.end(TODAY + 1));
        String tomorrows = "population/" + (TODAY + 1);
        awaitRefs("default/1", yesterdays, yesterdays, tomorrows);

        JobID silent = arena.submit(ahead().publishCuts(false).build(), Optional.of(arena.stop(second)));
        send(orders(0, 101, i -> TODAY + 2), Tick.end(TODAY + 2));
        arena.awaitWatermark(silent, Tick.end(TODAY + 2));
        arena.drain(silent);
        assertThat(refs()).containsExactly("default/1", yesterdays, yesterdays, tomorrows);

        assertThat(ticks("live")).contains(TODAY - 1, TODAY, TODAY + 1, TODAY + 2);
        assertThat(namesOfModels("live")).contains(List.of("default/1"), List.of("default/1", yesterdays));
        assertAnswersNameWhatWasInForce("live", Long.MAX_VALUE);

        JobID replay = arena.submit(
                ahead().jobName("replay")
                        .runId("replay")
                        .publishCuts(false)
                        .parallelism(3)
                        .build(),
                Optional.empty());
        arena.awaitWatermark(replay, Tick.end(TODAY + 2));
        arena.drain(replay);
        assertSameTold(Long.MAX_VALUE);
        assertThat(arena.counters()).doesNotContainKey(MetricNames.MODELS_LATE);
    }

    @Test
    void aLiveJobThatCatchesUpPublishesForNowAndAReplayAgrees() throws Exception {
        arena.reset();
        // Published for each of four days of last month, all of them in force from now on.
        List<FeedRecord> backlog = regulars(150);
        backlog.addAll(orders(0, 150, i -> isRegular(i) ? TODAY - 259 : TODAY - 40 + i % 10));
        IntStream.range(0, 4).forEach(day -> backlog.addAll(orders(0, 100, i -> TODAY - 20 + day)));
        arena.send(sorted(backlog), List.of(), 0);
        Duration lateness = Duration.ofSeconds(3);
        JobID job = arena.submit(
                live().quietMode(QuietMode.LIVE)
                        .quietAfter(Duration.ofSeconds(1))
                        .lateness(lateness)
                        .build(),
                Optional.empty());
        arena.awaitWatermark(job, System.currentTimeMillis() - lateness.toMillis());
        awaitRefs(ref -> ref.size() > 5);

        long now = System.currentTimeMillis();
        arena.send(List.of(order(0, now), order(149, now)), List.of(), 0);
        arena.awaitWatermark(job, now);
        arena.drain(job);
        assertThat(arena.read(Topic.SCORING_MODELS).stream().skip(1))
                .hasSizeGreaterThan(4)
                .allSatisfy(
                        record -> assertThat(version(record).effectiveFrom()).isLessThan(record.timestamp()));
        assertThat(namesOfModels("live")).hasSize(2);
        assertAnswersNameWhatWasInForce("live", now);

        arena.send(List.of(), Topic.inputs(), Arena.clockFor(now));
        JobID replay = arena.submit(
                arena.settings(now, "GBP", 3).jobName("replay").runId("replay").build(), Optional.empty());
        arena.awaitWatermark(replay, now);
        arena.drain(replay);
        assertSameTold(now);
        assertThat(arena.counters()).doesNotContainKey(MetricNames.MODELS_LATE);
    }

    /** Every eighth customer ordered weekly until nine months ago, and is missed by now. */
    private static List<FeedRecord> regulars(int customers) {
        List<FeedRecord> orders = new ArrayList<>();
        for (int day = TODAY - 329; day < TODAY - 259; day += 7) {
            int at = day;
            orders.addAll(orders(0, customers, i -> at).stream()
                    .filter(order -> isRegular(Integer.parseInt(order.customer().substring(1))))
                    .toList());
        }
        return orders;
    }

    private static boolean isRegular(int customer) {
        return customer % 8 == 4;
    }

    private static List<FeedRecord> orders(int from, int to, IntUnaryOperator day) {
        return sorted(IntStream.range(from, to)
                .mapToObj(i -> order(i, day.applyAsInt(i) * Tick.MILLIS + Tick.MILLIS / 2 + i * 60_000L))
                .toList());
    }

    private static List<FeedRecord> sorted(List<FeedRecord> records) {
        return records.stream()
                .sorted(Comparator.comparingLong(FeedRecord::arrival))
                .toList();
    }

    private static FeedRecord order(int customer, long time) {
        String id = customer + "@" + time;
        long minor = 5_000 + 10L * customer;
        Line line = new Line("sku", null, 10_000, minor * 100, null);
        Purchase order = new Purchase(id, time, id, "GBP", null, null, List.of(line), minor);
        long recordTime = Math.min(time, System.currentTimeMillis());
        return new FeedRecord(Topic.PURCHASES, "c" + customer, time, recordTime, order, null);
    }

    private static void send(List<FeedRecord> records, long watermark) {
        arena.send(records, Topic.inputs(), Arena.clockFor(watermark));
    }

    private static List<String> refs() {
        return arena.read(Topic.SCORING_MODELS).stream()
                .map(record -> text(record.key()))
                .toList();
    }

    private static void awaitRefs(String... wanted) {
        awaitRefs(List.of(wanted)::equals);
    }

    private static void awaitRefs(Predicate<List<String>> wanted) {
        Await.until("the versions are published", () -> wanted.test(refs()));
    }

    /** Two sinks with transactions, one without. */
    private static void assertTransactionsAreNamedApart() throws Exception {
        try (Admin admin = Admin.create(arena.client())) {
            List<String> ids = admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith("test-"))
                    .toList();
            assertThat(ids)
                    .anyMatch(id -> id.contains("-outputs-"))
                    .anyMatch(id -> id.contains("-population-"))
                    .anyMatch(id -> id.contains("-offers-"))
                    .allMatch(id -> id.matches(".*-(outputs|population|offers)-.*"));
        }
    }

    // ---- what was told

    private static List<ConsumerRecord<byte[], byte[]>> told(Topic topic, String run, long until) {
        return arena.read(topic).stream()
                .filter(record -> record.timestamp() <= until)
                .filter(record -> text(record.headers()
                                .lastHeader(HeaderNames.RUN_ID)
                                .value())
                        .equals(run))
                .toList();
    }

    private static List<String> lines(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(PublishedModelsTest::line).sorted().toList();
    }

    private static String line(ConsumerRecord<byte[], byte[]> record) {
        return text(record.key()) + " " + HexFormat.of().formatHex(body(record));
    }

    private static Map<String, String> lastScores(String run, long until) {
        return told(Topic.CUSTOMER_SCORES, run, until).stream()
                .collect(toMap(
                        record -> text(record.key()),
                        PublishedModelsTest::line,
                        (older, newer) -> newer,
                        TreeMap::new));
    }

    private static void assertSameTold(long until) {
        for (Topic topic : TOLD) {
            List<String> live = lines(told(topic, "live", until));
            assertThat(lines(told(topic, "replay", until)))
                    .as(topic.topicName())
                    .isNotEmpty()
                    .isEqualTo(live);
        }
        assertThat(lastScores("replay", until)).isNotEmpty().isEqualTo(lastScores("live", until));
    }

    private static List<Integer> ticks(String run) throws IOException {
        List<Integer> ticks = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : told(Topic.LIFECYCLE_FUNNEL, run, Long.MAX_VALUE)) {
            ticks.add((Integer) avro(record, "FunnelTick").get("tick"));
        }
        return ticks;
    }

    private static List<List<String>> namesOfModels(String run) throws IOException {
        List<List<String>> names = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : told(Topic.CUSTOMER_SCORES, run, Long.MAX_VALUE)) {
            names.add(models(record));
        }
        return names.stream().distinct().toList();
    }

    /** Law 4, read off the control topic: the later of date and record, the first of a key, a day's own before the next. */
    private static void assertAnswersNameWhatWasInForce(String run, long until) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> versions = arena.read(Topic.SCORING_MODELS);
        for (ConsumerRecord<byte[], byte[]> score : told(Topic.CUSTOMER_SCORES, run, until)) {
            Map<String, Long> effective = new TreeMap<>();
            versions.stream()
                    .skip(1)
                    .forEach(v -> effective.putIfAbsent(
                            text(v.key()), Math.max(version(v).effectiveFrom(), v.timestamp())));
            Optional<String> cuts = effective.entrySet().stream()
                    .filter(entry -> entry.getValue() <= score.timestamp())
                    .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey);
            assertThat(models(score))
                    .as(text(score.key()) + " at " + Instant.ofEpochMilli(score.timestamp()))
                    .isEqualTo(cuts.map(ref -> List.of("default/1", ref)).orElse(List.of("default/1")));
        }
    }

    private static ModelVersion version(ConsumerRecord<byte[], byte[]> record) {
        try {
            return AvroModels.read(arena.registry(), record.value());
        } catch (AvroModels.InvalidModelException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> models(ConsumerRecord<byte[], byte[]> score) throws IOException {
        return ((List<?>) avro(score, "CustomerScore").get("models"))
                .stream().map(Object::toString).toList();
    }

    private static GenericRecord avro(ConsumerRecord<byte[], byte[]> record, String schema) throws IOException {
        return new GenericDatumReader<GenericRecord>(Schemas.of(schema))
                .read(null, DecoderFactory.get().binaryDecoder(body(record), null));
    }

    private static byte[] body(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.copyOfRange(record.value(), 5, record.value().length);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    // ---- models from the command line

    private record Answer(int code, String text) {}

    private static Answer ebbline(String... line) {
        List<String> words = new ArrayList<>(List.of(line));
        words.addAll(List.of("--bootstrap-servers", arena.bootstrap(), "--registry", arena.registryUrl()));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = Main.commandLine().setOut(writer).setErr(writer).execute(words.toArray(String[]::new));
        return new Answer(code, out.toString());
    }

    private static Answer fit(Path history, String... more) {
        List<String> words = new ArrayList<>(List.of("fit", history.toString(), "--cuts-only", "--format", "csv"));
        for (String column : List.of("customer=who", "time=when", "amount=paid", "currency=GBP")) {
            words.addAll(List.of("--csv", column));
        }
        words.addAll(List.of(more));
        return ebbline(words.toArray(String[]::new));
    }

    @Test
    void aFittedModelIsPublishedOnceByFitOrBySetup(@TempDir Path dir) throws Exception {
        arena.reset();
        Path history = Files.writeString(dir.resolve("orders.csv"), """
                who,when,paid
                ann,2024-01-01T10:00:00,10.00
                bob,2024-01-03T10:00:00,1.00
                """);
        Path second = dir.resolve("second.json");
        Path third = dir.resolve("third.json");

        Answer published = fit(history, "--output", second.toString(), "--publish");
        assertThat(published.code()).as(published.text()).isEqualTo(ExitCode.DONE);
        assertThat(published.text())
                .contains("Wrote default/2 to " + second)
                .contains("Published the model default/2.");
        assertThat(refs()).containsExactly("default/1", "default/2");
        assertThat(onTopic(1)).isEqualTo(AvroModels.fromJson(Files.readString(second)));
        assertThat(onTopic(1).backdated()).isTrue();
        // One pound and ten: those of two customers, each fifth drawn at one of them.
        assertThat(((ScoringModel) onTopic(1)).frequency()).isEqualTo(new Cuts(1, 1, 1, 1));

        Answer again = fit(history, "--publish", "--model-version", "2");
        assertThat(again.code()).as(again.text()).isEqualTo(ExitCode.NO);
        assertThat(again.text())
                .contains("default/2 is on scoring-models already")
                .contains("another version");
        Answer sameBySetup = ebbline("setup", "--model", second.toString());
        assertThat(sameBySetup.code()).as(sameBySetup.text()).isEqualTo(ExitCode.NO);
        assertThat(sameBySetup.text()).contains("default/2 is on scoring-models already");

        assertThat(fit(history, "--model-version", "3", "--output", third.toString())
                        .code())
                .isZero();
        Answer bySetup = ebbline("setup", "--model", third.toString());
        assertThat(bySetup.code()).as(bySetup.text()).isEqualTo(ExitCode.DONE);
        assertThat(refs()).containsExactly("default/1", "default/2", "default/3", "offers-default/1");
        assertThat(onTopic(2)).isEqualTo(AvroModels.fromJson(Files.readString(third)));

        Files.writeString(third, Files.readString(third).replace("\"matureOrders\" : 3", "\"matureOrders\" : 1"));
        Answer damaged = ebbline("setup", "--model", third.toString());
        assertThat(damaged.code()).as(damaged.text()).isEqualTo(ExitCode.USAGE);
        assertThat(damaged.text()).contains("--model").contains("third.json").contains("matureOrders is 1");
        assertThat(refs()).hasSize(4);
    }

    private static ModelVersion onTopic(int offset) {
        return version(arena.read(Topic.SCORING_MODELS).get(offset));
    }
}

package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a consumer gets who knows the addresses of broker and registry, Avro, and nothing of Ebbline. The shop is one where
 * everything goes wrong now and then.
 */
class PlainConsumerTest {

    private static final Map<Integer, Schema> SCHEMAS = new HashMap<>();

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private static Arena arena;
    private static History history;

    @BeforeAll
    static void run(@TempDir Path dir) {
        arena = Arena.start(dir);
        arena.reset();
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.03, 0.1, 0, 0.02, 0.02, 0.05, 0.02, 0);
        history = new SimulatedShop(11, 60, 200, Instant.parse("2024-03-01T00:00:00Z"), rates).history();
        long end = history.end() + 24 * 60 * MINUTE; // Beyond the last redelivery.
        JobID job = arena.submit(arena.settings(end, history.currency(), 2).build(), Optional.empty());
        arena.feed(history.records(), history.end());
        arena.awaitWatermark(job, history.end());
        arena.send(latecomers(), Topic.inputs(), Arena.clockFor(end));
        arena.awaitWatermark(job, end);
        arena.drain(job);
    }

    /** An order of an hour ago, and one of three months ago: too late for both, and too old for the second. */
    private static List<FeedRecord> latecomers() {
        return Stream.of(history.end() - 60 * MINUTE, history.end() - 90 * 24 * 60 * MINUTE)
                .map(time -> FeedRecord.of(
                        Topic.PURCHASES,
                        "latecomer",
                        new Purchase(
                                "late-" + time,
                                time,
                                "order-" + time,
                                history.currency(),
                                null,
                                null,
                                List.of(Line.of("sku", null, BigDecimal.ONE, new BigDecimal("12.34"))),
                                1234)))
                .toList();
    }

    @AfterAll
    static void stop() {
        arena.close();
        arena = null;
    }

    @Test
    void readsTheScores() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = arena.read(Topic.CUSTOMER_SCORES);
        assertThat(records).isNotEmpty();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            GenericRecord score = avro(record);
            assertThat(score.getSchema().getFullName()).isEqualTo("io.ebbline.CustomerScore");
            assertThat(score.get("customerId").toString()).isEqualTo(text(record.key()));
            assertThat(score.get("currency").toString()).isEqualTo(history.currency());
            assertThat(score.get("asOf")).isEqualTo(record.timestamp());
            assertThat(score.get("models").toString()).isEqualTo("[default/1]");
            assertThat((List<?>) score.get("scores")).isNotEmpty();
            assertThat(score.get("segment") == null).isEqualTo((long) score.get("orders") == 0);
        }
    }

    @Test
    void readsTheTransitionsEachOnce() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = arena.read(Topic.LIFECYCLE_TRANSITIONS);
        assertThat(records).isNotEmpty();
        Map<String, String> standing = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            GenericRecord transition = avro(record);
            assertThat(transition.getSchema().getFullName()).isEqualTo("io.ebbline.LifecycleTransition");
            assertThat(transition.get("previous")).isNotEqualTo(transition.get("current"));
            // Each change begins where the one before it ended.
            String line = text(record.key()) + " " + transition.get("kind");
            assertThat(String.valueOf(transition.get("previous"))).isEqualTo(standing.getOrDefault(line, "null"));
            standing.put(line, String.valueOf(transition.get("current")));
        }
        assertThat(records.stream().map(PlainConsumerTest::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void readsTheSignalsOfEachEpisodeInTheirOrder() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = arena.read(Topic.CHURN_SIGNALS);
        assertThat(records).isNotEmpty();
        Map<String, String> risks = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            GenericRecord signal = avro(record);
            assertThat(signal.getSchema().getFullName()).isEqualTo("io.ebbline.ChurnSignal");
            assertThat(signal.get("customerId").toString()).isEqualTo(text(record.key()));
            assertThat((long) signal.get("time")).isEqualTo(record.timestamp()).isGreaterThanOrEqualTo((long)
                    signal.get("since"));
            assertThat((double) signal.get("pBuy")).isBetween(0.0, 1.0);
            assertThat((List<?>) signal.get("reasons")).isNotEmpty();
            // Each episode begins without risk and goes on from where it was; so does each customer.
            assertThat(signal.get("previousRisk").toString()).isEqualTo(risks.getOrDefault(text(record.key()), "NONE"));
            risks.put(text(record.key()), signal.get("risk").toString());
        }
        assertThat(records.stream().map(PlainConsumerTest::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void readsTheHistoryOfEachHeadUpToItsNewestScore() throws Exception {
        Map<String, GenericRecord> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : arena.read(Topic.SCORE_CHANGES)) {
            GenericRecord change = avro(record);
            assertThat(change.getSchema().getFullName()).isEqualTo("io.ebbline.ScoreChange");
            assertThat(change.get("customerId").toString()).isEqualTo(text(record.key()));
            assertThat((long) change.get("asOf")).isEqualTo(record.timestamp());
            GenericRecord before = newest.put(text(record.key()), change);
            if (before != null) {
                assertThat((long) change.get("asOf")).isGreaterThanOrEqualTo((long) before.get("asOf"));
            }
        }
        Map<String, GenericRecord> scores = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : arena.read(Topic.CUSTOMER_SCORES)) {
            scores.put(text(record.key()), avro(record));
        }
        assertThat(newest).hasSameSizeAs(scores);
        scores.forEach((customer, score) -> {
            for (String field : List.of(
                    "stage", "segment", "recency", "frequency", "monetary", "orders", "monetaryMinor", "currency")) {
                assertThat(String.valueOf(newest.get(customer).get(field))).isEqualTo(String.valueOf(score.get(field)));
            }
        });
        assertThat(arena.read(Topic.SCORE_CHANGES).stream().map(PlainConsumerTest::eventId))
                .doesNotHaveDuplicates();
    }

    @Test
    void readsTheFunnelOfEachDayOnceAndItsSizesAddUp() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = arena.read(Topic.LIFECYCLE_FUNNEL);
        assertThat(records).isNotEmpty();
        Map<String, Object> sizes = new HashMap<>();
        Map<String, Integer> ticks = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            GenericRecord row = avro(record);
            String stage = row.get("stage").toString();
            assertThat(text(record.key())).isEqualTo(stage);
            assertThat(row.get("time")).isEqualTo(record.timestamp());
            assertThat((int) row.get("tick")).isGreaterThan(ticks.getOrDefault(stage, 0));
            assertThat(row.get("customersBefore")).isEqualTo(sizes.getOrDefault(stage, 0L));
            assertThat(row.get("customers"))
                    .isEqualTo((long) row.get("customersBefore") + (long) row.get("entries") - (long) row.get("exits"));
            ticks.put(stage, (int) row.get("tick"));
            sizes.put(stage, row.get("customers"));
        }
        assertThat(ticks).containsOnlyKeys("PROSPECT", "GROWTH", "MATURE", "DECLINE", "DEPARTED");
    }

    @Test
    void readsThePopulationOfEachDayOnce() throws Exception {
        Map<String, Integer> ticks = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : arena.read(Topic.POPULATION_STATS)) {
            GenericRecord row = avro(record);
            String dimension = row.get("dimension").toString();
            assertThat(text(record.key())).isEqualTo(dimension);
            assertThat(row.get("time")).isEqualTo(record.timestamp());
            assertThat((int) row.get("tick")).isGreaterThan(ticks.getOrDefault(dimension, 0));
            ticks.put(dimension, (int) row.get("tick"));
        }
        assertThat(ticks)
                .containsOnlyKeys("RECENCY", "FREQUENCY", "MONETARY", "CALIBRATION", "REPURCHASE", "SWITCHING");
    }

    @Test
    void findsWhatWasRefusedWithItsReasonAndItsBytes() {
        Map<String, Long> reasons = arena.read(Topic.REJECTED_EVENTS).stream()
                .collect(Collectors.groupingBy(record -> header(record, "ebbline.reason"), Collectors.counting()));
        assertThat(reasons)
                .containsKeys("no-customer", "future", "not-avro", "no-exchange-rate")
                .containsEntry("late", 2L);
        Map<String, Long> counters = arena.counters();
        assertThat(reasons.values().stream().mapToLong(n -> n).sum())
                .isEqualTo(counters.get("events.rejected") + counters.get("events.late"));

        Map<String, ConsumerRecord<byte[], byte[]>> sources = new HashMap<>();
        for (Topic topic : List.of(Topic.PURCHASES, Topic.TOUCHPOINTS)) {
            for (ConsumerRecord<byte[], byte[]> source : arena.read(topic)) {
                sources.put(topic.topicName() + "/" + source.partition() + "/" + source.offset(), source);
            }
        }
        for (ConsumerRecord<byte[], byte[]> record : arena.read(Topic.REJECTED_EVENTS)) {
            ConsumerRecord<byte[], byte[]> source = sources.get(header(record, "ebbline.topic") + "/"
                    + header(record, "ebbline.partition") + "/" + header(record, "ebbline.offset"));
            assertThat(record.value()).isEqualTo(source.value());
            assertThat(record.key()).isEqualTo(source.key());
            assertThat(header(record, "ebbline.record-time")).isEqualTo(Long.toString(source.timestamp()));
        }
    }

    @Test
    void everyRecordNamesItsRun() {
        for (Topic topic : List.of(
                Topic.CUSTOMER_SCORES,
                Topic.LIFECYCLE_TRANSITIONS,
                Topic.CHURN_SIGNALS,
                Topic.SCORE_CHANGES,
                Topic.REJECTED_EVENTS)) {
            assertThat(arena.read(topic)).isNotEmpty().allSatisfy(record -> {
                assertThat(header(record, "ebbline.run-id")).startsWith("run-");
                assertThat(header(record, "ebbline.replay")).isEqualTo("false");
            });
        }
    }

    @Test
    void everyEventIsAccountedFor() {
        Map<String, Long> counters = arena.counters();
        assertThat(counters.get("events.read")).isEqualTo(history.records().size() + 2L);
        assertThat(counters.get("events.applied")
                        + counters.get("events.duplicate")
                        + counters.get("events.late")
                        + counters.get("events.rejected"))
                .isEqualTo(counters.get("events.read"));
        assertThat(counters.get("events.duplicate")).isPositive();
        assertThat(counters)
                .containsEntry("events.late", 2L)
                .containsEntry("events.lateCorrected", 1L)
                .containsEntry("events.lateTooOld", 1L);
    }

    @Test
    void aLateOrdersMoneyIsBookedUnlessItIsTooOld() {
        assertThat(arena.report('C').stream().filter(row -> row.startsWith("latecomer,")))
                .singleElement()
                .asString()
                .contains(",1,1234,");
    }

    private static String eventId(ConsumerRecord<byte[], byte[]> record) {
        try {
            return avro(record).get("eventId").toString();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Confluent's wire format, as its specification has it. */
    private static GenericRecord avro(ConsumerRecord<byte[], byte[]> record) throws IOException, InterruptedException {
        ByteBuffer value = ByteBuffer.wrap(record.value());
        assertThat(value.get()).isZero();
        Schema schema = schema(value.getInt());
        byte[] body = Arrays.copyOfRange(record.value(), 5, record.value().length);
        var decoder = DecoderFactory.get().binaryDecoder(body, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        return read;
    }

    private static Schema schema(int id) throws IOException, InterruptedException {
        Schema known = SCHEMAS.get(id);
        if (known == null) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(arena.registryUrl() + "/schemas/ids/" + id))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            known = new Schema.Parser()
                    .parse(new ObjectMapper()
                            .readTree(answer.body())
                            .get("schema")
                            .asText());
            SCHEMAS.put(id, known);
        }
        return known;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

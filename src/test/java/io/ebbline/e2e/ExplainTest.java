package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.cli.Main;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Erasure;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.operator.MetricNames;
import io.ebbline.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command rebuilds from the topics is what the real job told, for a shop with mishaps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplainTest {
    private static final int EXPLAINED = 12;

    private record Told(int code, String out, String err) {}

    private final History history = shop();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, byte[]> scores = new TreeMap<>();
    private final String erased = customers().get(0);
    private final String late = customers().get(1);
    private Arena arena;
    private Map<String, Long> counters;

    /** Events out of order, repeated, in other currencies, refused. */
    private static History shop() {
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.02, 0.1, 0, 0, 0.01, 0.01, 0.01, 0.2);
        return new SimulatedShop(11, 30, 200, Instant.parse("2024-01-01T00:00:00Z"), rates).history();
    }

    /** Beside the shop one event that comes two days late, and an erasure. */
    @BeforeAll
    void score(@TempDir Path dir) {
        arena = Arena.start(dir);
        arena.reset();
        long end = history.end() + Duration.ofDays(2).toMillis();
        JobID job = arena.submit(arena.settings(end, history.currency(), 2).build(), Optional.empty());
        arena.feed(history.records(), history.end());
        arena.awaitWatermark(job, history.end());
        long day = Duration.ofDays(1).toMillis();
        arena.send(
                List.of(
                        FeedRecord.of(Topic.PURCHASES, late, order(history.end() - 2 * day)),
                        FeedRecord.of(Topic.CUSTOMER_REQUESTS, erased, new Erasure("q1", history.end() + day))),
                Topic.inputs(),
                Arena.clockFor(end));
        arena.awaitWatermark(job, end);
        arena.drain(job);
        counters = arena.counters();
        for (ConsumerRecord<byte[], byte[]> record : arena.read(Topic.CUSTOMER_SCORES)) {
            scores.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
    }

    @AfterAll
    void stop() {
        arena.close();
    }

    private List<String> customers() {
        return history.records().stream()
                .map(FeedRecord::customer)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private Purchase order(long time) {
        List<Line> lines = List.of(Line.of("tea", "drinks", BigDecimal.ONE, new BigDecimal("2.50")));
        return new Purchase("late", time, "late", history.currency(), "web", null, lines, Line.sumMinor(lines, 2));
    }

    private Told explain(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                "explain",
                "--bootstrap-servers",
                arena.bootstrap(),
                "--registry",
                arena.registryUrl(),
                "--currency",
                history.currency()));
        line.addAll(Arrays.asList(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(line.toArray(String[]::new));
        return new Told(code, out.toString(), err.toString());
    }

    private List<String> known() {
        return scores.keySet().stream()
                .filter(customer -> scores.get(customer) != null)
                .toList();
    }

    @Test
    @Order(1)
    void theHistoryHasWhatItTakes() {
        assertThat(known()).hasSizeGreaterThan(EXPLAINED);
        assertThat(counters.get(MetricNames.DUPLICATE)).isPositive();
        assertThat(counters.get(MetricNames.LATE)).isPositive();
        assertThat(scores).containsValue(null);
    }

    @Test
    @Order(1)
    void whatIsRebuiltIsWhatWasTold() throws Exception {
        List<String> explained = new ArrayList<>(known().subList(0, EXPLAINED));
        explained.add(late);
        for (String customer : explained) {
            Told told = explain(customer, "--json");

            assertThat(told.code()).as(told.out() + told.err()).isZero();
            JsonNode document = json.readTree(told.out());
            assertThat(document.at("/comparison/equal").asBoolean()).isTrue();
            assertThat(document.at("/answer/customerId").asText()).isEqualTo(customer);
            assertThat(document.get("answer")).isEqualTo(document.at("/comparison/told"));
            assertThat(document.get("timeline")).isNotEmpty();
            assertThat(document.at("/models/0").asText()).startsWith("default/1");
        }
    }

    @Test
    @Order(1)
    void itIsSaidInWords() {
        Told told = explain(known().get(0));

        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out())
                .contains("  purchase ", "order ", "none -> ", "first order", "  segment ", "P(alive)")
                .contains("by model default/1")
                .contains("Equal to customer-scores.");
        assertThat(told.err()).contains("records of purchases").contains("records of touchpoints");
    }

    @Test
    @Order(1)
    void whoWasErasedIsNotKnownAnyMore() {
        Told told = explain(erased);

        assertThat(told.code()).as(told.out() + told.err()).isZero();
        assertThat(told.out())
                .contains(
                        "erasure asked for", "Nothing is known of the customer any more.", "Equal to customer-scores.");
    }

    @Test
    @Order(1)
    void anInstantInThePastIsOfThePast() throws Exception {
        String customer = known().get(0);
        JsonNode whole = json.readTree(explain(customer, "--json").out());
        Instant first = Instant.parse(whole.at("/timeline/0/time").asText());
        JsonNode then = json.readTree(
                explain(customer, "--json", "--at", first.toString()).out());

        assertThat(then.at("/answer/asOf").asLong()).isEqualTo(first.toEpochMilli());
        assertThat(then.has("comparison")).isFalse();
        assertThat(then.get("timeline").size()).isLessThan(whole.get("timeline").size());

        Told before = explain(customer, "--at", first.minusMillis(1).toString());
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.err()).contains("the first event is of " + first);
    }

    @Test
    @Order(1)
    void nobodyIsExplained() {
        Told told = explain("no-such-customer");

        assertThat(told.code()).isEqualTo(1);
        assertThat(told.err()).contains("hold no event of no-such-customer", "--all-partitions");
    }

    @Test
    @Order(2)
    void anAnswerThatTheJobDidNotTellIsFound() throws ExecutionException, InterruptedException {
        String customer = known().get(1);
        byte[] value = scores.get(known().get(2));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(arena.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topic.CUSTOMER_SCORES.topicName(),
                            null,
                            history.end(),
                            customer.getBytes(StandardCharsets.UTF_8),
                            value))
                    .get();
        }
        Told told = explain(customer);

        assertThat(told.code()).isEqualTo(1);
        assertThat(told.out())
                .contains("It differs from customer-scores")
                .contains("-   customerId: \"" + customer + "\"", "+   customerId: \"" + known().get(2) + "\"")
                .contains("--dedup-horizon");
    }
}

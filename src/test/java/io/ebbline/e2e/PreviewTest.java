package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.testing.Await;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer sees what the answer will be while the watermark and the checkpoint are far away. */
class PreviewTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** 2025-01-01T00:00Z. */
    private static final long START = 1_735_689_600_000L;

    private static final List<String> CUSTOMERS = List.of("vera", "wanda", "xena");
    private static final int ORDERS = 3;

    @Test
    void theAnswerIsShownLongBeforeItIsGiven(@TempDir Path dir) {
        try (Arena arena = Arena.start(dir)) {
            arena.reset();
            JobID job = arena.submit(
                    arena.settings(START + 1_000 * HOUR, "GBP", 2)
                            .previews(true)
                            .checkpointInterval(Duration.ofMinutes(10))
                            .build(),
                    Optional.empty());
            arena.send(orders(), Topic.inputs(), Arena.clockFor(START - 1));
            Await.until("previews of all orders are there", () -> {
                Map<String, byte[]> shown = newest(arena, Topic.CUSTOMER_SCORE_PREVIEWS);
                return shown.size() == CUSTOMERS.size()
                        && shown.values().stream().allMatch(preview -> orders(preview) == ORDERS);
            });
            assertThat(arena.read(Topic.CUSTOMER_SCORES)).isEmpty();
            assertThat(arena.read(Topic.LIFECYCLE_TRANSITIONS)).isEmpty();
            assertThat(arena.newestCheckpoint(job)).isEmpty();

            long end = START + ORDERS * HOUR;
            arena.send(List.of(), Topic.inputs(), Arena.clockFor(end));
            arena.awaitWatermark(job, end);
            arena.stop(job);
            Map<String, byte[]> given = newest(arena, Topic.CUSTOMER_SCORES);
            Map<String, byte[]> shown = newest(arena, Topic.CUSTOMER_SCORE_PREVIEWS);
            assertThat(given).containsOnlyKeys(CUSTOMERS);
            given.forEach((customer, answer) ->
                    assertThat(shown.get(customer)).as(customer).isEqualTo(answer));
        }
    }

    private static List<FeedRecord> orders() {
        List<FeedRecord> records = new ArrayList<>();
        for (int order = ORDERS; order > 0; order--) { // The newest comes first, and waits for the others.
            for (String customer : CUSTOMERS) {
                List<Line> lines = List.of(Line.of("tea", "drinks", new BigDecimal(order), new BigDecimal("2.50")));
                String id = customer + order;
                long time = START + order * HOUR;
                records.add(FeedRecord.of(
                        Topic.PURCHASES,
                        customer,
                        new Purchase(id, time, id, "GBP", "web", null, lines, Line.sumMinor(lines, 2))));
            }
        }
        return records;
    }

    /** The newest record of each customer, without the id of its schema. */
    private static Map<String, byte[]> newest(Arena arena, Topic topic) {
        Map<String, byte[]> newest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : arena.read(topic)) {
            newest.put(
                    new String(record.key(), StandardCharsets.UTF_8),
                    Arrays.copyOfRange(record.value(), 5, record.value().length));
        }
        return newest;
    }

    private static long orders(byte[] score) {
        try {
            return (long) new GenericDatumReader<GenericRecord>(Schemas.of("CustomerScore"))
                    .read(null, DecoderFactory.get().binaryDecoder(score, null))
                    .get("orders");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

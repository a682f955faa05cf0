package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.config.Settings;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the id of an erased customer is to be found, and where it is not: savepoints and every topic are searched. */
class ErasureTest {

    private static final String ID = "wanda-4711";
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** 2025-01-01T00:00Z. */
    private static final long START = 1_735_689_600_000L;

    private static final int DAYS = 12;

    /** Kept by their retention, as docs/operations.md says. */
    private static final Set<Topic> KEPT = EnumSet.of(
            Topic.PURCHASES,
            Topic.CUSTOMER_REQUESTS,
            Topic.LIFECYCLE_TRANSITIONS,
            Topic.SCORE_CHANGES,
            Topic.NEXT_BEST_OFFERS);

    private static Arena arena;
    private static Path before;
    private static Path after;

    @BeforeAll
    static void run(@TempDir Path dir) {
        arena = Arena.start(dir);
        arena.reset();
        Settings settings = arena.settings(START + 40 * DAY, "GBP", 2).build();
        JobID job = arena.submit(settings, Optional.empty());
        arena.send(orders(), Topic.inputs(), Arena.clockFor(START + DAYS * DAY));
        arena.awaitWatermark(job, START + DAYS * DAY);
        before = arena.stop(job);

        job = arena.submit(settings, Optional.of(before));
        long erased = START + (DAYS + 1) * DAY;
        arena.send(
                List.of(record(Topic.CUSTOMER_REQUESTS, ID, new Erasure("q1", erased))),
                Topic.inputs(),
                Arena.clockFor(erased + DAY));
        arena.awaitWatermark(job, erased + DAY);
        arena.send(List.of(order(ID, DAYS - 1, "late")), Topic.inputs(), Arena.clockFor(erased + 2 * DAY));
        arena.awaitWatermark(job, erased + 2 * DAY);
        after = arena.stop(job);
    }

    @AfterAll
    static void stop() {
        arena.close();
    }

    private static List<FeedRecord> orders() {
        List<FeedRecord> records = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            for (String customer : List.of("vera-1", ID, "xena-2")) {
                records.add(order(customer, day, "on time"));
            }
        }
        return records;
    }

    private static FeedRecord order(String customer, int day, String what) {
        List<Line> lines = List.of(
                Line.of("tea", "drinks", BigDecimal.ONE, new BigDecimal("2.50")),
                Line.of("cup-" + day % 4, "things", BigDecimal.ONE, new BigDecimal("9.99")));
        String id = what + " " + day;
        return record(
                Topic.PURCHASES,
                customer,
                new Purchase(id, START + day * DAY, id, "GBP", "web", null, lines, Line.sumMinor(lines, 2)));
    }

    private static FeedRecord record(Topic topic, String customer, Event event) {
        return FeedRecord.of(topic, customer, event);
    }

    private static boolean holds(byte[] bytes) {
        return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(ID);
    }

    private static boolean holds(ConsumerRecord<byte[], byte[]> record) {
        return holds(record.key())
                || holds(record.value())
                || Arrays.stream(record.headers().toArray()).anyMatch(header -> holds(header.value()));
    }

    private static boolean isIn(Path savepoint) throws IOException {
        try (Stream<Path> files = Files.walk(savepoint)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (holds(Files.readAllBytes(file))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void noByteOfItIsLeftInASavepoint() throws Exception {
        assertThat(isIn(before)).isTrue();
        assertThat(isIn(after)).isFalse();
    }

    @Test
    void compactionTakesItOutOfTheScores() {
        List<ConsumerRecord<byte[], byte[]>> written = arena.read(Topic.CUSTOMER_SCORES);
        assertThat(written).anyMatch(ErasureTest::holds);
        Map<String, ConsumerRecord<byte[], byte[]>> newest = new TreeMap<>();
        written.forEach(record -> newest.put(new String(record.key(), StandardCharsets.UTF_8), record));
        List<ConsumerRecord<byte[], byte[]>> compacted = newest.values().stream()
                .filter(record -> Objects.nonNull(record.value()))
                .toList();
        assertThat(compacted).hasSize(2).noneMatch(ErasureTest::holds);
    }

    @Test
    void onlyTheTopicsThatKeepWhatHappenedKeepIt() {
        Set<Topic> holding = Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.CUSTOMER_SCORES)
                .filter(topic -> arena.read(topic).stream().anyMatch(ErasureTest::holds))
                .collect(Collectors.toSet());
        assertThat(holding)
                .isSubsetOf(KEPT)
                .contains(Topic.PURCHASES, Topic.CUSTOMER_REQUESTS, Topic.LIFECYCLE_TRANSITIONS, Topic.SCORE_CHANGES);
        assertThat(arena.read(Topic.REJECTED_EVENTS)).hasSize(1).noneMatch(ErasureTest::holds);
    }
}

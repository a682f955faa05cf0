package io.ebbline.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real histories through the real broker, registry and cluster, held against figures that were computed without Ebbline: the
 * data sets' well-known counts, and a recomputation of each customer by other code.
 */
class HistoriesTest {

    private static final Path DATA = Path.of("../shared/data");

    private static final Offset<Double> SIX_DECIMALS = Offset.offset(0.5001e-6);

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

    @Test
    void onlineRetailComesOutToTheMinorUnitAndTheMinute() {
        Path file = present("online_retail/online_retail.csv.gz");
        run(HistoryFormat.ONLINE_RETAIL.read(file, null));

        assertThat(arena.counters())
                .containsEntry("events.read", 25_900L)
                .containsEntry("rejected.no-customer", 3_710L)
                .containsEntry("events.rejected", 3_710L)
                .containsEntry("events.applied", 22_190L)
                .containsEntry("events.late", 0L)
                .containsEntry("events.duplicate", 0L)
                .containsEntry("events.waiting", 0L)
                .containsEntry("grossMinor", 891_140_790L)
                .containsEntry("returnsMinor", -61_134_209L);
        Map<String, String> customers = customers();
        assertThat(customers).hasSize(4_372);
        assertThat(column(2)).isEqualTo(18_536);
        assertThat(customers.get("14646")).startsWith("14646,").contains(",74,27948902,");
        Map<String, Recomputation.Customer> recomputed = Recomputation.onlineRetail(file);
        assertThat(customers.values().stream().map(HistoriesTest::standing))
                .containsExactlyInAnyOrderElementsOf(recomputed.values().stream()
                        .map(Recomputation.Customer::row)
                        .toList());
        assertThat(customers.values().stream().map(HistoriesTest::stage))
                .contains("GROWTH", "MATURE", "DECLINE", "DEPARTED", "PROSPECT");
        customers.forEach((id, row) -> {
            assertThat(chance(row, 9))
                    .as("P(alive) of " + id)
                    .isCloseTo(recomputed.get(id).alive(), SIX_DECIMALS);
            assertThat(chance(row, 10))
                    .as("P(buy) of " + id)
                    .isCloseTo(recomputed.get(id).buy(), SIX_DECIMALS);
        });
    }

    @Test
    void cdnowComesOut() {
        Path file = present("cdnow/cdnow_master.csv.gz");
        run(HistoryFormat.CDNOW.read(file, null));

        assertThat(arena.counters())
                .containsEntry("events.read", 67_591L)
                .containsEntry("events.applied", 67_591L)
                .containsEntry("grossMinor", 250_031_563L);
        assertThat(customers()).hasSize(23_570);
        assertThat(column(2)).isEqualTo(67_591);
        assertThat(column(3)).isEqualTo(250_031_563);
    }

    @Test
    void starbucksComesOut() {
        Path file = present("starbucks_offers/transcript.json.gz");
        run(HistoryFormat.STARBUCKS.read(file, null));

        assertThat(arena.counters())
                .containsEntry("events.read", 306_534L)
                .containsEntry("events.applied", 306_534L)
                .containsEntry("grossMinor", 177_545_197L);
        assertThat(customers()).hasSize(17_000);
        assertThat(column(2)).isEqualTo(138_953);
    }

    private static void run(History history) {
        arena.reset();
        JobID job = arena.submit(
                arena.settings(history.end(), history.currency(), 2)
                        .offers(false)
                        .build(),
                Optional.empty());
        arena.feed(history.records(), history.end());
        arena.awaitWatermark(job, history.end());
        arena.drain(job);
    }

    private static Map<String, String> customers() {
        return arena.report('C').stream().collect(toMap(row -> row.substring(0, row.indexOf(',')), row -> row));
    }

    private static long column(int i) {
        return arena.report('C').stream()
                .mapToLong(row -> Long.parseLong(row.split(",", -1)[i]))
                .sum();
    }

    /** All but the chances. */
    private static String standing(String row) {
        List<String> fields = List.of(row.split(",", -1));
        return String.join(",", fields.subList(0, 9));
    }

    private static String stage(String row) {
        return row.split(",", -1)[8];
    }

    private static double chance(String row, int column) {
        String field = row.split(",", -1)[column];
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }

    private static Path present(String file) {
        Path path = DATA.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " is not present: skipped.");
        return path;
    }
}

package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.ExitCode;
import io.ebbline.cli.Main;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.OfferPolicy;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogue, offers, policy and rates from files to the topic, and from there into a job. */
class PublishOffersTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** 2025-01-01T00:00Z. */
    private static final long START = 1_735_689_600_000L;

    private static Arena arena;

    @TempDir
    private Path dir;

    private String told = "";

    @BeforeAll
    static void start(@TempDir Path dir) {
        arena = Arena.start(dir);
    }

    @AfterAll
    static void stop() {
        arena.close();
        arena = null;
    }

    @BeforeEach
    void reset() {
        arena.reset();
    }

    private int ebbline(String command, String... options) {
        List<String> line = new ArrayList<>(
                List.of(command, "--bootstrap-servers=" + arena.bootstrap(), "--registry=" + arena.registryUrl()));
        line.addAll(List.of(options));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = Main.commandLine().setOut(writer).setErr(writer).execute(line.toArray(String[]::new));
        told = out.toString();
        return code;
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    /** What is on the topic after the shipped model. */
    private static List<ModelVersion> published() throws Exception {
        List<ModelVersion> versions = new ArrayList<>();
        for (var record : arena.read(Topic.SCORING_MODELS)) {
            ModelVersion version = AvroModels.read(arena.registry(), record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(version.ref());
            versions.add(version);
        }
        return versions.subList(1, versions.size());
    }

    @Test
    void filesBecomeTheNextVersionsOfTheirLines() throws Exception {
        String catalogue = file("catalogue.csv", "sku,price\ntea,12.99\npot,30\n");
        String offers =
                file("offers.json", "{\"kind\": \"offers\", \"offers\": [{\"offerId\": \"o\", \"sku\": \"cup\"}]}");
        assertThat(ebbline("publish", "--dry-run", catalogue, offers)).as(told).isEqualTo(ExitCode.DONE);
        assertThat(told)
                .contains("products.tea.priceMinor")
                .contains("Note: offer o is of cup, which no catalogue names.")
                .contains("Would publish catalogue/1, in force at once.");
        assertThat(published()).isEmpty();

        assertThat(ebbline("publish", catalogue, offers)).as(told).isEqualTo(ExitCode.DONE);
        assertThat(told).contains("Published offers/1, in force at once.");
        String dearer =
                file("dearer.json", "{\"kind\": \"catalogue\", \"products\": [{\"sku\": \"tea\", \"price\": 14}]}");
        String policy = file("policy.json", "{\"kind\": \"policy\", \"holdoutShare\": 0.1}");
        assertThat(ebbline("publish", dearer, policy)).as(told).isEqualTo(ExitCode.DONE);
        assertThat(told)
                .containsPattern("products.tea.priceMinor +1299 +1400")
                .containsPattern("holdoutShare +0.050000 +0.10000");
        assertThat(published())
                .extracting(ModelVersion::ref)
                .containsExactly("catalogue/1", "offers/1", "catalogue/2", "policy/1");
        assertThat(((Catalogue) published().get(2)).products().get(0).priceMinor())
                .isEqualTo(1_400);
    }

    @Test
    void nothingIsPublishedUnlessEveryFilePasses() throws Exception {
        String good = file("good.csv", "sku\ntea\n");
        String bad = file("bad.json", "{\"kind\": \"policy\", \"holdoutShare\": 2}");
        assertThat(ebbline("publish", good, bad)).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("holdoutShare is 2.0: choose 0 to 0.5");
        StringBuilder rows = new StringBuilder("sku,category\n");
        for (int i = 0; i < 40_000; i++) {
            rows.append("a product of number ").append(i).append(",a category\n");
        }
        assertThat(ebbline("publish", good, file("big.csv", rows.toString()))).isEqualTo(ExitCode.NO);
        assertThat(told).contains("catalogue/2 takes").contains("publish it in several versions");
        String taken =
                file("taken.json", "{\"kind\": \"offers\", \"id\": \"default\", \"version\": 1, \"offers\": []}");
        assertThat(ebbline("publish", taken)).isEqualTo(ExitCode.NO);
        assertThat(told).contains("default/1 is on scoring-models already");
        assertThat(published()).isEmpty();
    }

    @Test
    void setupPublishesTheShippedPolicyOnce() throws Exception {
        assertThat(ebbline("setup")).as(told).isEqualTo(ExitCode.DONE);
        assertThat(told).contains("Published the contact policy offers-default/1.");
        assertThat(ebbline("setup")).as(told).isEqualTo(ExitCode.DONE);
        assertThat(told).doesNotContain("contact policy");
        assertThat(published()).containsExactly(OfferPolicy.shipped());
    }

    @Test
    void aJobConvertsByTheRateOfTheEventsTimeAndHandsTheRestOver() throws Exception {
        String first = "{\"kind\": \"rates\", \"effectiveFrom\": \"2025-01-02T00:00:00Z\", \"backdated\": true,"
                + " \"rates\": [{\"currency\": \"EUR\", \"rate\": 0.8}]}";
        String second = first.replace("01-02", "01-04").replace("0.8", "\"0.9\"");
        assertThat(ebbline("publish", file("first.json", first), file("second.json", second)))
                .as(told)
                .isEqualTo(ExitCode.DONE);
        assertThat(((ExchangeRates) published().get(1)).version()).isEqualTo(2);
        List<FeedRecord> records = List.of(
                order("o1", START, "EUR", "5.00"),
                order("o2", START + DAY, "EUR", "100.00"),
                order("o3", START + 2 * DAY, "GBP", "7.00"),
                order("o4", START + 3 * DAY, "EUR", "10.00"),
                order("o5", START + 3 * DAY, "USD", "1.00"));
        long end = START + 4 * DAY;
        JobID job = arena.submit(arena.settings(end, "GBP", 2).build(), Optional.empty());
        arena.feed(records, end);
        arena.awaitWatermark(job, end);
        arena.drain(job);
        assertThat(arena.counters())
                .containsEntry("events.read", 5L)
                .containsEntry("events.applied", 3L)
                .containsEntry("events.rejected", 2L)
                .containsEntry("rejected.no-exchange-rate", 2L)
                .containsEntry("events.waiting", 0L)
                .containsEntry("grossMinor", 8_000L + 700 + 900);
        assertThat(arena.read(Topic.REJECTED_EVENTS)).hasSize(2);
    }

    private static FeedRecord order(String id, long time, String currency, String amount) {
        List<Line> lines = List.of(Line.of("tea", null, BigDecimal.ONE, new BigDecimal(amount)));
        Purchase order = new Purchase(id, time, id, currency, null, null, lines, Line.sumMinor(lines, 2));
        return FeedRecord.of(Topic.PURCHASES, "anna", order);
    }
}

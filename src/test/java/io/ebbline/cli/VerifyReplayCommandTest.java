package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.config.Settings;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopOffers;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Unmerge;
import io.ebbline.model.ModelVersion;
import io.ebbline.wire.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A small shop played several ways on the real thing; and one in which somebody tampered with an order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyReplayCommandTest {
    private static final Duration LATENESS = Duration.ofDays(1);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = Console.to(new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final List<ModelVersion> versions = ShopOffers.versions();
    private final History history = CaseFeed.withinBound(
            new SimulatedShop(5, 40, 120, Instant.parse("2025-01-01T00:00:00Z"), ShopRates.defaults()).history(),
            LATENESS.toMillis());
    private Interrupts interrupts;
    private CasePlayer player;
    private Told expected;

    @BeforeAll
    void start() {
        interrupts = Interrupts.listen(Duration.ofSeconds(1));
        player = CasePlayer.start(Settings.builder().lateness(LATENESS), console, interrupts);
        expected = player.play(ReplayCase.draw(1, 0), history, versions);
    }

    @AfterAll
    void stop() {
        player.close();
        interrupts.close();
    }

    @Test
    void everyWayTellsTheSame() {
        assertThat(verify(List.of(ReplayCase.draw(1, 1), ReplayCase.draw(1, 2), ReplayCase.draw(1, 3)), history))
                .as(this::printed)
                .isEqualTo(ExitCode.DONE);
        assertThat(printed())
                .contains("run 2: parallelism 8, one topic after the other", "crashed, going on from chk-")
                .contains("stopped with a savepoint")
                .containsPattern("run 3: .*, replayed")
                .containsPattern("customer-scores +\\d+  in 3 runs");
        Told.TOPICS.forEach(topic ->
                assertThat(expected.records(topic)).as(topic.topicName()).isPositive());
    }

    /**
     * Merges, a chain of them, one undone, and one at the very end: the moves go by way of their topic in every run, and come late; a
     * run is over when the last has come.
     */
    @Test
    void mergedCustomersAreToldOfTheSame() {
        History merged = merged();
        printed.reset();
        DifferenceReport report = new DifferenceReport(merged.records(), player.registry(), console);
        int code = new VerifyReplay(drawn -> player.play(drawn, merged, versions), report, console)
                .run(List.of(ReplayCase.draw(1, 1), ReplayCase.draw(1, 3)), run -> "./ebbline again " + run);
        assertThat(code).as(this::printed).isEqualTo(ExitCode.DONE);
        assertThat(printed())
                .containsPattern("customer-scores +\\d+  in 2 runs")
                .doesNotContain("next-best-offers");
    }

    private History merged() {
        List<String> customers = history.records().stream()
                .filter(r -> r.event() instanceof Purchase && r.isAcceptedIn(history.currency(), 0))
                .map(FeedRecord::customer)
                .distinct()
                .limit(9)
                .toList();
        long start = history.records().get(0).recordTime();
        long step = (history.end() - start) / 10;
        List<FeedRecord> records = new ArrayList<>(history.records());
        records.add(request(customers.get(0), new Merge("m1", start + 3 * step, customers.get(1))));
        records.add(request(customers.get(2), new Merge("m2", start + 4 * step, customers.get(3))));
        records.add(request(customers.get(3), new Merge("m3", start + 5 * step, customers.get(4))));
        records.add(request(customers.get(5), new Merge("m4", start + 5 * step, customers.get(6))));
        records.add(request(customers.get(5), new Unmerge("u4", start + 7 * step, customers.get(6))));
        records.add(request(customers.get(7), new Merge("m5", history.end(), customers.get(8))));
        records.sort(Comparator.comparingLong(FeedRecord::arrival));
        return new History(records, history.end(), history.currency());
    }

    private static FeedRecord request(String customer, Event asked) {
        return FeedRecord.of(Topic.CUSTOMER_REQUESTS, customer, asked);
    }

    @Test
    void anOrderOfAnotherAmountIsFound() {
        History altered = altered();
        ReplayCase plain = new ReplayCase(3, 1, 2, Set.of(), 0, List.of());
        assertThat(verify(List.of(plain), altered)).isEqualTo(ExitCode.NO);
        FeedRecord tampered = firstOrder();
        assertThat(printed())
                .contains("Customer " + tampered.customer() + "; - is what run 0 told")
                .contains("- ", "+ ", "grossMinor: ")
                .contains(
                        "Its ",
                        " events in order:",
                        "\"eventId\":\"" + tampered.event().id() + "\"")
                .contains("./ebbline again 3");
    }

    private int verify(List<ReplayCase> cases, History played) {
        printed.reset();
        DifferenceReport report = new DifferenceReport(history.records(), player.registry(), console);
        return new VerifyReplay(
                        drawn -> drawn.run() == 0 ? expected : player.play(drawn, played, versions), report, console)
                .run(cases, run -> "./ebbline again " + run);
    }

    private FeedRecord firstOrder() {
        return history.records().stream()
                .filter(r -> r.event() instanceof Purchase && r.isAcceptedIn(history.currency(), 0))
                .findFirst()
                .orElseThrow();
    }

    /** The history with one order of twice the lines. */
    private History altered() {
        FeedRecord first = firstOrder();
        List<FeedRecord> records = new ArrayList<>(history.records());
        Purchase order = (Purchase) first.event();
        records.replaceAll(r -> r.event() instanceof Purchase p && p.id().equals(order.id()) ? dearer(r, p) : r);
        return new History(records, history.end(), history.currency());
    }

    private static FeedRecord dearer(FeedRecord r, Purchase p) {
        List<Line> twice = new ArrayList<>(p.lines());
        twice.addAll(p.lines());
        Purchase dearer = new Purchase(
                p.id(), p.time(), p.orderId(), p.currency(), p.channel(), p.discount(), twice, 2 * p.totalMinor());
        return new FeedRecord(r.topic(), r.customer(), r.arrival(), r.recordTime(), dearer, r.raw());
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}

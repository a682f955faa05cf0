package io.ebbline.operator;

import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.model.ModelTimeline;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.state.EventCodec;
import io.ebbline.wire.Origin;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When previews are told, of whom, and that nothing else hears of them. */
class PreviewsTest {

    private static final EngineRules RULES =
            new EngineRules(EngineRules.ENDLESS, 30 * Records.DAY, 10_000 * Records.DAY, ZoneOffset.UTC);

    private ScoringCluster job;

    private void start(Setup setup) throws Exception {
        job = ScoringCluster.start(setup);
        job.model(model(1), 0);
    }

    private void start() throws Exception {
        start(Setup.of(RULES).onRocksDb().withPreviews());
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.close();
        }
    }

    private List<String> previewed() {
        return job.drainPreviews().stream().map(Records::key).toList();
    }

    @Test
    void itSaysAheadWhatIsSaidOnceTheWatermarkHasPassed() throws Exception {
        start();
        job.event("anna", purchase("o2", day(40), "5.00"));
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.clock(Previews.BEAT_MILLIS - 1);
        assertThat(job.drainPreviews()).isEmpty();
        job.clock(Previews.BEAT_MILLIS);
        List<Outgoing> previews = job.drainPreviews();
        assertThat(previews).hasSize(1);
        Outgoing preview = previews.get(0);
        assertThat(preview.topic()).isEqualTo(Topic.CUSTOMER_SCORE_PREVIEWS);
        assertThat(preview.time()).isEqualTo(Outgoing.NOW);
        assertThat(Records.key(preview)).isEqualTo("anna");
        GenericRecord shown = decode(preview);
        assertThat(shown.get("asOf")).isEqualTo(day(40));
        assertThat(shown.get("orders")).isEqualTo(2L);
        assertThat(shown.get("monetaryMinor")).isEqualTo(1_500L);
        assertThat(job.drain()).isEmpty();

        job.watermark(day(40));
        List<Outgoing> answers = job.drain(Topic.CUSTOMER_SCORES);
        assertThat(Records.body(answers.get(answers.size() - 1))).isEqualTo(Records.body(preview));
        job.clock(10 * Previews.BEAT_MILLIS);
        assertThat(job.drainPreviews()).isEmpty();
    }

    @Test
    void oneOfACustomerAndBeatInOrderOfArrival() throws Exception {
        start();
        job.event("bert", visit("v1", day(1)));
        job.event("anna", purchase("o1", day(2), "10.00"));
        job.event("bert", purchase("o2", day(3), "10.00"));
        job.clock(Previews.BEAT_MILLIS);
        assertThat(previewed()).containsExactly("bert", "anna");
        job.event("anna", visit("v2", day(4)));
        job.clock(2 * Previews.BEAT_MILLIS);
        assertThat(previewed()).containsExactly("anna");
    }

    @Test
    void whatIsTooMuchForABeatIsLeftToTheNextAndWhatIsTooMuchForASecondIsNotTold() throws Exception {
        start(Setup.of(RULES).withPreviews());
        for (int i = 0; i < Previews.CAPACITY + 100; i++) {
            job.event("c" + i, visit("v", day(1)));
        }
        List<String> told = new ArrayList<>();
        for (int beat = 1; beat <= 4; beat++) {
            job.clock(beat * Previews.BEAT_MILLIS);
            List<String> now = previewed();
            assertThat(now).hasSize(Previews.PER_BEAT);
            told.addAll(now);
        }
        assertThat(told).doesNotHaveDuplicates().startsWith("c0").endsWith("c" + (Previews.CAPACITY - 1));
        assertThat(5 * Previews.BEAT_MILLIS).isLessThanOrEqualTo(1_000);
        job.clock(5 * Previews.BEAT_MILLIS);
        assertThat(previewed()).isEmpty();
        assertThat(job.gauge(MetricNames.WAITING)).isEqualTo(Previews.CAPACITY + 100);
    }

    @Test
    void whatComesLateIsShownToo() throws Exception {
        start();
        job.event("anna", purchase("o1", day(10), "10.00"));
        job.watermark(day(10));
        job.clock(Previews.BEAT_MILLIS);
        job.drainPreviews();
        job.event("anna", purchase("o0", day(9), "7.00"));
        job.clock(2 * Previews.BEAT_MILLIS);
        assertThat(decode(job.drainPreviews()))
                .extracting(shown -> shown.get("monetaryMinor"))
                .containsExactly(1_700L);
    }

    @Test
    void ofWhomMoreWaitsThanIsAtHandThereIsNone() throws Exception {
        start();
        for (int i = 0; i <= CustomerInbox.HEAD; i++) {
            job.event("robot", visit("v" + i, day(1) + i));
        }
        job.event("anna", visit("v", day(1)));
        job.clock(Previews.BEAT_MILLIS);
        assertThat(previewed()).containsExactly("anna");
    }

    @Test
    void whatIsRefusedWhenAppliedIsRefusedThenAndNotBefore() throws Exception {
        start();
        Event yen = new Purchase(
                "o2",
                day(2),
                "o2",
                "JPY",
                null,
                null,
                purchase("o2", day(2), "10.00").lines(),
                1_000);
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.record(Origin.kept(Records.of("anna", yen), new EventCodec().encode(yen)));
        job.clock(Previews.BEAT_MILLIS);
        assertThat(decode(job.drainPreviews()))
                .extracting(shown -> shown.get("orders"))
                .containsExactly(1L);
        assertThat(job.drain()).isEmpty();
        assertThat(job.gauge(MetricNames.REJECTED)).isZero();
        job.watermark(day(3));
        assertThat(job.gauge(MetricNames.REJECTED)).isEqualTo(1);
    }

    @Test
    void theyWaitForAModel() throws Exception {
        job = ScoringCluster.start(Setup.of(RULES).withPreviews());
        job.event("anna", visit("v", day(1)));
        job.clock(Previews.BEAT_MILLIS);
        assertThat(previewed()).isEmpty();
        job.model(model(1), 0);
        job.clock(2 * Previews.BEAT_MILLIS);
        assertThat(previewed()).containsExactly("anna");
    }

    @Test
    void theyAreToldBeforeTheBarrierAndAreInNoCheckpoint() throws Exception {
        start();
        job.event("anna", purchase("o1", day(1), "10.00"));
        Checkpoint checkpoint = job.checkpoint();
        assertThat(previewed()).containsExactly("anna");
        job.close();
        job = ScoringCluster.restore(Setup.of(RULES).onRocksDb().withPreviews(), checkpoint);
        job.clock(Previews.BEAT_MILLIS);
        assertThat(previewed()).isEmpty();
        job.event("anna", purchase("o2", day(2), "10.00"));
        job.clock(2 * Previews.BEAT_MILLIS);
        assertThat(decode(job.drainPreviews()))
                .extracting(shown -> shown.get("orders"))
                .containsExactly(2L);
    }

    /** Sinks fail on what comes after the end, and with them the savepoint of a job that is drained. */
    @Test
    void afterTheEndOfADrainedJobNoneIsTold() throws Exception {
        start();
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.finish();
        job.checkpoint();
        assertThat(job.drainPreviews()).isEmpty();
    }

    @Test
    void withoutThemNoneIsTold() throws Exception {
        start(Setup.of(RULES));
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.clock(10 * Previews.BEAT_MILLIS);
        job.checkpoint();
        assertThat(job.drainPreviews()).isEmpty();
        assertThat(job.subtask(0).numProcessingTimeTimers()).isZero();
    }

    /** All that is said and counted, and how much is stored. The cache holds two customers, so that previews load and evict. */
    private record Traces(List<String> said, List<String> report, long stored) {}

    private int shown;

    private Traces traces(ShopHistory history, boolean previews) throws Exception {
        Setup setup = Setup.of(history.endlessRules()).cache(2);
        job = ScoringCluster.start(previews ? setup.withPreviews() : setup);
        for (ModelTimeline.Entry entry : history.models()) {
            job.model(entry.model(), entry.effectiveAt());
        }
        long clock = 0;
        for (Map.Entry<String, List<Event>> customer : history.events().entrySet()) {
            for (Event event : customer.getValue()) {
                job.event(customer.getKey(), event);
                clock += Previews.BEAT_MILLIS / 3;
                job.clock(clock);
            }
        }
        shown += job.drainPreviews().size();
        long stored = job.savepoint().get(0).getStateSize();
        job.watermark(history.end());
        job.clock(clock + 2 * Previews.BEAT_MILLIS);
        List<String> said = new ArrayList<>();
        for (Outgoing record : job.drain()) {
            said.add(record.topic() + " " + Records.key(record) + " " + Records.text(record.value()));
        }
        said.sort(null);
        List<String> report = new ArrayList<>(job.finish());
        report.sort(null);
        job.close();
        return new Traces(said, report, stored);
    }

    @Test
    void nothingElseHearsOfThem() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            ShopHistory history = ShopHistory.of(seed);
            assertThat(traces(history, true)).as("seed " + seed).isEqualTo(traces(history, false));
        }
        job = null;
        assertThat(shown).isGreaterThan(300);
    }
}

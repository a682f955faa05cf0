package io.ebbline.operator;

import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.header;
import static io.ebbline.operator.Records.key;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Merge;
import io.ebbline.event.Unmerge;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.EventDecoder;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Origin;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merges in the operator: what is told, stored, counted and handed over, by way of the wire. */
class MergedTest {

    private static final String ANN = "ann-4711";
    private static final String BOB = "bob-4712";
    private static final String CYD = "cyd-4713";

    private final EventDecoder decoder = new EventDecoder(Registries.SHARED, "GBP", 10 * DAY);
    private final List<Outgoing> told = new ArrayList<>();
    private final List<Outgoing> moves = new ArrayList<>();
    private Setup setup = Setup.of(EngineRules.defaults().withCorrections(7 * DAY));
    private ScoringCluster job;
    private long offset;

    private void start(boolean rocksDb) throws Exception {
        setup = rocksDb ? setup.onRocksDb() : setup;
        job = ScoringCluster.start(setup);
        job.model(model(1), 0);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    private void send(String customer, Event event) throws Exception {
        Incoming record = Records.of(customer, event);
        byte[] body = record.body();
        boolean request = event instanceof Merge || event instanceof Unmerge;
        job.record(request && body != null ? Origin.kept(record, body) : record);
    }

    /** Takes out what was told; moves are on their way then. */
    private void drain() {
        for (Outgoing record : job.drain()) {
            (record.topic() == Topic.CUSTOMER_MOVES ? moves : told).add(record);
        }
    }

    /** Has the moves arrive, and what they bring about. */
    private void serve() throws Exception {
        for (drain(); !moves.isEmpty(); drain()) {
            for (Outgoing move : List.copyOf(moves)) {
                moves.remove(move);
                job.record(decoder.decode(
                        Topic.CUSTOMER_MOVES, 0, offset++, move.time(), move.key(), move.value(), List.of()));
            }
        }
    }

    private void restore(int parallelism, double day) throws Exception {
        Checkpoint checkpoint = job.checkpoint();
        drain();
        job.close();
        job = ScoringCluster.restore(setup.parallelism(parallelism), checkpoint);
        job.watermark(day(day));
    }

    private Map<String, Long> spends() {
        Map<String, Long> spends = new TreeMap<>();
        for (Outgoing record : told) {
            if (record.topic() == Topic.CUSTOMER_SCORES && record.value() == null) {
                spends.remove(key(record));
            } else if (record.topic() == Topic.CUSTOMER_SCORES) {
                spends.put(key(record), (Long) decode(record).get("monetaryMinor"));
            }
        }
        return spends;
    }

    private boolean isStored(String id) throws Exception {
        boolean found = false;
        for (OperatorSubtaskState state : job.savepoint()) {
            found |= StateBytes.hold(state, id);
        }
        return found;
    }

    private void assertAccounted(long applied, long duplicate, long late, long rejected) {
        assertThat(List.of(
                        job.gauge(MetricNames.READ),
                        job.gauge(MetricNames.APPLIED),
                        job.gauge(MetricNames.DUPLICATE),
                        job.gauge(MetricNames.LATE),
                        job.gauge(MetricNames.REJECTED),
                        job.gauge(MetricNames.WAITING)))
                .as("read, applied, duplicate, late, rejected, waiting")
                .containsExactly(applied + duplicate + late + rejected, applied, duplicate, late, rejected, 0L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRetiredIdGetsATombstoneAndThePointerIsInItsEnd(boolean rocksDb) throws Exception {
        start(rocksDb);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(BOB, purchase("o2", day(2), "2.00"));
        send(ANN, new Merge("q1", day(5), BOB));
        job.watermark(day(4));
        drain();
        told.clear();
        job.watermark(day(6));
        drain();
        assertThat(told)
                .extracting(Outgoing::topic)
                .containsExactly(
                        Topic.LIFECYCLE_TRANSITIONS,
                        Topic.LIFECYCLE_TRANSITIONS,
                        Topic.SCORE_CHANGES,
                        Topic.CUSTOMER_SCORES);
        assertThat(told).allMatch(record -> key(record).equals(ANN));
        assertThat(told.get(3).value()).isNull();
        GenericRecord stage = decode(told.get(0));
        assertThat(stage.get("current")).isNull();
        assertThat(stage.get("trigger")).hasToString("MERGE");
        assertThat(stage.get("reasons").toString()).contains("MERGED").contains(BOB);
        assertThat(moves).hasSize(1);
        assertThat(key(moves.get(0))).isEqualTo(BOB);
        serve();
        assertThat(spends()).containsExactly(Map.entry(BOB, 1_200L));
        assertThat(decode(Records.lastAnswers(told).get(BOB)).get("asOf")).isEqualTo(day(5));
        assertAccounted(4, 0, 0, 0);
        assertThat(job.finish()).contains("N,grossMinor,1200").noneMatch(line -> line.contains(ANN));
    }

    /** Moves are in the topic when the job stops; keys are on other subtasks when it goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChainGoesOnWhereItWasStopped(boolean rocksDb) throws Exception {
        start(rocksDb);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(BOB, purchase("o2", day(2), "2.00"));
        send(CYD, purchase("o3", day(3), "0.30"));
        send(ANN, new Merge("q1", day(5), BOB));
        send(BOB, new Merge("q2", day(5.5), CYD));
        job.watermark(day(6));
        restore(3, 6.1);
        assertThat(moves).hasSize(2);
        send(ANN, purchase("o4", day(6.2), "0.04"));
        job.watermark(day(6.5));
        restore(2, 6.5);
        serve();
        assertThat(spends()).containsExactly(Map.entry(CYD, 1_234L));
        send(BOB, new Unmerge("q3", day(7), CYD));
        job.watermark(day(7.1));
        restore(1, 7.1);
        serve();
        assertThat(spends()).containsExactly(Map.entry(BOB, 1_204L), Map.entry(CYD, 30L));
        send(ANN, new Unmerge("q4", day(8), BOB));
        job.watermark(day(8.1));
        restore(3, 8.1);
        serve();
        assertThat(spends()).containsExactly(Map.entry(ANN, 1_004L), Map.entry(BOB, 200L), Map.entry(CYD, 30L));
    }

    /** In silence, so that nothing is missed when it is one of its own again. */
    @Test
    void theDeadlinesOfARetiredIdAreHandledAndNothingIsToldOfThem() throws Exception {
        start(false);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(ANN, new Merge("q1", day(5), BOB));
        job.watermark(day(6));
        serve();
        told.clear();
        assertThat(job.timers()).isEqualTo(2);
        for (int days = 7; days < 300; days += 7) {
            job.watermark(day(days));
        }
        drain();
        assertThat(told).isNotEmpty().allMatch(record -> key(record).equals(BOB));
        told.clear();
        send(ANN, new Unmerge("q2", day(300), BOB));
        job.watermark(day(301));
        serve();
        GenericRecord answer = decode(Records.lastAnswers(told).get(ANN));
        assertThat(answer.get("stage")).hasToString("DEPARTED");
        assertThat((Long) answer.get("stageSince")).isLessThan(day(300));
        assertThat(spends()).containsExactly(Map.entry(ANN, 1_000L));
    }

    @Test
    void aRefusedRequestIsHandedOverAsItCame() throws Exception {
        start(false);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(ANN, new Merge("q1", day(2), ANN));
        job.watermark(day(3));
        send(ANN, new Unmerge("q2", day(1.5), BOB)); // Late.
        send(ANN, new Merge("q3", day(3), BOB)); // Late, and served.
        drain();
        List<Outgoing> refused = told.stream()
                .filter(record -> record.topic() == Topic.REJECTED_EVENTS)
                .toList();
        assertThat(refused)
                .extracting(record -> header(record, HeaderNames.REASON))
                .containsExactly("merge-into-itself", "not-merged", "late");
        assertThat(refused)
                .extracting(record -> text(record.value()))
                .containsExactly("original of q1", "original of q2", "original of q3");
        assertAccounted(1, 0, 1, 2);
    }

    @Test
    void whatWasUndoneIsReportedAndHadBeenCounted() throws Exception {
        start(false);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(BOB, purchase("o2", day(1), "2.00"));
        send(ANN, new Merge("q1", day(5), BOB));
        send(BOB, new Merge("q2", day(5), ANN));
        job.watermark(day(6));
        serve();
        assertThat(spends()).containsExactly(Map.entry(BOB, 1_200L));
        assertThat(told.stream()
                        .filter(record -> record.topic() == Topic.REJECTED_EVENTS)
                        .map(record -> header(record, HeaderNames.REASON)))
                .containsExactly("merge-cycle");
        assertThat(job.gauge(MetricNames.REJECTED)).isZero();
        assertThat(job.gauge(MetricNames.READ)).isEqualTo(job.gauge(MetricNames.APPLIED));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theErasureOfAMemberLeavesNothingOfAnyAndLetsNothingLateIn(boolean rocksDb) throws Exception {
        start(rocksDb);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(BOB, purchase("o2", day(2), "2.00"));
        send(ANN, new Merge("q1", day(5), BOB));
        job.watermark(day(6));
        serve();
        assertThat(isStored(ANN)).isTrue();
        send(BOB, new Erasure("q2", day(7)));
        job.watermark(day(8));
        serve();
        assertThat(spends()).isEmpty();
        assertThat(isStored(ANN)).isFalse();
        assertThat(isStored(BOB)).isFalse();
        assertThat(job.timers()).isZero();
        assertThat(job.gauge(MetricNames.ERASED)).isEqualTo(2);
        send(ANN, purchase("o3", day(4), "1.00"));
        send(BOB, purchase("o4", day(4), "1.00"));
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(2);
    }

    @Test
    void whoIsMergedIntoOneWhoIsErasedMeanwhileIsErasedToo() throws Exception {
        start(false);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(BOB, purchase("o2", day(2), "2.00"));
        send(ANN, new Merge("q1", day(5), BOB));
        send(BOB, new Erasure("q2", day(6)));
        job.watermark(day(7));
        assertThat(isStored(ANN)).isTrue();
        serve();
        assertThat(spends()).isEmpty();
        assertThat(isStored(ANN)).isFalse();
        assertThat(isStored(BOB)).isFalse();
        send(ANN, purchase("o3", day(4), "1.00"));
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(1);
    }

    @Test
    void nothingIsPreviewedOfARetiredId() throws Exception {
        setup = setup.withPreviews();
        start(false);
        send(ANN, purchase("o1", day(1), "10.00"));
        send(ANN, new Merge("q1", day(5), BOB));
        job.clock(1_000);
        assertThat(job.drainPreviews()).isEmpty(); // It will have been merged.
        job.watermark(day(6));
        send(ANN, purchase("o2", day(7), "10.00"));
        job.clock(2_000);
        assertThat(job.drainPreviews()).isEmpty();
    }
}

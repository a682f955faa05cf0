package io.ebbline.operator;

import static io.ebbline.operator.Records.START;
import static io.ebbline.operator.Records.bytes;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.header;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.engine.Erasures;
import io.ebbline.event.Erasure;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Header;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of whoever was erased nothing is left in the state, and what comes late does not bring them back. */
class ErasedTest {

    private static final String ID = "anna-4711";

    private Setup setup = Setup.of(EngineRules.defaults());
    private ScoringCluster job;

    private void start(boolean rocksDb) throws Exception {
        setup = rocksDb ? setup.onRocksDb() : setup;
        job = ScoringCluster.start(setup);
        job.model(model(1), 0);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    private void erase(String request, long time) throws Exception {
        job.event(ID, new Erasure(request, time));
    }

    private void resume(Checkpoint from, int parallelism) throws Exception {
        job.close();
        job = ScoringCluster.restore(setup.parallelism(parallelism), from);
    }

    private void assertCounts(long read, long applied, long duplicate, long late, long rejected, long waiting) {
        assertThat(List.of(
                        job.gauge(MetricNames.READ),
                        job.gauge(MetricNames.APPLIED),
                        job.gauge(MetricNames.DUPLICATE),
                        job.gauge(MetricNames.LATE),
                        job.gauge(MetricNames.REJECTED),
                        job.gauge(MetricNames.WAITING)))
                .as("read, applied, duplicate, late, rejected, waiting")
                .containsExactly(read, applied, duplicate, late, rejected, waiting);
    }

    private boolean inASavepoint() throws Exception {
        boolean found = false;
        for (OperatorSubtaskState state : job.savepoint()) {
            found |= StateBytes.hold(state, ID);
        }
        return found;
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(inASavepoint()).isFalse();
        assertThat(job.subtask(0).stored()).isZero();
        assertThat(job.timers()).isZero();
        assertThat(job.gauge(MetricNames.CACHED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndIsToldAndNoByteOfTheIdIsLeft(boolean rocksDb) throws Exception {
        start(rocksDb);
        for (int i = 0; i < 50; i++) {
            job.event(ID, purchase("o" + i, day(i * .1), "10.00"));
        }
        job.watermark(day(3));
        erase("q1", day(8));
        job.watermark(day(7));
        job.drain();
        assertThat(inASavepoint()).isTrue();

        job.watermark(day(8));
        List<Outgoing> told = job.drain();
        assertThat(told)
                .extracting(Outgoing::topic)
                .containsExactly(
                        Topic.LIFECYCLE_TRANSITIONS,
                        Topic.LIFECYCLE_TRANSITIONS,
                        Topic.SCORE_CHANGES,
                        Topic.CUSTOMER_SCORES);
        GenericRecord stage = decode(told.get(0));
        assertThat(stage.get("kind")).hasToString("STAGE");
        assertThat(stage.get("previous")).isNotNull();
        assertThat(stage.get("current")).isNull();
        assertThat(stage.get("trigger")).hasToString("REQUEST");
        assertThat(stage.get("time")).isEqualTo(day(8));
        assertThat(stage.get("reasons").toString()).contains("ERASED");
        GenericRecord segment = decode(told.get(1));
        assertThat(segment.get("kind")).hasToString("SEGMENT");
        assertThat(segment.get("current")).isNull();
        assertThat(decode(told.get(2)).get("stage")).isNull();
        assertThat(Records.key(told.get(3))).isEqualTo(ID);
        assertThat(told.get(3).value()).isNull();
        assertThat(job.gauge(MetricNames.ERASED)).isEqualTo(1);
        assertThat(job.gauge(MetricNames.FORGOTTEN)).isEqualTo(1);
        assertCounts(51, 51, 0, 0, 0, 0);
        assertNothingIsLeft();
    }

    /** A deadline that has moved to an earlier instant leaves a timer behind at the later one. */
    @Test
    void timersThatWereOvertakenGoToo() throws Exception {
        start(false);
        job.event(ID, visit("v1", START));
        job.watermark(day(1));
        for (int i = 0; i < 6; i++) {
            job.event(ID, purchase("o" + i, day(2 + i), "10.00"));
            job.watermark(day(2 + i));
        }
        assertThat(job.timers()).isPositive();
        erase("q1", day(9));
        job.watermark(day(9));
        assertThat(job.timers()).isZero();
    }

    @Test
    void whatIsHandedOnOfALateEventIsWhereItCameFrom() throws Exception {
        start(false);
        job.event(ID, purchase("o1", day(1), "10.00"));
        erase("q1", day(5));
        job.watermark(day(6));
        job.drain();
        Header trace = new Header("trace", bytes(ID));
        job.record(Records.of(ID, purchase("o2", day(4), "5.00"), List.of(trace)));
        job.event(ID, visit("v1", day(5)));

        List<Outgoing> told = job.drain();
        assertThat(told).hasSize(2).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(Topic.REJECTED_EVENTS);
            assertThat(record.key()).isNull();
            assertThat(record.value()).isNull();
            assertThat(record.headers())
                    .noneMatch(each -> Records.text(each.value()).contains(ID));
            assertThat(header(record, HeaderNames.REASON)).isEqualTo("erased");
            assertThat(header(record, HeaderNames.PARTITION)).isEqualTo("3");
            assertThat(header(record, HeaderNames.OFFSET)).isEqualTo("17");
        });
        assertThat(header(told.get(1), HeaderNames.TOPIC)).isEqualTo("touchpoints");
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(2);
        assertCounts(4, 2, 0, 0, 2, 0);
        assertNothingIsLeft();
    }

    @Test
    void whatWaitedForTheSameInstantIsSuppressedAndWhatComesAfterItIsTheirFirst() throws Exception {
        start(false);
        job.event(ID, purchase("o1", day(1), "10.00"));
        job.event(ID, purchase("o2", day(5), "20.00"));
        job.event(ID, purchase("o3", day(5) + 1, "40.00"));
        erase("q1", day(5));
        erase("q2", day(5));
        job.watermark(day(6));
        GenericRecord answer = decode(Records.lastAnswers(job.drain()).get(ID));
        assertThat(answer.get("orders")).isEqualTo(1L);
        assertThat(answer.get("monetaryMinor")).isEqualTo(4_000L);
        assertThat(answer.get("stage")).hasToString("GROWTH");
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(1);
        assertCounts(5, 3, 1, 0, 1, 0);
        // They are back: what is younger than the erasure is late as ever, what is older is not let in.
        job.event(ID, purchase("o4", day(5.5), "1.00"));
        job.event(ID, purchase("o0", day(4), "1.00"));
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isEqualTo(1);
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(2);
    }

    @Test
    void aRedeliveredRequestDoesNotEraseWhoHasComeBack() throws Exception {
        start(false);
        job.event(ID, visit("v1", day(1)));
        erase("q1", day(2));
        job.watermark(day(3));
        job.event(ID, visit("v2", day(4)));
        job.watermark(day(5));
        erase("q1", day(2));
        job.watermark(day(6));
        assertThat(job.gauge(MetricNames.ERASED)).isEqualTo(1);
        assertCounts(4, 3, 1, 0, 0, 0);
        job.checkpoint();
        assertThat(job.subtask(0).stored()).isEqualTo(1);
    }

    @Test
    void anErasureIsNeverTooLate() throws Exception {
        start(false);
        job.event(ID, visit("v1", day(1)));
        job.event(ID, purchase("o1", day(90), "10.00"));
        job.watermark(day(91));
        job.drain();
        erase("q1", day(2));
        List<Outgoing> told = job.drain();
        Outgoing tombstone = told.get(told.size() - 2);
        assertThat(tombstone.topic()).isEqualTo(Topic.CUSTOMER_SCORES);
        assertThat(tombstone.value()).isNull();
        Outgoing late = told.get(told.size() - 1);
        assertThat(header(late, HeaderNames.REASON)).isEqualTo("late");
        assertThat(late.key()).isNull();
        assertThat(late.value()).isNull();
        assertCounts(3, 2, 0, 1, 0, 0);
        assertNothingIsLeft();
        job.event(ID, purchase("o2", day(90), "10.00"));
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(1);
    }

    @Test
    void nobodyIsMadeByBeingErased() throws Exception {
        start(true);
        erase("q1", day(2));
        job.watermark(day(3));
        assertThat(job.drain()).isEmpty();
        assertThat(job.gauge(MetricNames.ERASED)).isZero();
        assertCounts(1, 1, 0, 0, 0, 0);
        assertNothingIsLeft();
        job.event(ID, visit("v1", day(1)));
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(1);
    }

    /** A restored operator does not know how far the watermark had come, and must not let them in for that. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void marksGoWithTheirKeysWhateverTheParallelism(boolean rocksDb) throws Exception {
        start(rocksDb);
        for (int i = 0; i < 40; i++) {
            job.event("c" + i, visit("v1", day(1)));
            job.event("c" + i, new Erasure("q1", day(2)));
        }
        job.event("kept", visit("v1", day(1)));
        job.watermark(day(3));
        for (int parallelism : new int[] {3, 2}) {
            resume(job.checkpoint(), parallelism);
            job.drain();
            long before = job.gauge(MetricNames.SUPPRESSED);
            for (int i = 0; i < 40; i++) {
                job.event("c" + i, visit("v" + parallelism, day(2)));
            }
            assertThat(job.gauge(MetricNames.SUPPRESSED) - before).isEqualTo(40);
            job.event("kept", visit("v2", day(2)));
            assertThat(job.gauge(MetricNames.SUPPRESSED) - before).isEqualTo(40);
        }
        job.event("c7", visit("new", day(4)));
        job.watermark(day(5));
        assertThat(Records.lastAnswers(job.drain())).containsKey("c7");
    }

    @Test
    void aMarkIsKeptFor400Days() throws Exception {
        start(false);
        erase("q1", day(2));
        job.watermark(day(402));
        resume(job.checkpoint(), 1);
        job.event(ID, visit("v1", day(1)));
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(1);
        job.watermark(day(402) + 1);
        resume(job.checkpoint(), 1);
        job.event(ID, visit("v1", day(1)));
        assertThat(job.gauge(MetricNames.SUPPRESSED)).isEqualTo(1);
    }

    /** RFC 4231, test case 2. */
    @Test
    void aMarkIsTheBeginningOfAKeyedHash() throws Exception {
        start(false);
        Erasures.Mark mark = new CustomerMarks(bytes("Jefe"), 720).of("what do ya want for nothing?");
        assertThat(mark.high()).isEqualTo(0x5bdcc146bf60754eL);
        assertThat(mark.low()).isEqualTo(0x6a042426089575c7L);
    }
}

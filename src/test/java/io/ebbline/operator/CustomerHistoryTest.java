package io.ebbline.operator;

import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.header;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator keeps for corrections, and what it says of late events then. */
class CustomerHistoryTest {

    private static final EngineRules WEEK = EngineRules.defaults().withCorrections(7 * Records.DAY);

    private ScoringCluster job;

    private void start(EngineRules rules, boolean rocksDb) throws Exception {
        Setup setup = Setup.of(rules).cache(1);
        job = ScoringCluster.start(rocksDb ? setup.onRocksDb() : setup);
        job.model(model(1), 0);
    }

    private void restart(EngineRules rules) throws Exception {
        Checkpoint checkpoint = job.checkpoint();
        job.close();
        job = ScoringCluster.restore(Setup.of(rules).cache(1), checkpoint);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLateOrderIsPutInItsPlaceThoughItsCustomerWasOutOfTheCache(boolean rocksDb) throws Exception {
        start(WEEK, rocksDb);
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.event("anna", purchase("o3", day(9), "20.00"));
        job.watermark(day(10));
        job.event("bert", purchase("o1", day(11), "10.00"));
        job.watermark(day(11));
        job.drain();

        job.event("anna", purchase("o2", day(5), "5.00"));
        List<Outgoing> sent = job.drain();
        GenericRecord answer = Records.decode(Records.lastAnswers(sent).get("anna"));
        assertThat(answer.get("orders")).isEqualTo(3L);
        assertThat(answer.get("monetaryMinor")).isEqualTo(3_500L);
        assertThat(answer.get("asOf")).isEqualTo(day(9));
        Outgoing report = sent.get(sent.size() - 1);
        assertThat(report.topic()).isEqualTo(Topic.REJECTED_EVENTS);
        assertThat(header(report, HeaderNames.REASON)).isEqualTo("late");
        assertThat(header(report, HeaderNames.ERROR)).isEqualTo("It was applied where it belongs.");
        assertThat(job.gauge(MetricNames.LATE)).isEqualTo(1);
        assertThat(job.gauge(MetricNames.LATE_CORRECTED)).isEqualTo(1);
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isZero();
        assertThat(job.gauge(MetricNames.CORRECTIONS))
                .as("the change that the order of day 9 made was another")
                .isPositive();
        job.event("anna", purchase("o2", day(5), "5.00"));
        assertThat(job.gauge(MetricNames.DUPLICATE)).isEqualTo(1);
        assertThat(job.drain()).isEmpty();
    }

    @Test
    void whatIsOlderThanTheHorizonIsBooked() throws Exception {
        start(WEEK, false);
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.event("anna", purchase("o3", day(19), "20.00"));
        job.watermark(day(20));
        job.event("anna", purchase("o2", day(13) - 1, "5.00"));
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isEqualTo(1);
        assertThat(job.gauge(MetricNames.CORRECTIONS)).isZero();
        GenericRecord answer = Records.decode(Records.lastAnswers(job.drain()).get("anna"));
        assertThat(answer.get("monetaryMinor")).isEqualTo(3_500L);
    }

    @Test
    void aHistoryDoesNotGrowWithTime() throws Exception {
        start(WEEK, false);
        for (int i = 0; i < 400; i++) {
            job.event("anna", visit("v" + i, day(i)));
            job.watermark(day(i));
            if (i % 3 == 0) {
                job.checkpoint();
            }
            assertThat(job.subtask(0).heapEntries())
                    .as("the customer and two parts")
                    .isLessThanOrEqualTo(3);
        }
    }

    @Test
    void ofABusyCustomerNothingIsKeptUntilTheNextPart() throws Exception {
        start(WEEK, false);
        for (int i = 0; i < 5_000; i++) {
            job.event("robot", visit("v" + i, day(1) + i));
        }
        job.watermark(day(2));
        job.checkpoint();
        assertThat(job.subtask(0).heapEntries()).as("the customer alone").isEqualTo(1);
        job.event("robot", purchase("o1", day(1), "5.00"));
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isEqualTo(1);
    }

    @Test
    void whileItIsTurnedOffWhatWasKeptGoesWithTheFirstThatIsNot() throws Exception {
        start(WEEK, false);
        job.event("anna", visit("v1", day(1)));
        job.watermark(day(2));
        restart(EngineRules.defaults());
        assertThat(job.subtask(0).heapEntries()).isEqualTo(2);
        job.event("anna", visit("v2", day(3)));
        job.watermark(day(4));
        restart(WEEK);
        assertThat(job.subtask(0).heapEntries()).isEqualTo(1);
        job.event("anna", purchase("o1", day(2), "5.00"));
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isEqualTo(1);
    }
}

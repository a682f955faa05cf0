package io.ebbline.operator;

import static io.ebbline.operator.Records.START;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static io.ebbline.operator.Records.wholeReturn;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a prospect who was forgotten nothing is left but what the counters have to say. */
class ForgottenTest {

    private ScoringCluster job;

    private void start(boolean rocksDb) throws Exception {
        Setup setup = Setup.of(EngineRules.defaults());
        job = ScoringCluster.start(rocksDb ? setup.onRocksDb() : setup);
        job.model(model(1), 0);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    /** What would be in a checkpoint. */
    private long stored() throws Exception {
        job.checkpoint();
        return job.subtask(0).stored();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neitherStateNorTimerIsLeftAndATombstoneTakesTheAnswerBack(boolean rocksDb) throws Exception {
        start(rocksDb);
        job.event("anna", visit("v1", START));
        job.event("bert", visit("v1", START));
        job.event("bert", visit("v2", day(300)));
        job.watermark(day(400) - 1);
        assertThat(stored()).isEqualTo(2);
        assertThat(job.timers()).isEqualTo(2);
        job.drain();

        job.watermark(day(400));
        List<Outgoing> sent = job.drain();
        assertThat(sent)
                .extracting(Outgoing::topic)
                .containsExactly(Topic.LIFECYCLE_TRANSITIONS, Topic.SCORE_CHANGES, Topic.CUSTOMER_SCORES);
        assertThat(sent).extracting(Records::key).containsOnly("anna");
        GenericRecord transition = decode(sent.get(0));
        assertThat(transition.get("previous")).hasToString("PROSPECT");
        assertThat(transition.get("current")).isNull();
        assertThat(transition.get("time")).isEqualTo(day(400));
        assertThat(decode(sent.get(1)).get("stage")).isNull();
        assertThat(sent.get(2).value()).isNull();
        assertThat(job.gauge(MetricNames.FORGOTTEN)).isEqualTo(1);
        assertThat(stored()).isEqualTo(1);
        assertThat(job.timers()).isEqualTo(1);

        job.watermark(day(700));
        assertThat(job.gauge(MetricNames.FORGOTTEN)).isEqualTo(2);
        assertThat(stored()).isZero();
        assertThat(job.timers()).isZero();
        if (!rocksDb) {
            assertThat(job.subtask(0).heapEntries()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theirMoneyStaysInTheReport(boolean rocksDb) throws Exception {
        start(rocksDb);
        job.event("anna", purchase("o1", START, "10.00"));
        job.event("anna", wholeReturn("r1", day(1), "o1"));
        job.event("bert", purchase("o1", day(350), "2.50"));
        job.watermark(day(401));
        job.checkpoint();
        assertThat(job.subtask(0).stored()).isEqualTo(1);
        List<String> report = job.finish();
        assertThat(total(report, MetricNames.GROSS_MINOR)).isEqualTo(1_250);
        assertThat(total(report, MetricNames.RETURNS_MINOR)).isEqualTo(-1_000);
        assertThat(report.stream().filter(line -> line.startsWith("C,")))
                .singleElement()
                .asString()
                .startsWith("C,bert,");
    }

    private static long total(List<String> report, String counter) {
        String prefix = "N," + counter + ",";
        return report.stream()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
                .sum();
    }

    @Test
    void nothingIsLeftOfTheirHistory() throws Exception {
        job = ScoringCluster.start(Setup.of(EngineRules.defaults().withCorrections(7 * Records.DAY)));
        job.model(model(1), 0);
        job.event("anna", visit("v1", START));
        job.watermark(day(1));
        job.checkpoint();
        assertThat(job.subtask(0).heapEntries()).as("a customer and a history").isEqualTo(2);
        job.watermark(day(500));
        job.checkpoint();
        assertThat(job.subtask(0).heapEntries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoComesBackIsNew(boolean rocksDb) throws Exception {
        start(rocksDb);
        job.event("anna", visit("v1", START));
        job.watermark(day(500));
        job.drain();
        job.event("anna", visit("v1", day(501)));
        job.watermark(day(501));
        GenericRecord transition =
                decode(job.drain(Topic.LIFECYCLE_TRANSITIONS)).get(0);
        assertThat(transition.get("previous")).isNull();
        assertThat(transition.get("current")).hasToString("PROSPECT");
        assertThat(job.gauge(MetricNames.APPLIED)).isEqualTo(2);
        assertThat(stored()).isEqualTo(1);
        assertThat(job.timers()).isPositive();
    }
}

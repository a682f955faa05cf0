package io.ebbline.operator;

import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Erasure;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of the answers within a checkpoint a replay tells the newest; {@link ScheduleTest} holds that against all that is told live. */
class NewestAnswersTest {
    private static final EngineRules RULES =
            new EngineRules(EngineRules.ENDLESS, 30 * Records.DAY, 10_000 * Records.DAY, ZoneOffset.UTC);

    private ScoringCluster job;

    private void start(Setup setup) throws Exception {
        job = ScoringCluster.start(setup.withNewestOnly());
        job.model(model(1), 0);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    private List<String> answers() {
        return job.drain(Topic.CUSTOMER_SCORES).stream()
                .map(record -> Records.key(record) + " " + (record.value() == null ? "none" : orders(record)))
                .toList();
    }

    private static Object orders(Outgoing record) {
        return decode(record).get("orders");
    }

    @Test
    void theNewestOfACheckpointIsTold() throws Exception {
        start(Setup.of(RULES).onRocksDb());
        for (int i = 1; i <= 3; i++) {
            job.event("anna", purchase("a" + i, day(i), "10.00"));
            job.watermark(day(i));
        }
        job.event("bert", purchase("b1", day(4), "10.00"));
        job.watermark(day(4));
        assertThat(answers()).isEmpty();
        assertThat(job.gauge(MetricNames.ANSWERS)).isZero();
        job.checkpoint();
        assertThat(answers()).containsExactlyInAnyOrder("anna 3", "bert 1");
        assertThat(job.gauge(MetricNames.ANSWERS)).isEqualTo(2);

        job.event("anna", purchase("a4", day(5), "10.00"));
        job.watermark(day(5));
        job.checkpoint();
        assertThat(answers()).containsExactly("anna 4");
        job.checkpoint();
        assertThat(answers()).isEmpty();
    }

    @Test
    void whatHappenedIsToldAtOnceAndEachTime() throws Exception {
        start(Setup.of(RULES));
        for (int i = 1; i <= 3; i++) {
            job.event("anna", purchase("a" + i, day(i), "10.00"));
            job.watermark(day(i));
            assertThat(job.drain(Topic.SCORE_CHANGES)).hasSize(1);
        }
    }

    /** Who is erased owes no answer any more. */
    @Test
    void aTombstoneTakesThePlaceOfAnAnswer() throws Exception {
        start(Setup.of(RULES));
        job.event("anna", purchase("a1", day(1), "10.00"));
        job.watermark(day(1));
        job.event("anna", new Erasure("r1", day(2)));
        job.watermark(day(2));
        job.checkpoint();
        assertThat(answers()).containsExactly("anna none");
    }

    @Test
    void whoLeavesTheCacheIsToldOfBefore() throws Exception {
        start(Setup.of(RULES).cache(1));
        job.event("anna", purchase("a1", day(1), "10.00"));
        job.watermark(day(1));
        job.event("bert", visit("b1", day(2)));
        assertThat(answers()).containsExactly("anna 1");
    }

    @Test
    void whatComesLateIsInTheAnswer() throws Exception {
        start(Setup.of(RULES.withCorrections(20 * Records.DAY)));
        job.event("anna", purchase("a2", day(10), "10.00"));
        job.watermark(day(10));
        job.event("anna", purchase("a1", day(9), "10.00"));
        job.checkpoint();
        assertThat(answers()).containsExactly("anna 2");
    }

    /** A drained job takes its last savepoint when its sinks take nothing any more. */
    @Test
    void nothingIsLostAtTheEnd() throws Exception {
        start(Setup.of(RULES));
        job.event("anna", purchase("a1", day(1), "10.00"));
        job.endOfTime();
        job.finish();
        assertThat(answers()).containsExactly("anna 1");
        job.checkpoint();
        assertThat(answers()).isEmpty();
    }
}

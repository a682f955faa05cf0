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
import io.ebbline.model.Catalogue;
import io.ebbline.model.Product;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.state.ModelCodec;
import io.ebbline.wire.Header;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fifth law: every record is accounted for, and what is refused goes on with its bytes and the reason. */
class AccountingTest {

    /** Ids are remembered for 30 days. */
    private static final Setup SETUP = Setup.of(EngineRules.defaults()).cache(1).onRocksDb();

    private ScoringCluster job;

    @BeforeEach
    void start() throws Exception {
        job = ScoringCluster.start(SETUP);
        job.model(model(1), 0);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
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

    // ---- late

    @Test
    void aLateEventIsBookedAndHandedOnWithItsBytes() throws Exception {
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.watermark(day(5));
        job.drain();
        Header trace = new Header("trace", bytes("t-1"));
        job.record(Records.of("anna", purchase("o2", day(4), "5.00"), List.of(trace)));

        List<Outgoing> sent = job.drain();
        GenericRecord answer = decode(sent.stream()
                .filter(record -> record.topic() == Topic.CUSTOMER_SCORES)
                .findFirst()
                .orElseThrow());
        assertThat(answer.get("orders")).isEqualTo(2L);
        assertThat(answer.get("monetaryMinor")).isEqualTo(1_500L);
        Outgoing late = only(sent, Topic.REJECTED_EVENTS);
        assertThat(late.key()).isEqualTo(bytes("anna"));
        assertThat(late.value()).isEqualTo(bytes("original of o2"));
        assertThat(late.headers()).contains(trace);
        assertThat(header(late, HeaderNames.REASON)).isEqualTo("late");
        assertThat(header(late, HeaderNames.STAGE)).isEqualTo("apply");
        assertThat(header(late, HeaderNames.TOPIC)).isEqualTo("purchases");
        assertThat(header(late, HeaderNames.PARTITION)).isEqualTo("3");
        assertThat(header(late, HeaderNames.OFFSET)).isEqualTo("17");
        assertThat(header(late, HeaderNames.RECORD_TIME)).isEqualTo(Long.toString(day(4) + 5));
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isEqualTo(1);
        assertCounts(2, 1, 0, 1, 0, 0);
    }

    @Test
    void anEventAtTheWatermarkIsLateAndOneAfterItIsNot() throws Exception {
        job.watermark(day(5));
        job.event("anna", visit("v1", day(5)));
        job.event("bert", visit("v1", day(5) + 1));
        assertCounts(2, 0, 0, 1, 0, 1);
    }

    @Test
    void aLateEventOlderThanTheDedupHorizonChangesNothingAndIsHandedOn() throws Exception {
        job.event("anna", purchase("o1", day(40), "10.00"));
        job.watermark(day(40));
        job.drain();
        job.event("anna", purchase("o2", day(10) - 1, "5.00"));
        List<Outgoing> sent = job.drain();
        assertThat(sent).extracting(Outgoing::topic).containsExactly(Topic.REJECTED_EVENTS);
        assertThat(sent.get(0).value()).isEqualTo(bytes("original of o2"));
        assertThat(job.gauge(MetricNames.LATE_BOOKED)).isZero();
        assertThat(job.gauge(MetricNames.LATE_TOO_OLD)).isEqualTo(1);
        assertCounts(2, 1, 0, 1, 0, 0);
    }

    @Test
    void aLateEventWhoseIdIsKnownIsADuplicate() throws Exception {
        job.event("anna", purchase("o1", day(4), "10.00"));
        job.watermark(day(5));
        job.drain();
        job.event("anna", purchase("o1", day(3), "99.00"));
        assertThat(job.drain()).isEmpty();
        assertCounts(2, 1, 1, 0, 0, 0);
    }

    @Test
    void whatALateEventMadeDueIsHandledAtOnce() throws Exception {
        EngineRules longMemory =
                new EngineRules(EngineRules.ENDLESS, 60 * Records.DAY, 10_000 * Records.DAY, ZoneOffset.UTC);
        try (ScoringCluster patient = ScoringCluster.start(Setup.of(longMemory))) {
            patient.model(model(1), 0);
            patient.watermark(day(50));
            patient.event("anna", purchase("o1", day(10), "10.00"));
            GenericRecord answer = decode(Records.lastAnswers(patient.drain()).get("anna"));
            assertThat(answer.get("recency"))
                    .as("it dropped 30 days after the order")
                    .isEqualTo(4);
            assertThat(answer.get("asOf")).isEqualTo(day(40) + 1);
            patient.watermark(day(70) + 1);
            assertThat(decode(Records.lastAnswers(patient.drain()).get("anna")).get("recency"))
                    .isEqualTo(3);
        }
    }

    // ---- duplicates, rejections, clocks

    @Test
    void anIdOfTheSameTopicIsADuplicateWhateverTheBodyAndOneOfAnotherTopicIsNot() throws Exception {
        job.event("anna", purchase("e1", day(1), "10.00"));
        job.event("anna", purchase("e1", day(2), "99.00"));
        job.event("anna", purchase("e1", day(2), "99.00"));
        job.event("anna", visit("e1", day(3)));
        job.event("bert", purchase("e1", day(1), "1.00"));
        assertCounts(5, 0, 0, 0, 0, 5);
        job.watermark(day(3));
        assertCounts(5, 3, 2, 0, 0, 0);
        assertThat(decode(Records.lastAnswers(job.drain()).get("anna")).get("monetaryMinor"))
                .isEqualTo(1_000L);
    }

    @ParameterizedTest
    @EnumSource(RejectReason.class)
    void aRefusedRecordPassesThroughWithItsReason(RejectReason reason) throws Exception {
        job.record(Records.rejected(reason));
        Outgoing sent = only(job.drain(), Topic.REJECTED_EVENTS);
        assertThat(sent.key()).isEqualTo(bytes("key"));
        assertThat(sent.value()).isEqualTo(bytes("garbage"));
        assertThat(header(sent, "trace")).isEqualTo("t-1");
        assertThat(header(sent, HeaderNames.REASON)).isEqualTo(reason.code());
        assertThat(header(sent, HeaderNames.STAGE)).isEqualTo("decode");
        assertCounts(1, 0, 0, 0, 1, 0);
    }

    @Test
    void aClockRecordCountsAsNothing() throws Exception {
        job.record(Records.clock(START));
        job.watermark(day(1));
        assertThat(job.drain()).isEmpty();
        assertCounts(0, 0, 0, 0, 0, 0);
    }

    @Test
    void aRefusedModelIsToldByOneSubtaskAndIsNoEvent() throws Exception {
        try (ScoringCluster three = ScoringCluster.start(SETUP.parallelism(3))) {
            three.control(ControlUpdate.refusal(Records.rejected(RejectReason.NO_VALUE), "It is no model."));
            Outgoing sent = only(three.drain(), Topic.REJECTED_EVENTS);
            assertThat(sent.value()).isEqualTo(bytes("garbage"));
            assertThat(header(sent, HeaderNames.REASON)).isEqualTo("invalid-model");
            assertThat(header(sent, HeaderNames.STAGE)).isEqualTo("model");
            assertThat(header(sent, HeaderNames.ERROR)).isEqualTo("It is no model.");
            assertThat(three.gauge(MetricNames.READ)).isZero();
            assertThat(three.gauge(MetricNames.MODELS_REFUSED)).isEqualTo(1);
        }
    }

    @Test
    void aVersionIsLateWhereTheInstantItTakesEffectHasBeenPassed() throws Exception {
        job.watermark(day(5));
        job.model(model(2), day(5) + 1);
        assertThat(job.gauge(MetricNames.MODELS_LATE)).isZero();
        job.model(model(3), day(5));
        assertThat(job.gauge(MetricNames.MODELS_LATE)).isEqualTo(1);
        job.model(model(3), day(4));
        assertThat(job.gauge(MetricNames.MODELS_LATE)).as("it is known already").isEqualTo(1);
    }

    @Test
    void aCatalogueIsCountedWhenItIsLateThoughItsProductsAreNotKept() throws Exception {
        Product tea = new Product("tea", null, null, 1L, null, true, 0, 1, Product.Use.UNKNOWN, List.of());
        Catalogue catalogue = new Catalogue("shop", 1, 7, true, List.of(tea), "note");
        ControlUpdate update = ControlUpdate.version(ModelCodec.write(catalogue), day(5));
        job.watermark(day(5));
        job.control(update);
        job.control(update);
        assertThat(job.gauge(MetricNames.MODELS_LATE)).isEqualTo(1);
        assertThat(KnownModels.withoutProducts(catalogue)).isEqualTo(new Catalogue("shop", 1, 7, true, List.of(), ""));
        assertThat(KnownModels.withoutProducts(model(2))).isEqualTo(model(2));
    }

    @Test
    void atAnyMomentWhatWasReadIsAppliedDuplicateLateRejectedOrWaiting() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            switch (random.nextInt(10)) {
                case 0 -> job.record(Records.rejected(RejectReason.UNDECODABLE));
                case 1 -> job.watermark(day(i / 40.0 - random.nextInt(5)));
                case 2 -> job.record(Records.clock(day(i / 40.0)));
                default ->
                    job.event(
                            "customer-" + random.nextInt(4),
                            visit("v" + random.nextInt(i + 1), day(i / 40.0 - random.nextInt(8) + 2)));
            }
            assertThat(job.gauge(MetricNames.READ))
                    .isEqualTo(job.gauge(MetricNames.APPLIED)
                            + job.gauge(MetricNames.DUPLICATE)
                            + job.gauge(MetricNames.LATE)
                            + job.gauge(MetricNames.REJECTED)
                            + job.gauge(MetricNames.WAITING));
        }
        assertThat(List.of(
                        job.gauge(MetricNames.APPLIED),
                        job.gauge(MetricNames.DUPLICATE),
                        job.gauge(MetricNames.LATE),
                        job.gauge(MetricNames.REJECTED),
                        job.gauge(MetricNames.WAITING)))
                .allMatch(count -> count > 0);
    }

    private static Outgoing only(List<Outgoing> records, Topic topic) {
        List<Outgoing> found =
                records.stream().filter(record -> record.topic() == topic).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}

package io.ebbline.operator;

import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.bytes;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.header;
import static io.ebbline.operator.Records.model;
import static io.ebbline.testing.Offers.rate;
import static io.ebbline.testing.Offers.rates;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.ModelVersion;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.state.EventCodec;
import io.ebbline.state.ModelCodec;
import io.ebbline.wire.Header;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Origin;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events in other currencies: converted by the rate in force at their time, or handed over as they came. */
class CurrenciesTest {

    private static final Setup SETUP = Setup.of(EngineRules.defaults()).cache(2).onRocksDb();

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

    private static void publish(ScoringCluster job, ModelVersion version, long effectiveAt) throws Exception {
        job.control(ControlUpdate.version(ModelCodec.write(version), effectiveAt));
    }

    private static Purchase order(String id, long time, String currency, String amount) {
        List<Line> lines = List.of(Line.of("sku", null, BigDecimal.ONE, new BigDecimal(amount)));
        return new Purchase(id, time, id, currency, null, null, lines, Line.sumMinor(lines, 2));
    }

    /** As the decoder hands it on. */
    private static Incoming foreign(String customer, Event event, Header... headers) {
        Incoming plain = Records.of(customer, event, List.of(headers));
        return Origin.kept(plain, new EventCodec().encode(event));
    }

    private void assertCounts(long read, long applied, long late, long rejected, long waiting) {
        assertThat(List.of(
                        job.gauge(MetricNames.READ),
                        job.gauge(MetricNames.APPLIED),
                        job.gauge(MetricNames.LATE),
                        job.gauge(MetricNames.REJECTED),
                        job.gauge(MetricNames.WAITING)))
                .as("read, applied, late, rejected, waiting")
                .containsExactly(read, applied, late, rejected, waiting);
    }

    private static long spent(List<Outgoing> sent) {
        GenericRecord answer = decode(Records.lastAnswers(sent).get("anna"));
        return (Long) answer.get("monetaryMinor");
    }

    @Test
    void theRateIsThatOfTheEventsTime() throws Exception {
        publish(job, rates(1, rate("EUR", "0.8")), day(1));
        publish(job, rates(2, rate("EUR", "0.9")), day(3));
        job.record(foreign("anna", order("o1", day(1), "EUR", "100.00")));
        job.record(foreign("anna", order("o2", day(3) - 1, "EUR", "10.00")));
        job.record(foreign("anna", order("o3", day(3), "EUR", "1.00")));
        job.event("anna", Records.purchase("o4", day(3), "0.07"));
        job.watermark(day(4));
        assertThat(spent(job.drain())).isEqualTo(8_000 + 800 + 90 + 7);
        assertCounts(4, 4, 0, 0, 0);
    }

    @Test
    void aReturnTakesOffWhatItIsWorthAtItsOwnTime() throws Exception {
        publish(job, rates(1, rate("EUR", "0.8")), day(1));
        publish(job, rates(2, rate("EUR", "0.9")), day(3));
        job.event("anna", Records.purchase("o1", day(2), "100.00"));
        List<Line> lines = List.of(Line.of("sku", null, BigDecimal.ONE, new BigDecimal("10.00")));
        job.record(foreign("anna", new Return("r1", day(3), null, false, "EUR", lines, 1_000)));
        job.watermark(day(4));
        assertThat(spent(job.drain())).isEqualTo(10_000 - 900);
    }

    @Test
    void withoutARateAtItsTimeAnEventIsHandedOverAsItCame() throws Exception {
        publish(job, rates(1, rate("EUR", "0.8")), day(3));
        Header trace = new Header("trace", bytes("t-1"));
        job.record(foreign("anna", order("o1", day(2), "EUR", "100.00"), trace));
        job.record(foreign("anna", order("o2", day(3), "USD", "100.00")));
        assertCounts(2, 0, 0, 0, 2);
        job.watermark(day(4));
        List<Outgoing> sent = job.drain();
        assertThat(sent)
                .extracting(Outgoing::topic)
                .containsOnly(Topic.REJECTED_EVENTS)
                .hasSize(2);
        Outgoing first = sent.get(0);
        assertThat(first.key()).isEqualTo(bytes("anna"));
        assertThat(first.value()).isEqualTo(bytes("original of o1"));
        assertThat(header(first, "trace")).isEqualTo("t-1");
        assertThat(header(first, HeaderNames.REASON)).isEqualTo("no-exchange-rate");
        assertThat(header(first, HeaderNames.STAGE)).isEqualTo("apply");
        assertThat(header(first, HeaderNames.TOPIC)).isEqualTo("purchases");
        assertThat(header(first, HeaderNames.PARTITION)).isEqualTo("3");
        assertThat(header(first, HeaderNames.OFFSET)).isEqualTo("17");
        assertThat(header(first, HeaderNames.RECORD_TIME)).isEqualTo(Long.toString(day(2) + 5));
        assertThat(sent.get(1).value()).isEqualTo(bytes("original of o2"));
        assertCounts(2, 0, 0, 2, 0);
        job.checkpoint();
        assertThat(job.subtask(0).stored()).as("nobody is known by it").isZero();
    }

    @Test
    void whatWasRefusedIsNotRememberedAsSeen() throws Exception {
        job.record(foreign("anna", order("o1", day(2), "EUR", "100.00")));
        job.watermark(day(2));
        publish(job, rates(1, rate("EUR", "0.8")), day(3));
        job.record(foreign("anna", order("o1", day(3), "EUR", "100.00")));
        job.watermark(day(4));
        assertThat(spent(job.drain())).isEqualTo(8_000);
        assertCounts(2, 1, 0, 1, 0);
    }

    @Test
    void lateEventsAreConvertedOrRefusedAlike() throws Exception {
        publish(job, rates(1, rate("EUR", "0.8")), day(3));
        job.event("anna", Records.purchase("o1", day(5), "1.00"));
        job.watermark(day(5));
        job.drain();
        job.record(foreign("anna", order("o2", day(4), "EUR", "10.00")));
        job.record(foreign("anna", order("o3", day(2), "EUR", "10.00")));
        List<Outgoing> sent = job.drain();
        assertThat(spent(sent)).isEqualTo(100 + 800);
        assertThat(sent.stream()
                        .filter(record -> record.topic() == Topic.REJECTED_EVENTS)
                        .map(record -> header(record, HeaderNames.REASON) + " " + Records.text(record.value())))
                .containsExactly("late original of o2", "no-exchange-rate original of o3");
        assertCounts(3, 1, 1, 1, 0);
    }

    @Test
    void anAmountThatDoesNotFitIsRefused() throws Exception {
        publish(job, rates(1, rate("KWD", "900000000000")), day(1));
        job.record(foreign("anna", order("o1", day(2), "KWD", "900000.00")));
        job.watermark(day(4));
        assertThat(job.drain())
                .extracting(record -> header(record, HeaderNames.REASON))
                .containsExactly("invalid-amount");
        assertCounts(1, 0, 0, 1, 0);
    }

    @Test
    void whatWaitsForItsRateOutlivesACrashAndAnOverflow() throws Exception {
        List<Incoming> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(foreign("anna", order("o" + i, day(2) + i, i % 2 == 0 ? "EUR" : "USD", "1.00")));
        }
        Collections.shuffle(records, new Random(3));
        for (Incoming record : records) {
            job.record(record);
        }
        Checkpoint checkpoint = job.checkpoint();
        try (ScoringCluster restored = ScoringCluster.restore(SETUP.parallelism(2), checkpoint)) {
            publish(restored, rates(1, rate("EUR", "0.8")), day(1));
            restored.watermark(day(2) + DAY);
            List<Outgoing> sent = restored.drain();
            assertThat(spent(sent)).isEqualTo(50 * 80);
            List<String> refused = sent.stream()
                    .filter(record -> record.topic() == Topic.REJECTED_EVENTS)
                    .map(record -> Records.text(record.value()))
                    .toList();
            assertThat(refused)
                    .hasSize(50)
                    .startsWith("original of o1", "original of o3")
                    .endsWith("original of o99");
            assertThat(restored.gauge(MetricNames.READ)).isEqualTo(100);
            assertThat(restored.gauge(MetricNames.WAITING)).isZero();
        }
    }
}

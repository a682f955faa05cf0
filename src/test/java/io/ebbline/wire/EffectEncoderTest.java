package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Changed;
import io.ebbline.engine.Effect.Signal;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Engine;
import io.ebbline.engine.Kept;
import io.ebbline.profile.Episode;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.score.ScoreValue;
import io.ebbline.testing.InMemoryRegistry;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said, against Avro's own reader and writer with the schemas of the repository. */
class EffectEncoderTest {

    private static final Schema SCORE = Schemas.of("CustomerScore");
    private static final Schema TRANSITION = Schemas.of("LifecycleTransition");
    private static final Schema SIGNAL = Schemas.of("ChurnSignal");
    private static final Schema CHANGE = Schemas.of("ScoreChange");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final EffectEncoder encoder = new EffectEncoder(registry, true, "GBP", "run-7", true);

    private static @Nullable Object known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static List<GenericRecord> reasons(Schema parent, List<Reason> reasons) {
        Schema schema = parent.getField("reasons").schema().getElementType();
        return reasons.stream()
                .map(reason -> {
                    Map<String, Object> values = new HashMap<>();
                    values.put("code", reason.code().name());
                    values.put("value", reason.value());
                    values.put("reference", known(reason.reference()));
                    values.put("label", reason.label());
                    return GenericEvents.filled(schema, values);
                })
                .toList();
    }

    private static GenericRecord score(Schema schema, ScoreValue score) {
        Map<String, Object> values = new HashMap<>();
        values.put("name", score.name());
        values.put("value", known(score.value()));
        values.put("label", score.label());
        values.put("reasons", reasons(schema, score.reasons()));
        return GenericEvents.filled(schema, values);
    }

    private static GenericRecord expected(String customer, Answer answer) {
        Standing standing = answer.standing();
        boolean none = answer.keptOrders() == 0;
        Map<String, Object> values = new HashMap<>();
        values.put("customerId", customer);
        values.put("asOf", answer.asOf());
        values.put("currency", "GBP");
        values.put("stage", symbol(SCORE, "stage", standing.stage().name()));
        values.put("stageSince", standing.stageSince());
        values.put("segment", standing.segment());
        values.put("segmentSince", none ? null : standing.segmentSince());
        values.put("recency", none ? null : standing.recency());
        values.put("frequency", none ? null : standing.frequency());
        values.put("monetary", none ? null : standing.monetary());
        values.put("lastOrderAt", answer.lastOrder() == Profile.NEVER ? null : answer.lastOrder());
        values.put("orders", answer.keptOrders());
        values.put("monetaryMinor", answer.monetaryMinor());
        values.put("pAlive", known(answer.pAlive()));
        values.put("pBuy", known(answer.pBuy()));
        values.put("clvMinor", Double.isNaN(answer.clvMinor()) ? null : Math.round(answer.clvMinor()));
        Schema scoreSchema = SCORE.getField("scores").schema().getElementType();
        values.put(
                "scores",
                answer.scores().stream().map(s -> score(scoreSchema, s)).toList());
        values.put("models", List.of(answer.modelRef().split("[+]")));
        return GenericEvents.filled(SCORE, values);
    }

    private static GenericRecord expected(String customer, Transition transition) {
        Map<String, Object> values = new HashMap<>();
        values.put("eventId", transition.eventId());
        values.put("customerId", customer);
        values.put("time", transition.asOf());
        values.put("kind", symbol(TRANSITION, "kind", transition.kind().name()));
        values.put("previous", transition.previous());
        values.put("current", transition.current());
        values.put("previousSince", transition.previous() == null ? null : transition.previousSince());
        values.put("moved", symbol(TRANSITION, "moved", transition.moved().name()));
        values.put("trigger", symbol(TRANSITION, "trigger", transition.trigger().name()));
        values.put("reasons", reasons(TRANSITION, transition.reasons()));
        values.put("models", List.of(transition.modelRef().split("[+]")));
        return GenericEvents.filled(TRANSITION, values);
    }

    private static GenericRecord expected(String customer, Signal signal) {
        Map<String, Object> values = new HashMap<>();
        values.put("eventId", signal.eventId());
        values.put("customerId", customer);
        values.put("time", signal.asOf());
        values.put("kind", symbol(SIGNAL, "kind", signal.kind().name()));
        values.put("episodeId", signal.episode());
        values.put("since", signal.since());
        values.put(
                "previousRisk", symbol(SIGNAL, "previousRisk", signal.before().name()));
        values.put("risk", symbol(SIGNAL, "risk", signal.now().name()));
        values.put("pAlive", signal.pAlive());
        values.put("pBuy", signal.pBuy());
        values.put("lastOrderAt", signal.lastOrder() == Profile.NEVER ? null : signal.lastOrder());
        values.put("trigger", symbol(SIGNAL, "trigger", signal.trigger().name()));
        values.put("reasons", reasons(SIGNAL, signal.reasons()));
        values.put("models", List.of(signal.modelRef().split("[+]")));
        return GenericEvents.filled(SIGNAL, values);
    }

    private static GenericRecord expected(String customer, Changed change) {
        Standing standing = change.standing();
        boolean none = change.keptOrders() == 0;
        Schema stage = CHANGE.getField("stage").schema().getTypes().get(1);
        boolean gone = standing.equals(Standing.NONE);
        Map<String, Object> values = new HashMap<>();
        values.put("eventId", change.eventId());
        values.put("customerId", customer);
        values.put("asOf", change.asOf());
        values.put("currency", "GBP");
        values.put(
                "stage",
                gone ? null : new GenericData.EnumSymbol(stage, standing.stage().name()));
        values.put("segment", standing.segment());
        values.put("recency", none ? null : standing.recency());
        values.put("frequency", none ? null : standing.frequency());
        values.put("monetary", none ? null : standing.monetary());
        values.put("orders", change.keptOrders());
        values.put("monetaryMinor", change.monetaryMinor());
        values.put("pAlive", known(change.pAlive()));
        values.put("pBuy", known(change.pBuy()));
        values.put("clvMinor", Double.isNaN(change.clvMinor()) ? null : Math.round(change.clvMinor()));
        values.put("trigger", symbol(CHANGE, "trigger", change.trigger().name()));
        values.put("models", List.of(change.modelRef().split("[+]")));
        return GenericEvents.filled(CHANGE, values);
    }

    private static GenericData.EnumSymbol symbol(Schema schema, String field, String name) {
        return new GenericData.EnumSymbol(schema.getField(field).schema(), name);
    }

    @Property(tries = 200)
    void whatIsSaidIsWrittenAsAvroWritesItAndAvroReadsIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<Effect> effects = new ArrayList<>();
        Engine engine =
                new Engine(history.rules(), history.timeline(), NaiveEngine.TOPIC, "churn-signals", "score-changes");
        Profile profile = new Profile();
        long end = history.rules().until();
        engine.advance(history.customer(), profile, ListInbox.of(history.events()), end, end, effects::add);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Counted
                    || effect instanceof Effect.Checked
                    || effect instanceof Effect.Switched) {
                continue;
            }
            Outgoing record = encoder.encode(history.customer(), effect);
            if (effect instanceof Effect.Forgotten) {
                assertThat(record.topic()).isEqualTo(Topic.CUSTOMER_SCORES);
                assertThat(record.value()).isNull();
            } else if (effect instanceof Answer answer) {
                assertWritten(record, 1, expected(history.customer(), answer));
                assertThat(GenericEvents.read(SCORE, record.value(), 5).get("asOf"))
                        .isEqualTo(effect.asOf());
                Outgoing preview = encoder.preview(history.customer(), answer);
                assertThat(preview.topic()).isEqualTo(Topic.CUSTOMER_SCORE_PREVIEWS);
                assertThat(preview.time()).isEqualTo(Outgoing.NOW);
                assertThat(preview.key()).isEqualTo(record.key());
                assertWritten(
                        preview,
                        registry.idOf(
                                "customer-score-previews-io.ebbline.CustomerScore", Schemas.text("CustomerScore")),
                        expected(history.customer(), answer));
            } else if (effect instanceof Transition transition) {
                assertWritten(record, 2, expected(history.customer(), transition));
            } else if (effect instanceof Signal signal) {
                assertWritten(record, 3, expected(history.customer(), signal));
            } else if (effect instanceof Changed changed) {
                assertThat(record.topic()).isEqualTo(Topic.SCORE_CHANGES);
                assertThat(record.time()).isEqualTo(changed.asOf());
                assertWritten(record, 4, expected(history.customer(), changed));
            }
        }
    }

    private static void assertWritten(Outgoing record, int id, GenericRecord expected) {
        assertThat(record.value()).isEqualTo(GenericEvents.framed(id, GenericEvents.bytes(expected)));
    }

    @Test
    void aSignalIsWrittenAsAvroWritesItAndAvroReadsIt() {
        for (SignalKind kind : SignalKind.values()) {
            Signal signal = new Signal(
                    "id-1",
                    50,
                    kind,
                    "episode-1",
                    40,
                    Risk.NONE,
                    Risk.HIGH,
                    0.5,
                    0.25,
                    kind == SignalKind.ENDED ? Profile.NEVER : 30,
                    Effect.Trigger.SILENCE,
                    List.of(new Reason(ReasonCode.DAYS_SINCE_ORDER, 2, 1, "web")),
                    "m/1");
            Outgoing record = encoder.encode("c", signal);
            assertThat(record.topic()).isEqualTo(Topic.CHURN_SIGNALS);
            assertThat(record.time()).isEqualTo(50);
            assertWritten(record, 3, expected("c", signal));
            GenericRecord read = GenericEvents.read(SIGNAL, record.value(), 5);
            assertThat(read.get("kind")).hasToString(kind.name());
            assertThat(read.get("risk")).hasToString("HIGH");
        }
    }

    @Test
    void aCorrectionGoesWhereWhatItTakesBackWas() {
        Map<Kept.Told.Line, Topic> topics = Map.of(
                Kept.Told.Line.TRANSITION, Topic.LIFECYCLE_TRANSITIONS,
                Kept.Told.Line.SIGNAL, Topic.CHURN_SIGNALS,
                Kept.Told.Line.CHANGE, Topic.SCORE_CHANGES);
        for (Kept.Told.Line line : topics.keySet()) {
            Outgoing record = encoder.encode(
                    "c",
                    new Effect.Correction("id-2", 50, "id-1", line, 40, Effect.Correction.Cause.LATE_EVENT, "m/1"));
            assertThat(record.topic()).isEqualTo(topics.get(line));
            assertThat(record.time()).isEqualTo(50);
            String subject = record.topic().subject("Correction");
            int id = ByteBuffer.wrap(record.value(), 1, 4).getInt();
            assertThat(id).isEqualTo(registry.idOf(subject, Schemas.text("Correction")));
            GenericRecord read = GenericEvents.read(Schemas.of("Correction"), record.value(), 5);
            assertThat(read.get("eventId")).hasToString("id-2");
            assertThat(read.get("customerId")).hasToString("c");
            assertThat(read.get("corrects")).hasToString("id-1");
            assertThat(read.get("time")).isEqualTo(50L);
            assertThat(read.get("causedAt")).isEqualTo(40L);
            assertThat(read.get("cause")).hasToString("LATE_EVENT");
            assertThat(read.get("models")).hasToString("[m/1]");
        }
    }

    @Test
    void aRecordIsKeyedByItsCustomerAtTheInstantOfItsCause() {
        Standing standing = new Standing(5, 1, 2, 4, "New", 10, Stage.GROWTH, 10, Episode.NONE, "m/1", 0, 20);
        List<ScoreValue> scores =
                List.of(new ScoreValue("rfm-recency", 5, List.of(Reason.of(ReasonCode.DAYS_SINCE_ORDER, 0.5))));
        Outgoing record = encoder.encode(
                "Müller", new Answer(20, standing, 15, 1, 9_999, 0.25, Double.NaN, 123.5, scores, "m/1"));
        assertThat(record.topic()).isEqualTo(Topic.CUSTOMER_SCORES);
        assertThat(record.key()).isEqualTo("Müller".getBytes(StandardCharsets.UTF_8));
        assertThat(record.time()).isEqualTo(20);
        assertThat(headers(record))
                .containsOnly(Map.entry("ebbline.run-id", "run-7"), Map.entry("ebbline.replay", "true"));
        GenericRecord read = GenericEvents.read(SCORE, record.value(), 5);
        assertThat(read.get("customerId")).hasToString("Müller");
        assertThat(read.get("recency")).isEqualTo(5);
        assertThat(read.get("lastOrderAt")).isEqualTo(15L);
        assertThat(read.get("stage")).hasToString("GROWTH");
        assertThat(read.get("pAlive")).isEqualTo(0.25);
        assertThat(read.get("pBuy")).isNull();
        assertThat(read.get("clvMinor")).isEqualTo(124L);
        assertThat(read.get("scores"))
                .hasToString(
                        "[{\"name\": \"rfm-recency\", \"value\": 5.0, \"label\": null, \"reasons\": [{\"code\": \"DAYS_SINCE_ORDER\","
                                + " \"value\": 0.5, \"reference\": null, \"label\": null}]}]");
    }

    @Test
    void cutPointsThatLieOverAModelAreNamedBesideIt() {
        Standing standing =
                new Standing(5, 1, 2, 4, "New", 10, Stage.GROWTH, 10, Episode.NONE, "m/1+population/20190", 0, 20);
        Answer answer =
                new Answer(20, standing, 15, 1, 9_999, 0.25, Double.NaN, Double.NaN, List.of(), "m/1+population/20190");
        Outgoing record = encoder.encode("c", answer);
        assertWritten(record, 1, expected("c", answer));
        assertThat(GenericEvents.read(SCORE, record.value(), 5).get("models")).hasToString("[m/1, population/20190]");
    }

    @Test
    void aRefusedRecordKeepsItsBytesAndSaysWhereItCameFromAndWhy() {
        byte[] key = {1};
        byte[] value = {2, 3};
        Incoming source = new Incoming(
                "k",
                Incoming.NO_TIME,
                null,
                RejectReason.NOT_AVRO,
                Topic.PURCHASES,
                3,
                99,
                1_234,
                key,
                value,
                List.of(new Header("trace", new byte[] {'x'})));
        Outgoing record = encoder.rejected(source, "not-avro", "decode", "in words");
        assertThat(record.topic()).isEqualTo(Topic.REJECTED_EVENTS);
        assertThat(record.key()).isSameAs(key);
        assertThat(record.value()).isSameAs(value);
        assertThat(record.time()).isEqualTo(Outgoing.NOW);
        assertThat(headers(record))
                .containsOnly(
                        Map.entry("trace", "x"),
                        Map.entry("ebbline.run-id", "run-7"),
                        Map.entry("ebbline.replay", "true"),
                        Map.entry("ebbline.topic", "purchases"),
                        Map.entry("ebbline.partition", "3"),
                        Map.entry("ebbline.offset", "99"),
                        Map.entry("ebbline.record-time", "1234"),
                        Map.entry("ebbline.stage", "decode"),
                        Map.entry("ebbline.reason", "not-avro"),
                        Map.entry("ebbline.error", "in words"));
    }

    @Test
    void schemasAreRegisteredUnlessThatIsTurnedOff() {
        assertThat(registry.subjects())
                .containsExactlyInAnyOrder(
                        "churn-signals-io.ebbline.ChurnSignal",
                        "churn-signals-io.ebbline.Correction",
                        "lifecycle-transitions-io.ebbline.Correction",
                        "score-changes-io.ebbline.Correction",
                        "customer-scores-io.ebbline.CustomerScore",
                        "customer-score-previews-io.ebbline.CustomerScore",
                        "customer-moves-io.ebbline.CustomerMove",
                        "lifecycle-transitions-io.ebbline.LifecycleTransition",
                        "score-changes-io.ebbline.ScoreChange");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> new EffectEncoder(new InMemoryRegistry(), false, "GBP", "r", false));
        assertThat(new EffectEncoder(registry, false, "GBP", "r", false)).isNotNull();
    }

    private static Map<String, String> headers(Outgoing record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> headers.put(h.name(), new String(h.value(), StandardCharsets.UTF_8)));
        assertThat(headers).hasSameSizeAs(record.headers());
        return headers;
    }
}

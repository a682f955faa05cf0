package io.ebbline.wire;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Changed;
import io.ebbline.engine.Effect.Correction;
import io.ebbline.engine.Effect.Forgotten;
import io.ebbline.engine.Effect.Moved;
import io.ebbline.engine.Effect.Retired;
import io.ebbline.engine.Effect.Signal;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Kept.Told.Line;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ScoreValue;
import io.ebbline.state.PackedWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Ebbline says, as records of its output topics, in the field order of {@code schemas/}. Written by hand because it is
 * the hot path; the tests hold it against Avro's own reader. Not safe for use by several threads.
 */
public final class EffectEncoder {

    private final String currency;
    private final int scoreSchema;
    private final int transitionSchema;
    private final int signalSchema;
    private final int changeSchema;
    private final Map<Line, Integer> correctionSchemas = new EnumMap<>(Line.class);
    private final int previewSchema;
    private final int moveSchema;
    private final List<Header> runHeaders;
    private final PackedWriter out = new PackedWriter();

    /**
     * An encoder; looks the schemas' ids up, or registers them.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param runId names the run in a header of every record
     * @param replay whether the run repeats history
     */
    public EffectEncoder(SchemaRegistry registry, boolean autoRegister, String currency, String runId, boolean replay) {
        this.currency = currency;
        this.scoreSchema = Schemas.id(registry, Topic.CUSTOMER_SCORES, "CustomerScore", autoRegister);
        this.transitionSchema = Schemas.id(registry, Topic.LIFECYCLE_TRANSITIONS, "LifecycleTransition", autoRegister);
        this.signalSchema = Schemas.id(registry, Topic.CHURN_SIGNALS, "ChurnSignal", autoRegister);
        this.changeSchema = Schemas.id(registry, Topic.SCORE_CHANGES, "ScoreChange", autoRegister);
        for (Line line : List.of(Line.TRANSITION, Line.SIGNAL, Line.CHANGE)) {
            correctionSchemas.put(line, Schemas.id(registry, topic(line), "Correction", autoRegister));
        }
        this.previewSchema = Schemas.id(registry, Topic.CUSTOMER_SCORE_PREVIEWS, "CustomerScore", autoRegister);
        this.moveSchema = Schemas.id(registry, Topic.CUSTOMER_MOVES, "CustomerMove", autoRegister);
        this.runHeaders = Header.ofRun(runId, replay);
    }

    /** ISO 4217 code of the shop's currency. */
    public String currency() {
        return currency;
    }

    /** The record of an effect on a customer. */
    public Outgoing encode(String customer, Effect effect) {
        byte[] key = customer.getBytes(StandardCharsets.UTF_8);
        if (effect instanceof Answer answer) {
            return new Outgoing(
                    Topic.CUSTOMER_SCORES, key, answer(scoreSchema, customer, answer), answer.asOf(), runHeaders);
        }
        if (effect instanceof Transition transition) {
            return new Outgoing(
                    Topic.LIFECYCLE_TRANSITIONS, key, transition(customer, transition), transition.asOf(), runHeaders);
        }
        if (effect instanceof Signal signal) {
            return new Outgoing(Topic.CHURN_SIGNALS, key, signal(customer, signal), signal.asOf(), runHeaders);
        }
        if (effect instanceof Changed changed) {
            return new Outgoing(Topic.SCORE_CHANGES, key, change(customer, changed), changed.asOf(), runHeaders);
        }
        if (effect instanceof Correction correction) {
            return new Outgoing(
                    topic(correction.line()), key, correction(customer, correction), correction.asOf(), runHeaders);
        }
        if (effect instanceof Moved moved) {
            byte[] to = moved.to().getBytes(StandardCharsets.UTF_8);
            return new Outgoing(Topic.CUSTOMER_MOVES, to, move(moved), moved.asOf(), runHeaders);
        }
        if (effect instanceof Retired retired) {
            return new Outgoing(Topic.CUSTOMER_SCORES, key, null, retired.asOf(), runHeaders);
        }
        if (effect instanceof Forgotten forgotten) {
            return new Outgoing(Topic.CUSTOMER_SCORES, key, null, forgotten.asOf(), runHeaders);
        }
        throw new IllegalArgumentException(
                "No topic carries a " + effect.getClass().getSimpleName() + ".");
    }

    /** The record of an answer that waits for the watermark yet. Its time is that of the preview. */
    public Outgoing preview(String customer, Answer answer) {
        return new Outgoing(
                Topic.CUSTOMER_SCORE_PREVIEWS,
                customer.getBytes(StandardCharsets.UTF_8),
                answer(previewSchema, customer, answer),
                Outgoing.NOW,
                runHeaders);
    }

    /**
     * A refused record: the original bytes and headers, and headers that say where it came from and why it was refused.
     *
     * @param stage which step refused it: decode or apply
     * @param detail more about the reason; empty when the reason says it all
     */
    public Outgoing rejected(Incoming source, String reason, String stage, String detail) {
        List<Header> headers = new ArrayList<>(source.headers());
        headers.addAll(runHeaders);
        headers.add(Header.of(HeaderNames.TOPIC, source.topic().topicName()));
        headers.add(Header.of(HeaderNames.PARTITION, Integer.toString(source.partition())));
        headers.add(Header.of(HeaderNames.OFFSET, Long.toString(source.offset())));
        headers.add(Header.of(HeaderNames.RECORD_TIME, Long.toString(source.recordTime())));
        headers.add(Header.of(HeaderNames.STAGE, stage));
        headers.add(Header.of(HeaderNames.REASON, reason));
        headers.add(Header.of(HeaderNames.ERROR, detail));
        return new Outgoing(Topic.REJECTED_EVENTS, source.originalKey(), source.originalValue(), Outgoing.NOW, headers);
    }

    private byte[] answer(int schema, String customer, Answer answer) {
        Standing standing = answer.standing();
        boolean known = standing.recency() > 0;
        Confluent.start(out, schema)
                .writeString(customer)
                .writeSigned(answer.asOf())
                .writeString(currency)
                .writeSigned(standing.stage().ordinal())
                .writeSigned(standing.stageSince())
                .writeNullableString(standing.segment())
                .writeNullableLong(known ? standing.segmentSince() : null)
                .writeNullableLong(known ? (long) standing.recency() : null)
                .writeNullableLong(known ? (long) standing.frequency() : null)
                .writeNullableLong(known ? (long) standing.monetary() : null)
                .writeNullableLong(answer.lastOrder() == Profile.NEVER ? null : answer.lastOrder())
                .writeSigned(answer.keptOrders())
                .writeSigned(answer.monetaryMinor());
        out.writeNullableDouble(answer.pAlive()).writeNullableDouble(answer.pBuy());
        out.writeNullableLong(rounded(answer.clvMinor()));
        writeScores(answer.scores());
        writeModel(answer.modelRef());
        return out.toBytes();
    }

    private byte[] change(String customer, Changed change) {
        Standing standing = change.standing();
        boolean known = standing.recency() > 0;
        Confluent.start(out, changeSchema)
                .writeString(change.eventId())
                .writeString(customer)
                .writeSigned(change.asOf())
                .writeString(currency)
                .writeNullableLong(
                        standing.stage() == Stage.UNKNOWN
                                ? null
                                : (long) standing.stage().ordinal())
                .writeNullableString(standing.segment())
                .writeNullableLong(known ? (long) standing.recency() : null)
                .writeNullableLong(known ? (long) standing.frequency() : null)
                .writeNullableLong(known ? (long) standing.monetary() : null)
                .writeSigned(change.keptOrders())
                .writeSigned(change.monetaryMinor())
                .writeNullableDouble(change.pAlive())
                .writeNullableDouble(change.pBuy())
                .writeNullableLong(rounded(change.clvMinor()))
                .writeSigned(change.trigger().ordinal() + 1L);
        writeModel(change.modelRef());
        return out.toBytes();
    }

    private static @Nullable Long rounded(double minor) {
        return Double.isNaN(minor) ? null : Math.round(minor);
    }

    private byte[] transition(String customer, Transition transition) {
        Confluent.start(out, transitionSchema)
                .writeString(transition.eventId())
                .writeString(customer)
                .writeSigned(transition.asOf())
                .writeSigned(transition.kind().ordinal() + 1L)
                .writeNullableString(transition.previous())
                .writeNullableString(transition.current())
                .writeNullableLong(transition.previous() == null ? null : transition.previousSince())
                .writeSigned(transition.moved().ordinal() + 1L)
                .writeSigned(transition.trigger().ordinal() + 1L);
        writeReasons(transition.reasons());
        writeModel(transition.modelRef());
        return out.toBytes();
    }

    private byte[] signal(String customer, Signal signal) {
        Confluent.start(out, signalSchema)
                .writeString(signal.eventId())
                .writeString(customer)
                .writeSigned(signal.asOf())
                .writeSigned(signal.kind().ordinal() + 1L)
                .writeString(signal.episode())
                .writeSigned(signal.since())
                .writeSigned(signal.before().ordinal() + 1L)
                .writeSigned(signal.now().ordinal() + 1L)
                .writeDouble(signal.pAlive())
                .writeDouble(signal.pBuy())
                .writeNullableLong(signal.lastOrder() == Profile.NEVER ? null : signal.lastOrder())
                .writeSigned(signal.trigger().ordinal() + 1L);
        writeReasons(signal.reasons());
        writeModel(signal.modelRef());
        return out.toBytes();
    }

    private static Topic topic(Line line) {
        return switch (line) {
            case TRANSITION -> Topic.LIFECYCLE_TRANSITIONS;
            case SIGNAL -> Topic.CHURN_SIGNALS;
            case CHANGE -> Topic.SCORE_CHANGES;
            case MOVE -> throw new IllegalArgumentException("A move is taken back by another.");
        };
    }

    private byte[] correction(String customer, Correction correction) {
        Confluent.start(out, Objects.requireNonNull(correctionSchemas.get(correction.line())))
                .writeString(correction.eventId())
                .writeString(customer)
                .writeString(correction.corrects())
                .writeSigned(correction.asOf())
                .writeSigned(correction.causedAt())
                .writeSigned(correction.cause().ordinal() + 1L);
        writeModel(correction.modelRef());
        return out.toBytes();
    }

    private byte[] move(Moved moved) {
        AvroEvents.writeMove(Confluent.start(out, moveSchema), moved.to(), moved.move());
        return out.toBytes();
    }

    private void writeScores(List<ScoreValue> scores) {
        if (!scores.isEmpty()) {
            out.writeSigned(scores.size());
            for (ScoreValue score : scores) {
                out.writeString(score.name());
                out.writeNullableDouble(score.value()).writeNullableString(score.label());
                writeReasons(score.reasons());
            }
        }
        out.writeSigned(0);
    }

    private void writeReasons(List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            out.writeSigned(reasons.size());
            for (Reason reason : reasons) {
                out.writeString(reason.code().name()).writeDouble(reason.value());
                out.writeNullableDouble(reason.reference()).writeNullableString(reason.label());
            }
        }
        out.writeSigned(0);
    }

    /** A version of a model, or several that lie over each other: one name each. */
    private void writeModel(String ref) {
        String[] names = ModelTimeline.parts(ref);
        out.writeSigned(names.length);
        for (String name : names) {
            out.writeString(name);
        }
        out.writeSigned(0);
    }
}

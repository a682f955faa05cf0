package io.ebbline.operator;

import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Effect;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.PopulationCodec;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a run said for good: the bytes behind the schema id.
 *
 * @param answers the last answer of every customer
 * @param transitions every transition of every customer, in order
 * @param signals every churn signal of every customer, in order
 * @param changes every change of every customer's head, in order
 * @param ticks what was counted of each tick by all subtasks together, where anything changed
 */
record Said(
        Map<String, ByteBuffer> answers,
        Map<String, List<ByteBuffer>> transitions,
        Map<String, List<ByteBuffer>> signals,
        Map<String, List<ByteBuffer>> changes,
        Map<Integer, ByteBuffer> ticks) {

    static Said of(List<Outgoing> records) {
        Map<String, ByteBuffer> answers = new TreeMap<>();
        Map<String, List<ByteBuffer>> transitions = new TreeMap<>();
        Map<String, List<ByteBuffer>> signals = new TreeMap<>();
        Map<String, List<ByteBuffer>> changes = new TreeMap<>();
        for (Outgoing record : records) {
            if (record.value() == null) {
                answers.remove(Records.key(record)); // Forgotten.
                continue;
            }
            ByteBuffer body = ByteBuffer.wrap(Records.body(record));
            if (record.topic() == Topic.CUSTOMER_SCORES) {
                answers.put(Records.key(record), body);
            } else if (record.topic() == Topic.LIFECYCLE_TRANSITIONS) {
                transitions
                        .computeIfAbsent(Records.key(record), key -> new ArrayList<>())
                        .add(body);
            } else if (record.topic() == Topic.CHURN_SIGNALS) {
                signals.computeIfAbsent(Records.key(record), key -> new ArrayList<>())
                        .add(body);
            } else if (record.topic() == Topic.SCORE_CHANGES) {
                changes.computeIfAbsent(Records.key(record), key -> new ArrayList<>())
                        .add(body);
            } else {
                throw new AssertionError("Nothing should have gone to " + record.topic() + ".");
            }
        }
        return new Said(answers, transitions, signals, changes, Map.of());
    }

    /** The same with what was counted of the ticks that were over. */
    Said with(List<PartialTick> parts) {
        Map<Integer, TickTally> tallies = new TreeMap<>();
        parts.forEach(part ->
                tallies.computeIfAbsent(part.tick(), tick -> new TickTally()).merge(part.tally()));
        Map<Integer, ByteBuffer> counted = new TreeMap<>();
        tallies.forEach((tick, tally) -> {
            if (!tally.isEmpty()) {
                PackedWriter out = new PackedWriter();
                PopulationCodec.write(tally, out);
                counted.put(tick, ByteBuffer.wrap(out.toBytes()));
            }
        });
        return new Said(answers, transitions, signals, changes, counted);
    }

    /** An answer in the oracle's words. */
    static NaiveEngine.Head head(GenericRecord answer) {
        return new NaiveEngine.Head(
                (Long) answer.get("asOf"),
                number(answer.get("recency")),
                number(answer.get("frequency")),
                number(answer.get("monetary")),
                level((Double) answer.get("pAlive")),
                text(answer.get("segment")),
                (Long) answer.get("segmentSince"),
                Stage.valueOf(answer.get("stage").toString()),
                (Long) answer.get("stageSince"),
                (Long) answer.get("lastOrderAt"),
                (Long) answer.get("orders"),
                (Long) answer.get("monetaryMinor"),
                onlyModel(answer));
    }

    /** A transition in the oracle's words. */
    static NaiveEngine.Told told(GenericRecord told) {
        return new NaiveEngine.Told(
                Effect.Transition.Kind.valueOf(told.get("kind").toString()),
                (Long) told.get("time"),
                text(told.get("previous")),
                text(told.get("current")),
                (Long) told.get("previousSince"),
                Effect.Transition.Moved.valueOf(told.get("moved").toString()),
                Effect.Trigger.valueOf(told.get("trigger").toString()),
                text(told.get("eventId")),
                onlyModel(told));
    }

    /** A signal in the oracle's words. */
    static NaiveEngine.Signalled signalled(GenericRecord told) {
        return new NaiveEngine.Signalled(
                SignalKind.valueOf(told.get("kind").toString()),
                (Long) told.get("time"),
                (Long) told.get("since"),
                Risk.valueOf(told.get("previousRisk").toString()),
                Risk.valueOf(told.get("risk").toString()),
                Effect.Trigger.valueOf(told.get("trigger").toString()),
                told.get("eventId").toString(),
                onlyModel(told));
    }

    /** A change of the head in the oracle's words. */
    static NaiveEngine.Change change(GenericRecord told) {
        String stage = text(told.get("stage"));
        return new NaiveEngine.Change(
                told.get("eventId").toString(),
                (Long) told.get("asOf"),
                number(told.get("recency")),
                number(told.get("frequency")),
                number(told.get("monetary")),
                text(told.get("segment")),
                stage == null ? null : Stage.valueOf(stage),
                (Long) told.get("orders"),
                (Long) told.get("monetaryMinor"),
                (Double) told.get("pAlive"),
                (Double) told.get("pBuy"),
                Effect.Trigger.valueOf(told.get("trigger").toString()),
                onlyModel(told));
    }

    private static int level(@Nullable Double alive) {
        return alive == null ? 0 : alive >= .75 ? 3 : alive >= .5 ? 2 : alive >= .25 ? 1 : 0;
    }

    private static int number(@Nullable Object value) {
        return value == null ? 0 : (Integer) value;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String onlyModel(GenericRecord record) {
        List<?> models = (List<?>) record.get("models");
        if (models.size() != 1) {
            throw new AssertionError("One model is used, but these are named: " + models);
        }
        return models.get(0).toString();
    }
}

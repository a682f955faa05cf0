package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.event.Tick;
import io.ebbline.population.TickTally;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.PopulationCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/**
 * Tallies of the ticks that are not over. Stored as a list of tick and tally that may go to any subtask when the job is
 * rescaled: tallies of one tick add up wherever they are.
 */
final class OpenTicks {

    private final TreeMap<Integer, TickTally> tallies = new TreeMap<>();

    /** Most changes fall into the tick of the one before. */
    private @Nullable TickTally latest;

    private long latestTick = Long.MIN_VALUE;

    /** Counts a change. */
    void add(Effect.Counted counted) {
        of(Tick.of(counted.asOf())).add(counted.before(), counted.now(), counted.asOf());
    }

    /** Counts a prediction that was checked. */
    void add(Effect.Checked checked) {
        of(Tick.of(checked.asOf())).add(checked.prediction());
    }

    /** Counts an order's category. */
    void add(Effect.Switched switched) {
        of(Tick.of(switched.asOf()))
                .switches()
                .order(switched.from(), switched.to(), switched.minor(), switched.asOf());
    }

    /** Adds a tally to that of a tick. */
    void merge(int tick, TickTally tally) {
        of(tick).merge(tally);
    }

    private TickTally of(int tick) {
        TickTally tally = latest;
        if (tally == null || latestTick != tick) {
            tally = tallies.computeIfAbsent(tick, t -> new TickTally());
            latest = tally;
            latestTick = tick;
        }
        return tally;
    }

    /** Takes out the first tick, if it ended at or before that instant; else null. */
    @Nullable
    PartialTick pollEnded(long instant) {
        if (tallies.isEmpty() || Tick.end(tallies.firstKey()) > instant) {
            return null;
        }
        Map.Entry<Integer, TickTally> first = tallies.pollFirstEntry();
        latest = null;
        return new PartialTick(first.getKey(), first.getValue());
    }

    // ---- stored form

    static ListStateDescriptor<Tuple2<Long, byte[]>> descriptor(String name) {
        return new ListStateDescriptor<>(
                name, Types.TUPLE(Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    List<Tuple2<Long, byte[]>> stored() {
        List<Tuple2<Long, byte[]>> stored = new ArrayList<>();
        PackedWriter out = new PackedWriter();
        tallies.forEach((tick, tally) -> {
            PopulationCodec.write(tally, out.reset());
            stored.add(Tuple2.of((long) tick, out.toBytes()));
        });
        return stored;
    }

    void restore(Iterable<Tuple2<Long, byte[]>> stored) {
        for (Tuple2<Long, byte[]> one : stored) {
            merge(Math.toIntExact(one.f0), PopulationCodec.readTally(new PackedReader(one.f1)));
        }
    }
}

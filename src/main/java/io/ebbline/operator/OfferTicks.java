package io.ebbline.operator;

import io.ebbline.event.Tick;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferTally;
import io.ebbline.state.OfferStatsCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/**
 * Tallies of offers in the ticks that are not over. Stored as {@link OpenTicks} are: they add up wherever they are.
 */
final class OfferTicks {

    private final TreeMap<Integer, OfferTally> tallies = new TreeMap<>();

    /** Counts what was decided of offers, or came of it. */
    void add(OfferEffect effect) {
        if (!(effect instanceof OfferEffect.Passed)) {
            of(Tick.of(effect.asOf())).add(effect);
        }
    }

    /** Adds a tally to that of a tick. */
    void merge(int tick, OfferTally tally) {
        of(tick).merge(tally);
    }

    private OfferTally of(int tick) {
        return tallies.computeIfAbsent(tick, t -> new OfferTally());
    }

    /** Takes out the first tick, if it ended at or before that instant; else null. */
    @Nullable
    TickedOffers pollEnded(long instant) {
        if (tallies.isEmpty() || Tick.end(tallies.firstKey()) > instant) {
            return null;
        }
        Map.Entry<Integer, OfferTally> first = tallies.pollFirstEntry();
        return new TickedOffers(first.getKey(), first.getValue());
    }

    List<Tuple2<Long, byte[]>> stored() {
        List<Tuple2<Long, byte[]>> stored = new ArrayList<>();
        PackedWriter out = new PackedWriter();
        tallies.forEach((tick, tally) -> {
            OfferStatsCodec.write(tally, out.reset());
            stored.add(Tuple2.of((long) tick, out.toBytes()));
        });
        return stored;
    }

    void restore(Iterable<Tuple2<Long, byte[]>> stored) {
        for (Tuple2<Long, byte[]> one : stored) {
            merge(Math.toIntExact(one.f0), OfferStatsCodec.readTally(new PackedReader(one.f1)));
        }
    }
}

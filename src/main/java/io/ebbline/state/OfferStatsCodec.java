package io.ebbline.state;

import io.ebbline.offer.OfferStats;
import io.ebbline.offer.OfferTally;
import java.util.Arrays;

/** The stored form of what became of offers. */
public final class OfferStatsCodec {

    private OfferStatsCodec() {}

    /** Writes a tick's counts. */
    public static void write(OfferTally tally, PackedWriter out) {
        out.writeUnsigned(tally.size());
        tally.forEach((name, numbers) -> {
            out.writeString(name);
            for (long number : numbers) {
                out.writeUnsigned(number);
            }
        });
    }

    /**
     * Reads a tick's counts.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static OfferTally readTally(PackedReader in) {
        OfferTally tally = new OfferTally();
        long[] numbers = new long[OfferTally.SIZE];
        for (int left = in.readCount(1 + OfferTally.SIZE); left > 0; left--) {
            String name = in.readString();
            Arrays.setAll(numbers, i -> in.readUnsigned());
            tally.add(name, numbers);
        }
        return tally;
    }

    /** Writes the counts since the beginning. */
    public static void write(OfferStats stats, PackedWriter out) {
        write(stats.all(), out.writeSigned(stats.tick()));
    }

    /**
     * Reads the counts since the beginning.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static OfferStats read(PackedReader in) {
        OfferStats stats = new OfferStats();
        stats.restore(AffinityCodec.readTick(in), readTally(in));
        return stats;
    }
}

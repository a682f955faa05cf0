package io.ebbline.state;

import io.ebbline.offer.Arrivals;
import io.ebbline.offer.OrderPace;
import io.ebbline.profile.Outlook;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The stored form of orders that came of those foretold, and of what is known of them. */
public final class PaceCodec {

    private PaceCodec() {}

    /** Writes what happened in a part of a tick. */
    static void write(Arrivals arrivals, PackedWriter out) {
        out.writeUnsigned(arrivals.waiting().size());
        arrivals.waiting().forEach((cohort, hazards) -> writeAll(hazards, out.writeSigned(cohort)));
        for (long hazards : arrivals.today()) {
            out.writeUnsigned(hazards);
        }
        writeAll(arrivals.came(), out);
    }

    /** Reads a part of a tick and adds it. */
    static void readInto(Arrivals arrivals, PackedReader in) {
        for (int left = in.readCount(2); left > 0; left--) {
            arrivals.wait(AffinityCodec.readTick(in), readAll(in));
        }
        long[] today = new long[arrivals.today().length];
        for (int habit = 0; habit < today.length; habit++) {
            today[habit] = in.readUnsigned();
        }
        arrivals.today(today);
        arrivals.come(readAll(in));
    }

    /** Writes all that is known. */
    public static void write(OrderPace pace, PackedWriter out) {
        out.writeSigned(pace.tick()).writeUnsigned(pace.waiting().size());
        pace.waiting().forEach((cohort, hazards) -> writeAll(hazards, out.writeSigned(cohort)));
        for (double[] row : pace.faded()) {
            for (double number : row) {
                out.writeDouble(number);
            }
        }
    }

    /** Reads all that is known, into one that knows nothing. */
    public static void readInto(OrderPace pace, PackedReader in) {
        int tick = AffinityCodec.readTick(in);
        TreeMap<Integer, long[]> waiting = new TreeMap<>();
        for (int left = in.readCount(2); left > 0; left--) {
            waiting.put(AffinityCodec.readTick(in), readAll(in));
        }
        for (double[] row : pace.faded()) {
            for (int i = 0; i < row.length; i++) {
                row[i] = in.readDouble();
            }
        }
        pace.restore(tick, waiting);
    }

    /** Which habits there are, and the numbers of each. */
    private static void writeAll(long[] cells, PackedWriter out) {
        int habits = 0;
        for (int i = 0; i < cells.length; i++) {
            habits |= cells[i] == 0 ? 0 : bit(i);
        }
        out.writeByte(habits);
        for (int i = 0; i < cells.length; i++) {
            if ((habits & bit(i)) != 0) {
                out.writeSigned(cells[i]);
            }
        }
    }

    private static long[] readAll(PackedReader in) {
        long[] cells = new long[Arrivals.CELLS];
        int habits = in.readByte();
        for (int i = 0; i < cells.length; i++) {
            if ((habits & bit(i)) != 0) {
                cells[i] = in.readSigned();
            }
        }
        return cells;
    }

    private static int bit(int cell) {
        return 1 << (cell / Outlook.AGES);
    }

    /** Writes how many orders come for each that is foretold. */
    static void write(List<Double> paces, PackedWriter out) {
        out.writeUnsigned(paces.size());
        paces.forEach(out::writeDouble);
    }

    /** Reads how many orders come for each that is foretold. */
    static List<Double> readPaces(PackedReader in) {
        List<Double> paces = new ArrayList<>();
        for (int left = in.readCount(8); left > 0; left--) {
            paces.add(in.readDouble());
        }
        if (!paces.isEmpty() && paces.size() != Arrivals.CELLS) {
            throw new PackedReader.MalformedException("There can't be " + paces.size() + " paces.");
        }
        return paces;
    }
}

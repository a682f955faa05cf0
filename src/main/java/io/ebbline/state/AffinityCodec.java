package io.ebbline.state;

import io.ebbline.offer.AffinityRow;
import io.ebbline.offer.Leads;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.RowDelta;
import java.util.Arrays;

/** The stored form of what follows a product and what goes with it. */
public final class AffinityCodec {

    private AffinityCodec() {}

    // ---- what some orders of a tick say

    /** Writes a part of a tick. */
    public static void write(RowDelta delta, PackedWriter out) {
        out.writeString(delta.sku())
                .writeUnsigned(delta.chances())
                .writeUnsigned(delta.first())
                .writeUnsigned(delta.repeats())
                .writeUnsigned(delta.orders());
        writeNames(delta.to(), out);
        for (int i = 0; i < delta.to().length; i++) {
            out.writeUnsigned(delta.later()[i])
                    .writeUnsigned(delta.earlier()[i])
                    .writeUnsigned(delta.together()[i]);
        }
    }

    /**
     * Reads a part of a tick.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static RowDelta readDelta(PackedReader in) {
        String sku = in.readName();
        long chances = in.readUnsigned();
        long first = in.readUnsigned();
        long repeats = in.readUnsigned();
        long orders = in.readUnsigned();
        String[] to = readNames(in);
        long[] later = new long[to.length];
        long[] earlier = new long[to.length];
        long[] together = new long[to.length];
        for (int i = 0; i < to.length; i++) {
            later[i] = in.readUnsigned();
            earlier[i] = in.readUnsigned();
            together[i] = in.readUnsigned();
        }
        return new RowDelta(sku, chances, first, repeats, orders, to, later, earlier, together);
    }

    // ---- lists

    /** Writes the lists of a product. */
    public static void write(ListUpdate update, PackedWriter out) {
        out.writeString(update.sku())
                .writeSigned(update.tick())
                .writeDouble(update.chances())
                .writeDouble(update.repeats())
                .writeDouble(update.orders());
        writeNames(update.later(), out);
        writeCounts(update.laterCounts(), out);
        writeNames(update.together(), out);
        writeCounts(update.togetherCounts(), out);
        Leads leads = update.leads();
        out.writeDouble(leads.chances()).writeDouble(leads.squares()).writeDouble(leads.first());
        writeNames(leads.to(), out);
        writeCounts(leads.after(), out);
        writeCounts(leads.before(), out);
    }

    /**
     * Reads the lists of a product.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static ListUpdate readList(PackedReader in) {
        String sku = in.readName();
        int tick = readTick(in);
        double chances = in.readDouble();
        double repeats = in.readDouble();
        double orders = in.readDouble();
        String[] later = readNames(in);
        double[] laterCounts = readCounts(later.length, in);
        String[] together = readNames(in);
        double[] togetherCounts = readCounts(together.length, in);
        return new ListUpdate(
                sku, tick, chances, repeats, orders, later, laterCounts, together, togetherCounts, readLeads(in));
    }

    private static Leads readLeads(PackedReader in) {
        double chances = in.readDouble();
        double squares = in.readDouble();
        double first = in.readDouble();
        String[] to = readNames(in);
        return new Leads(chances, squares, first, to, readCounts(to.length, in), readCounts(to.length, in));
    }

    // ---- rows

    /** Writes a row. */
    public static void write(AffinityRow row, PackedWriter out) {
        AffinityRow.Data data = row.data();
        out.writeString(row.sku())
                .writeSigned(data.tick())
                .writeDouble(data.chances())
                .writeDouble(data.repeats())
                .writeDouble(data.orders())
                .writeUnsigned(data.untold())
                .writeDouble(data.slowChances())
                .writeDouble(data.squares())
                .writeDouble(data.first())
                .writeDouble(data.laterBound())
                .writeDouble(data.togetherBound())
                .writeDouble(data.beforeBound());
        writeNames(data.to(), out);
        writeCounts(data.later(), out);
        writeCounts(data.together(), out);
        writeSparse(data.laterMissing(), out);
        writeSparse(data.togetherMissing(), out);
        writeCounts(data.after(), out);
        writeCounts(data.before(), out);
        writeSparse(data.beforeMissing(), out);
    }

    /**
     * Reads a row.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static AffinityRow readRow(PackedReader in) {
        String sku = in.readName();
        int tick = readTick(in);
        double chances = in.readDouble();
        double repeats = in.readDouble();
        double orders = in.readDouble();
        long untold = in.readUnsigned();
        double slowChances = in.readDouble();
        double squares = in.readDouble();
        double first = in.readDouble();
        double laterBound = in.readDouble();
        double togetherBound = in.readDouble();
        double beforeBound = in.readDouble();
        String[] to = readNames(in);
        return AffinityRow.of(
                sku,
                new AffinityRow.Data(
                        tick,
                        chances,
                        repeats,
                        orders,
                        untold,
                        slowChances,
                        squares,
                        first,
                        laterBound,
                        togetherBound,
                        beforeBound,
                        to,
                        readCounts(to.length, in),
                        readCounts(to.length, in),
                        readSparse(to.length, in),
                        readSparse(to.length, in),
                        readCounts(to.length, in),
                        readCounts(to.length, in),
                        readSparse(to.length, in)));
    }

    // ---- parts

    static int readTick(PackedReader in) {
        long tick = in.readSigned();
        if (tick != (int) tick) {
            throw new PackedReader.MalformedException("A tick is " + tick + ".");
        }
        return (int) tick;
    }

    static void writeNames(String[] names, PackedWriter out) {
        out.writeUnsigned(names.length);
        for (String name : names) {
            out.writeString(name);
        }
    }

    static String[] readNames(PackedReader in) {
        String[] names = new String[in.readCount(1)];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readName();
        }
        return names;
    }

    static void writeCounts(double[] counts, PackedWriter out) {
        for (double count : counts) {
            out.writeDouble(count);
        }
    }

    static double[] readCounts(int size, PackedReader in) {
        double[] counts = new double[size];
        Arrays.setAll(counts, i -> in.readDouble());
        return counts;
    }

    /** Few are above zero, and most often none: that takes one byte. */
    private static void writeSparse(double[] counts, PackedWriter out) {
        boolean some = Arrays.stream(counts).anyMatch(count -> count != 0);
        out.writeByte(some ? 1 : 0);
        if (some) {
            writeCounts(counts, out);
        }
    }

    private static double[] readSparse(int size, PackedReader in) {
        return in.readByte() == 0 ? new double[size] : readCounts(size, in);
    }
}

package io.ebbline.state;

import io.ebbline.engine.History;
import io.ebbline.engine.History.Span;
import io.ebbline.engine.Kept;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.engine.Kept.Told;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The stored form of a customer's {@link History}. Which spans there are is part of the packed value; what is in a span is a list of
 * chunks beside it, which is appended to: the packed profile, then entries.
 */
public final class HistoryCodec {

    private static final int IN_ORDER = 0;
    private static final int BOOKED = 1;
    private static final int TOLD = 2;
    private static final int TAKEN_BACK = 3;

    private static final int CORRECTED = 2;

    private static final Told.Line[] LINES = Told.Line.values();

    private HistoryCodec() {}

    static void writeSpans(Customer customer, PackedWriter out) {
        List<Span> spans = customer.history().spans();
        int inUse = (customer.usesSlot(0) ? 1 : 0) + (customer.usesSlot(1) ? 2 : 0);
        out.writeByte(spans.size() << 2 | inUse);
        for (Span span : spans) {
            out.writeByte(span.slot() | (span.isCorrected() ? CORRECTED : 0))
                    .writeInstant(span.end())
                    .writeUnsigned(span.weight());
        }
    }

    static void readSpans(Customer customer, PackedReader in) {
        int head = in.readByte();
        List<Span> spans = new ArrayList<>(head >> 2);
        for (int i = head >> 2; i > 0; i--) {
            int marks = in.readByte();
            int slot = marks & ~CORRECTED;
            if (slot > 1 || spans.size() == 2) {
                throw new PackedReader.MalformedException("A customer's history has more than two parts.");
            }
            spans.add(Span.stored(in.readInstant(), slot, (int) in.readUnsigned(), slot != marks));
        }
        customer.history().restore(spans);
        customer.useSlot(0, (head & 1) != 0);
        customer.useSlot(1, (head & 2) != 0);
    }

    /** A chunk of entries. */
    public static byte[] write(List<Kept> entries, PackedWriter out) {
        out.reset();
        for (Kept entry : entries) {
            if (entry instanceof Applied event) {
                out.writeByte(event.booked() ? BOOKED : IN_ORDER).writeSigned(event.time());
                if (event.booked()) {
                    out.writeSigned(event.at());
                }
                out.writeBytes(event.body());
            } else if (entry instanceof Told told) {
                out.writeByte(told.takenBack() ? TAKEN_BACK : TOLD)
                        .writeByte(told.line().ordinal())
                        .writeFixed(HexFormat.fromHexDigitsToLong(told.id(), 0, 16))
                        .writeFixed(HexFormat.fromHexDigitsToLong(told.id(), 16, 32))
                        .writeUnsigned(told.again())
                        .writeSigned(told.at())
                        .writeFixed(told.content());
            }
        }
        return out.toBytes();
    }

    /**
     * Reads a chunk of entries.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static List<Kept> read(byte[] chunk) {
        PackedReader in = new PackedReader(chunk);
        List<Kept> entries = new ArrayList<>();
        while (in.remaining() > 0) {
            int kind = in.readByte();
            switch (kind) {
                case IN_ORDER -> entries.add(Applied.inOrder(in.readSigned(), in.readBytes()));
                case BOOKED -> {
                    long time = in.readSigned();
                    long at = in.readSigned();
                    entries.add(new Applied(time, in.readBytes(), at, true));
                }
                case TOLD, TAKEN_BACK -> entries.add(readTold(in, kind == TAKEN_BACK));
                default -> throw new PackedReader.MalformedException("A history has an entry of kind " + kind + ".");
            }
        }
        return entries;
    }

    private static Told readTold(PackedReader in, boolean takenBack) {
        int line = in.readByte();
        if (line >= LINES.length) {
            throw new PackedReader.MalformedException("Something was told on line number " + line + ".");
        }
        HexFormat hex = HexFormat.of();
        String id = hex.toHexDigits(in.readFixed()) + hex.toHexDigits(in.readFixed());
        int again = (int) in.readUnsigned();
        long at = in.readSigned();
        return new Told(LINES[line], id, again, at, in.readFixed(), takenBack);
    }
}

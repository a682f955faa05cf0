package io.ebbline.wire;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Move.Hop;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.state.PackedWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events in Avro's binary encoding, in the field order of {@code schemas/}. Written by hand because it is the hot path; the
 * tests hold it against Avro's own reader and writer.
 */
final class AvroEvents {

    private static final TouchpointType[] TYPES = TouchpointType.values();
    private static final Move.Kind[] MOVES = Move.Kind.values();

    /** An event with the customer that it names. */
    record Decoded(@Nullable String customer, Event event) {}

    private AvroEvents() {}

    // ---- reading

    /**
     * A purchase.
     *
     * @throws MalformedException when the bytes are not one
     * @throws ArithmeticException when an amount does not fit
     */
    static Decoded readPurchase(PackedReader in, int minorDigits) {
        String id = in.readString();
        String customer = in.readNullableString();
        String orderId = in.readString();
        long time = in.readSigned();
        String currency = in.readString();
        String channel = in.readNullableString();
        Long discount = readNullableDecimal(in);
        List<Line> lines = readLines(in);
        long total = Line.sumMinor(lines, minorDigits);
        return new Decoded(customer, new Purchase(id, time, orderId, currency, channel, discount, lines, total));
    }

    /**
     * A return.
     *
     * @throws MalformedException when the bytes are not one
     * @throws ArithmeticException when an amount does not fit
     */
    static Decoded readReturn(PackedReader in, int minorDigits) {
        String id = in.readString();
        String customer = in.readNullableString();
        String orderId = in.readNullableString();
        boolean whole = in.readByte() != 0;
        long time = in.readSigned();
        String currency = in.readString();
        List<Line> lines = readLines(in);
        long total = Line.sumMinor(lines, minorDigits);
        return new Decoded(customer, new Return(id, time, orderId, whole, currency, lines, total));
    }

    /**
     * A touchpoint.
     *
     * @throws MalformedException when the bytes are not one
     */
    static Decoded readTouchpoint(PackedReader in) {
        String id = in.readString();
        String customer = in.readNullableString();
        long time = in.readSigned();
        long type = in.readSigned();
        if (type < 0 || type >= TYPES.length) {
            throw new MalformedException("A touchpoint is of type number " + type + ".");
        }
        return new Decoded(
                customer,
                new Touchpoint(
                        id,
                        time,
                        TYPES[(int) type],
                        in.readNullableString(),
                        in.readNullableString(),
                        in.readNullableString(),
                        in.readNullableString(),
                        in.readNullableString(),
                        in.readPresent() ? in.readDouble() : null));
    }

    /**
     * An erasure.
     *
     * @throws MalformedException when the bytes are not one
     */
    static Decoded readErasure(PackedReader in) {
        String id = in.readString();
        String customer = in.readNullableString();
        return new Decoded(customer, new Erasure(id, in.readSigned()));
    }

    /**
     * A merge; an id that stays is empty where there is none.
     *
     * @throws MalformedException when the bytes are not one
     */
    static Decoded readMerge(PackedReader in) {
        String id = in.readString();
        String from = in.readNullableString();
        String into = Objects.requireNonNullElse(in.readNullableString(), "");
        return new Decoded(from, new Merge(id, in.readSigned(), into));
    }

    /**
     * The undoing of a merge; as {@link #readMerge}.
     *
     * @throws MalformedException when the bytes are not one
     */
    static Decoded readUnmerge(PackedReader in) {
        String id = in.readString();
        String from = in.readNullableString();
        String into = Objects.requireNonNullElse(in.readNullableString(), "");
        return new Decoded(from, new Unmerge(id, in.readSigned(), into));
    }

    /**
     * A move; of a kind that is not known, none.
     *
     * @throws MalformedException when the bytes are not one
     */
    static @Nullable Decoded readMove(PackedReader in) {
        String id = in.readString();
        long kind = in.readSigned() - 1;
        String customer = in.readString();
        String from = in.readString();
        long time = in.readSigned();
        List<Hop> path = new ArrayList<>();
        for (long block = readBlock(in); block != 0; block = readBlock(in)) {
            for (long i = 0; i < block; i++) {
                path.add(new Hop(in.readString(), in.readSigned(), in.readString()));
            }
        }
        byte[] payload = in.readBytes();
        if (kind >= MOVES.length) {
            throw new MalformedException("A move is of kind number " + (kind + 1) + ".");
        }
        return kind < 0 ? null : new Decoded(customer, new Move(id, time, MOVES[(int) kind], from, path, payload));
    }

    /** How many items of an array follow; 0 at its end. */
    private static long readBlock(PackedReader in) {
        long block = in.readSigned();
        if (block < 0) {
            in.readSigned(); // A negative count is followed by the block's size in bytes.
            block = -block;
        }
        if (block < 0 || block > in.remaining()) {
            throw new MalformedException("There can't be " + block + " items in " + in.remaining() + " bytes.");
        }
        return block;
    }

    private static List<Line> readLines(PackedReader in) {
        List<Line> lines = new ArrayList<>();
        for (long block = readBlock(in); block != 0; block = readBlock(in)) {
            for (long i = 0; i < block; i++) {
                lines.add(new Line(
                        in.readString(),
                        in.readNullableString(),
                        readDecimal(in),
                        readDecimal(in),
                        readNullableDecimal(in)));
            }
        }
        return lines;
    }

    private static @Nullable Long readNullableDecimal(PackedReader in) {
        return in.readPresent() ? readDecimal(in) : null;
    }

    /** Unscaled two's complement, big end first. */
    private static long readDecimal(PackedReader in) {
        int length = in.readLength();
        if (length == 0) {
            throw new MalformedException("A decimal has no bytes.");
        }
        if (length > 8) {
            return new BigInteger(in.readRaw(length)).longValueExact();
        }
        long value = (byte) in.readByte();
        for (int i = 1; i < length; i++) {
            value = value << 8 | in.readByte();
        }
        return value;
    }

    // ---- writing

    static void write(PackedWriter out, @Nullable String customer, Event event) {
        if (event instanceof Purchase purchase) {
            out.writeString(purchase.id())
                    .writeNullableString(customer)
                    .writeString(purchase.orderId())
                    .writeSigned(purchase.time())
                    .writeString(purchase.currency())
                    .writeNullableString(purchase.channel());
            writeNullableDecimal(out, purchase.discount());
            writeLines(out, purchase.lines());
        } else if (event instanceof Return goods) {
            out.writeString(goods.id())
                    .writeNullableString(customer)
                    .writeNullableString(goods.orderId())
                    .writeByte(goods.whole() ? 1 : 0)
                    .writeSigned(goods.time())
                    .writeString(goods.currency());
            writeLines(out, goods.lines());
        } else if (event instanceof Touchpoint touchpoint) {
            out.writeString(touchpoint.id())
                    .writeNullableString(customer)
                    .writeSigned(touchpoint.time())
                    .writeSigned(touchpoint.type().ordinal())
                    .writeNullableString(touchpoint.channel())
                    .writeNullableString(touchpoint.sku())
                    .writeNullableString(touchpoint.category())
                    .writeNullableString(touchpoint.campaign())
                    .writeNullableString(touchpoint.offerId());
            if (touchpoint.value() == null) {
                out.writeSigned(0);
            } else {
                out.writeSigned(1).writeDouble(touchpoint.value());
            }
        } else if (event instanceof Request request) {
            out.writeString(request.id()).writeNullableString(customer);
            if (request instanceof Merge merge) {
                out.writeNullableString(merge.into());
            } else if (request instanceof Unmerge unmerge) {
                out.writeNullableString(unmerge.into());
            }
            out.writeSigned(request.time());
        }
    }

    static void writeMove(PackedWriter out, String customer, Move move) {
        out.writeString(move.id())
                .writeSigned(move.kind().ordinal() + 1L)
                .writeString(customer)
                .writeString(move.from())
                .writeSigned(move.time());
        if (!move.path().isEmpty()) {
            out.writeSigned(move.path().size());
            for (Hop hop : move.path()) {
                out.writeString(hop.customerId()).writeSigned(hop.time()).writeString(hop.requestId());
            }
        }
        out.writeSigned(0).writeBytes(move.payload());
    }

    private static void writeLines(PackedWriter out, List<Line> lines) {
        if (!lines.isEmpty()) {
            out.writeSigned(lines.size());
            for (Line line : lines) {
                out.writeString(line.sku()).writeNullableString(line.category());
                writeDecimal(out, line.quantity());
                writeDecimal(out, line.unitPrice());
                writeNullableDecimal(out, line.unitCost());
            }
        }
        out.writeSigned(0);
    }

    private static void writeNullableDecimal(PackedWriter out, @Nullable Long value) {
        if (value == null) {
            out.writeSigned(0);
        } else {
            out.writeSigned(1);
            writeDecimal(out, value);
        }
    }

    private static void writeDecimal(PackedWriter out, long value) {
        int length = 8 - (Long.numberOfLeadingZeros(value ^ (value >> 63)) - 1) / 8;
        out.writeSigned(length);
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            out.writeByte((int) (value >> shift));
        }
    }
}

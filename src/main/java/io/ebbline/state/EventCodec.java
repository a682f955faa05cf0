package io.ebbline.state;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Events as compact bytes, for the way between operators and for the inbox.
 *
 * <p>Layout: rank (0 request, 1 move, 2 purchase, 3 return, 4 touchpoint), id in UTF-8, a zero byte, length of the rest, format version, the
 * rest. So comparing bytes compares rank, then id, then content, and no body is the beginning of another: with the time in
 * front it is the total order of a customer's events.
 */
public final class EventCodec {

    /** Version 1: the first. */
    private static final int V1 = 1;

    private static final int REQUEST = 0;
    private static final int MOVE = 1;
    private static final int PURCHASE = 2;
    private static final int RETURN = 3;
    private static final int TOUCHPOINT = 4;

    /** Kinds of requests, behind the id. */
    private static final int ERASURE = 1;

    private static final int MERGE = 2;
    private static final int UNMERGE = 3;

    private static final Move.Kind[] MOVES = Move.Kind.values();
    private static final TouchpointType[] TYPES = TouchpointType.values();

    private final PackedWriter head = new PackedWriter();
    private final PackedWriter rest = new PackedWriter();

    /**
     * The bytes of an event; its time is not among them.
     *
     * @throws IllegalArgumentException when the id holds a zero character, which ends it here
     */
    public byte[] encode(Event event) {
        rest.reset().writeByte(V1);
        int rank;
        if (event instanceof Purchase purchase) {
            rank = PURCHASE;
            writePurchase(purchase);
        } else if (event instanceof Return goods) {
            rank = RETURN;
            writeReturn(goods);
        } else if (event instanceof Touchpoint touchpoint) {
            rank = TOUCHPOINT;
            writeTouchpoint(touchpoint);
        } else if (event instanceof Move move) {
            rank = MOVE;
            writeMove(move);
        } else {
            rank = REQUEST;
            writeRequest((Request) event);
        }
        if (event.id().indexOf('\0') >= 0) {
            throw new IllegalArgumentException("An event id must not hold a zero character.");
        }
        byte[] id = event.id().getBytes(StandardCharsets.UTF_8);
        head.reset().writeByte(rank).writeRaw(id, 0, id.length).writeByte(0).writeUnsigned(rest.size());
        return head.writeRaw(rest.array(), 0, rest.size()).toBytes();
    }

    /**
     * The event of that time.
     *
     * @throws PackedReader.MalformedException when the bytes are not an event's
     */
    public static Event decode(long time, byte[] body) {
        PackedReader in = behindId(body);
        String id = new String(body, 1, body.length - in.remaining() - 2, StandardCharsets.UTF_8);
        in.readUnsigned();
        int version = in.readByte();
        if (version != V1) {
            throw new PackedReader.MalformedException("An event is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
        return switch (body[0]) {
            case REQUEST -> readRequest(id, time, in);
            case MOVE -> readMove(id, time, in);
            case PURCHASE -> readPurchase(id, time, in);
            case RETURN -> readReturn(id, time, in);
            case TOUCHPOINT -> readTouchpoint(id, time, in);
            default -> throw new PackedReader.MalformedException("An event is of kind " + body[0] + ".");
        };
    }

    /**
     * Whether an event is in a format that this release reads.
     *
     * @throws PackedReader.MalformedException when the bytes are not an event's
     */
    public static boolean isKnown(byte[] body) {
        PackedReader in = behindId(body);
        in.readUnsigned();
        return in.readByte() == V1;
    }

    /** Whether the bytes are a request's. */
    public static boolean isRequest(byte[] body) {
        return body[0] == REQUEST;
    }

    /** Whether the bytes are a move's. */
    public static boolean isMove(byte[] body) {
        return body[0] == MOVE;
    }

    /**
     * Where an event's bytes end; what stands behind them is not the event's.
     *
     * @throws PackedReader.MalformedException when the bytes are not an event's
     */
    public static int end(byte[] body) {
        PackedReader in = behindId(body);
        int length = in.readCount(1);
        return body.length - in.remaining() + length;
    }

    /** Reads on from the length of the rest. */
    private static PackedReader behindId(byte[] body) {
        int idEnd = 1;
        while (idEnd < body.length && body[idEnd] != 0) {
            idEnd++;
        }
        if (idEnd >= body.length) {
            throw new PackedReader.MalformedException("An event has no end of its id.");
        }
        return new PackedReader(body, idEnd + 1, body.length);
    }

    /** The total order of a customer's events: time, then rank, id and content. */
    public static int compare(long timeA, byte[] bodyA, long timeB, byte[] bodyB) {
        return timeA != timeB ? Long.compare(timeA, timeB) : Arrays.compareUnsigned(bodyA, bodyB);
    }

    private void writeRequest(Request request) {
        if (request instanceof Merge merge) {
            rest.writeByte(MERGE).writeString(merge.into());
        } else if (request instanceof Unmerge unmerge) {
            rest.writeByte(UNMERGE).writeString(unmerge.into());
        } else {
            rest.writeByte(ERASURE);
        }
    }

    private static Request readRequest(String id, long time, PackedReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case ERASURE -> new Erasure(id, time);
            case MERGE -> new Merge(id, time, in.readString());
            case UNMERGE -> new Unmerge(id, time, in.readString());
            default -> throw new PackedReader.MalformedException("A request is of kind " + kind + ".");
        };
    }

    private void writeMove(Move move) {
        rest.writeByte(move.kind().ordinal()).writeString(move.from());
        MembershipCodec.writePath(move.path(), rest);
        rest.writeBytes(move.payload());
    }

    private static Move readMove(String id, long time, PackedReader in) {
        int kind = in.readByte();
        if (kind >= MOVES.length) {
            throw new PackedReader.MalformedException("A move is of kind " + kind + ".");
        }
        String from = in.readString();
        return new Move(id, time, MOVES[kind], from, MembershipCodec.readPath(in), in.readBytes());
    }

    private void writePurchase(Purchase purchase) {
        rest.writeString(purchase.orderId())
                .writeString(purchase.currency())
                .writeNullableString(purchase.channel())
                .writeNullableLong(purchase.discount())
                .writeSigned(purchase.totalMinor());
        writeLines(purchase.lines());
    }

    private static Purchase readPurchase(String id, long time, PackedReader in) {
        String orderId = in.readString();
        String currency = in.readName();
        String channel = in.readNullableName();
        Long discount = in.readNullableLong();
        long totalMinor = in.readSigned();
        return new Purchase(id, time, orderId, currency, channel, discount, readLines(in), totalMinor);
    }

    private void writeReturn(Return goods) {
        rest.writeNullableString(goods.orderId())
                .writeByte(goods.whole() ? 1 : 0)
                .writeString(goods.currency())
                .writeSigned(goods.totalMinor());
        writeLines(goods.lines());
    }

    private static Return readReturn(String id, long time, PackedReader in) {
        String orderId = in.readNullableString();
        boolean whole = in.readByte() != 0;
        String currency = in.readName();
        long totalMinor = in.readSigned();
        return new Return(id, time, orderId, whole, currency, readLines(in), totalMinor);
    }

    private void writeTouchpoint(Touchpoint touchpoint) {
        rest.writeByte(touchpoint.type().ordinal())
                .writeNullableString(touchpoint.channel())
                .writeNullableString(touchpoint.sku())
                .writeNullableString(touchpoint.category())
                .writeNullableString(touchpoint.campaign())
                .writeNullableString(touchpoint.offerId());
        if (touchpoint.value() == null) {
            rest.writeSigned(0);
        } else {
            rest.writeSigned(1).writeDouble(touchpoint.value());
        }
    }

    private static Touchpoint readTouchpoint(String id, long time, PackedReader in) {
        int type = in.readByte();
        return new Touchpoint(
                id,
                time,
                type < TYPES.length ? TYPES[type] : TouchpointType.UNKNOWN,
                in.readNullableName(),
                in.readNullableName(),
                in.readNullableName(),
                in.readNullableName(),
                in.readNullableName(),
                in.readPresent() ? in.readDouble() : null);
    }

    private void writeLines(List<Line> lines) {
        rest.writeUnsigned(lines.size());
        for (Line line : lines) {
            rest.writeString(line.sku())
                    .writeNullableString(line.category())
                    .writeSigned(line.quantity())
                    .writeSigned(line.unitPrice())
                    .writeNullableLong(line.unitCost());
        }
    }

    private static List<Line> readLines(PackedReader in) {
        int count = in.readCount(5);
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(new Line(
                    in.readName(), in.readNullableName(), in.readSigned(), in.readSigned(), in.readNullableLong()));
        }
        return lines;
    }
}

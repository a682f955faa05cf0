package io.ebbline.wire;

import io.ebbline.state.EventCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.state.PackedWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an event came from, and as which bytes, behind the event's own: for events in another currency alone. Whether there is a
 * rate for such an event is known only when it is applied, and what is refused is handed over as it came.
 *
 * <p>Layout behind the event: format version, topic, partition, offset, record time, key, value, headers. Standing behind the event
 * it does not bear on the events' order, unless two are the same.
 */
public final class Origin {

    /** Version 1: the first. */
    private static final int V1 = 1;

    private static final Topic[] TOPICS = Topic.values();

    private Origin() {}

    /** The same record, its body with the origin behind the event. */
    public static Incoming kept(Incoming record, byte[] event) {
        PackedWriter out = new PackedWriter();
        out.writeRaw(event, 0, event.length)
                .writeByte(V1)
                .writeByte(record.topic().ordinal())
                .writeUnsigned(record.partition())
                .writeUnsigned(record.offset())
                .writeSigned(record.recordTime());
        writeNullable(record.originalKey(), out);
        writeNullable(record.originalValue(), out);
        out.writeUnsigned(record.headers().size());
        for (Header header : record.headers()) {
            out.writeString(header.name()).writeBytes(header.value());
        }
        return new Incoming(
                record.key(),
                record.time(),
                out.toBytes(),
                null,
                record.topic(),
                record.partition(),
                record.offset(),
                record.recordTime(),
                record.originalKey(),
                record.originalValue(),
                record.headers());
    }

    /** Whether an origin stands behind the event: whether it is in another currency. */
    public static boolean isBehind(byte[] body) {
        return EventCodec.end(body) < body.length;
    }

    /**
     * The record that an event was.
     *
     * @throws MalformedException when no origin stands behind the event
     */
    public static Incoming of(String customer, long time, byte[] body) {
        PackedReader in = new PackedReader(body, EventCodec.end(body), body.length);
        int version = in.readByte();
        if (version != V1) {
            throw new MalformedException("An event's origin is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
        int topic = in.readByte();
        if (topic >= TOPICS.length) {
            throw new MalformedException("An event is from topic number " + topic + ".");
        }
        return new Incoming(
                customer,
                time,
                body,
                null,
                TOPICS[topic],
                (int) in.readUnsigned(),
                in.readUnsigned(),
                in.readSigned(),
                readNullable(in),
                readNullable(in),
                readHeaders(in));
    }

    private static List<Header> readHeaders(PackedReader in) {
        int count = in.readCount(2);
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new Header(in.readString(), in.readBytes()));
        }
        return headers;
    }

    private static void writeNullable(byte @Nullable [] bytes, PackedWriter out) {
        out.writeByte(bytes == null ? 0 : 1);
        if (bytes != null) {
            out.writeBytes(bytes);
        }
    }

    private static byte @Nullable [] readNullable(PackedReader in) {
        return in.readByte() == 0 ? null : in.readBytes();
    }
}

package io.ebbline.operator;

import io.ebbline.fit.Census;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.PopulationCodec;
import io.ebbline.wire.Header;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** How what flows between operators is written on the way. None of it is in a savepoint. */
public final class StreamTypes {

    /** Decoded input. */
    public static final TypeInformation<Incoming> INCOMING =
            new EdgeType<>(Incoming.class, StreamTypes::writeIncoming, StreamTypes::readIncoming);

    /** Encoded output. */
    public static final TypeInformation<Outgoing> OUTGOING =
            new EdgeType<>(Outgoing.class, StreamTypes::writeOutgoing, StreamTypes::readOutgoing);

    /** Checked models. */
    public static final TypeInformation<ControlUpdate> CONTROL =
            new EdgeType<>(ControlUpdate.class, StreamTypes::writeControl, StreamTypes::readControl);

    /** Partial counts. */
    public static final TypeInformation<PartialTick> PARTIAL_TICK =
            new EdgeType<>(PartialTick.class, StreamTypes::writePartialTick, StreamTypes::readPartialTick);

    /** Events for a fit. */
    public static final TypeInformation<CustomerEvent> CUSTOMER_EVENT =
            new EdgeType<>(CustomerEvent.class, StreamTypes::writeCustomerEvent, StreamTypes::readCustomerEvent);

    /** Parts of a folded history. */
    public static final TypeInformation<FoldedPart> FOLDED_PART =
            new EdgeType<>(FoldedPart.class, StreamTypes::writeFoldedPart, StreamTypes::readFoldedPart);

    private static final Topic[] TOPICS = Topic.values();
    private static final RejectReason[] REASONS = RejectReason.values();

    private StreamTypes() {}

    // ---- formats

    private static void writeIncoming(Incoming in, PackedWriter out) {
        out.writeByte(in.topic().ordinal())
                .writeString(in.key())
                .writeInstant(in.time())
                .writeByte(in.rejection() == null ? 0 : in.rejection().ordinal() + 1)
                .writeUnsigned(in.partition())
                .writeUnsigned(in.offset())
                .writeSigned(in.recordTime());
        writeNullable(in.body(), out);
        writeNullable(in.originalKey(), out);
        writeNullable(in.originalValue(), out);
        writeHeaders(in.headers(), out);
    }

    private static Incoming readIncoming(PackedReader in) {
        Topic topic = TOPICS[in.readByte()];
        String key = in.readString();
        long time = in.readInstant();
        int rejection = in.readByte();
        int partition = (int) in.readUnsigned();
        long offset = in.readUnsigned();
        long recordTime = in.readSigned();
        return new Incoming(
                key,
                time,
                readNullable(in),
                rejection == 0 ? null : REASONS[rejection - 1],
                topic,
                partition,
                offset,
                recordTime,
                readNullable(in),
                readNullable(in),
                readHeaders(in));
    }

    private static void writeOutgoing(Outgoing record, PackedWriter out) {
        out.writeByte(record.topic().ordinal());
        writeNullable(record.key(), out);
        writeNullable(record.value(), out);
        out.writeSigned(record.time());
        writeHeaders(record.headers(), out);
    }

    private static Outgoing readOutgoing(PackedReader in) {
        return new Outgoing(
                TOPICS[in.readByte()], readNullable(in), readNullable(in), in.readSigned(), readHeaders(in));
    }

    static void writeControl(ControlUpdate update, PackedWriter out) {
        writeNullable(update.model(), out);
        out.writeSigned(update.effectiveAt()).writeString(update.error());
        Incoming refused = update.refused();
        out.writeByte(refused == null ? 0 : 1);
        if (refused != null) {
            writeIncoming(refused, out);
        }
    }

    static ControlUpdate readControl(PackedReader in) {
        byte[] model = readNullable(in);
        long effectiveAt = in.readSigned();
        String error = in.readString();
        return new ControlUpdate(model, effectiveAt, in.readByte() == 0 ? null : readIncoming(in), error);
    }

    private static void writePartialTick(PartialTick part, PackedWriter out) {
        PopulationCodec.write(part.tally(), out.writeSigned(part.tick()));
    }

    private static PartialTick readPartialTick(PackedReader in) {
        return new PartialTick((int) in.readSigned(), PopulationCodec.readTally(in));
    }

    private static void writeCustomerEvent(CustomerEvent event, PackedWriter out) {
        out.writeString(event.customer()).writeSigned(event.time()).writeBytes(event.body());
    }

    private static CustomerEvent readCustomerEvent(PackedReader in) {
        return new CustomerEvent(in.readString(), in.readSigned(), in.readBytes());
    }

    private static void writeFoldedPart(FoldedPart part, PackedWriter out) {
        if (part instanceof FoldedPart.Person person) {
            out.writeByte(0).writeFixed(person.hash()).writeBytes(person.body());
        } else if (part instanceof FoldedPart.Share share) {
            out.writeByte(1).writeUnsigned(share.oneOf());
        } else {
            FoldedPart.Day day = (FoldedPart.Day) part;
            out.writeByte(2)
                    .writeSigned(day.tick())
                    .writeUnsigned(day.counts().events())
                    .writeUnsigned(day.counts().customers());
            PopulationCodec.write(day.counts().tally(), out);
        }
    }

    private static FoldedPart readFoldedPart(PackedReader in) {
        int kind = in.readByte();
        if (kind == 0) {
            return new FoldedPart.Person(in.readFixed(), in.readBytes());
        }
        if (kind == 1) {
            return new FoldedPart.Share(in.readUnsigned());
        }
        int tick = (int) in.readSigned();
        long events = in.readUnsigned();
        long customers = in.readUnsigned();
        return new FoldedPart.Day(tick, new Census.Day(PopulationCodec.readTally(in), events, customers));
    }

    private static void writeNullable(byte @Nullable [] bytes, PackedWriter out) {
        if (bytes == null) {
            out.writeSigned(0);
        } else {
            out.writeSigned(1).writeBytes(bytes);
        }
    }

    private static byte @Nullable [] readNullable(PackedReader in) {
        return in.readPresent() ? in.readBytes() : null;
    }

    private static void writeHeaders(List<Header> headers, PackedWriter out) {
        out.writeUnsigned(headers.size());
        for (Header header : headers) {
            out.writeString(header.name()).writeBytes(header.value());
        }
    }

    private static List<Header> readHeaders(PackedReader in) {
        int count = in.readCount(2);
        if (count == 0) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new Header(in.readString(), in.readBytes()));
        }
        return headers;
    }
}

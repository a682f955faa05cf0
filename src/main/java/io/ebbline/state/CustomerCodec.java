package io.ebbline.state;

import io.ebbline.profile.Ledger;
import io.ebbline.profile.Profile;
import io.ebbline.profile.SeenEvents;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;

/**
 * The stored form of a {@link Customer}. The first byte is the format's version; every version ever released has its reader
 * here and its stored bytes in the tests. A version that is not known is refused, never guessed at.
 */
public final class CustomerCodec {

    /** Version 1: RFM, ledger, event ids, standing, inbox. */
    public static final int V1 = 1;

    private static final Stage[] STAGES = Stage.values();

    private CustomerCodec() {}

    /** Writes a customer in the newest version. */
    public static void write(Customer customer, PackedWriter out) {
        out.writeByte(V1);
        out.writeInstant(customer.armedAt());
        out.writeUnsigned(customer.overflow()).writeUnsigned(customer.overflowed());
        writeProfile(customer.profile(), out);
        WaitingEvents waiting = customer.waiting();
        out.writeUnsigned(waiting.size());
        long before = 0;
        for (int i = 0; i < waiting.size(); i++) {
            out.writeSigned(waiting.time(i) - before).writeBytes(waiting.body(i));
            before = waiting.time(i);
        }
    }

    /**
     * Reads a customer.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static Customer read(PackedReader in) {
        int version = in.readByte();
        if (version != V1) {
            throw new PackedReader.MalformedException("A customer is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
        Customer customer = new Customer();
        customer.armedAt(in.readInstant());
        customer.restoreOverflow(in.readUnsigned(), in.readUnsigned());
        readProfile(customer.profile(), in);
        int waiting = in.readCount(2);
        long time = 0;
        for (int i = 0; i < waiting; i++) {
            time += in.readSigned();
            customer.waiting().insert(time, in.readBytes());
        }
        return customer;
    }

    private static void writeProfile(Profile profile, PackedWriter out) {
        Profile.Data data = profile.data();
        out.writeUnsigned(data.sealedOrders())
                .writeInstant(data.sealedLastOrder())
                .writeInstant(data.firstOrder())
                .writeUnsigned(data.orders())
                .writeSigned(data.grossMinor())
                .writeSigned(data.returnedMinor())
                .writeUnsigned(data.touchpoints())
                .writeInstant(data.lastVisit())
                .writeInstant(data.appliedThrough())
                .writeInstant(data.deadline())
                .writeInstant(data.transitionAt())
                .writeUnsigned(data.transitions());
        writeStanding(profile.standing(), out);
        writeLedger(profile.ledger(), out);
        writeSeen(profile.seen(), out);
    }

    private static void readProfile(Profile profile, PackedReader in) {
        Profile.Data data = new Profile.Data(
                in.readUnsigned(),
                in.readInstant(),
                in.readInstant(),
                in.readUnsigned(),
                in.readSigned(),
                in.readSigned(),
                in.readUnsigned(),
                in.readInstant(),
                in.readInstant(),
                in.readInstant(),
                in.readInstant(),
                (int) in.readUnsigned());
        Standing standing = readStanding(in);
        readLedger(profile.ledger(), in);
        readSeen(profile.seen(), in);
        profile.restore(data, standing);
    }

    private static void writeStanding(Standing standing, PackedWriter out) {
        out.writeByte(standing.recency())
                .writeByte(standing.frequency())
                .writeByte(standing.monetary())
                .writeByte(standing.stage().ordinal())
                .writeNullableString(standing.segment())
                .writeInstant(standing.segmentSince())
                .writeInstant(standing.stageSince())
                .writeString(standing.modelRef())
                .writeInstant(standing.asOf());
    }

    private static Standing readStanding(PackedReader in) {
        int recency = in.readByte();
        int frequency = in.readByte();
        int monetary = in.readByte();
        int stage = in.readByte();
        if (stage >= STAGES.length) {
            throw new PackedReader.MalformedException("A customer is in stage number " + stage + ".");
        }
        return new Standing(
                recency,
                frequency,
                monetary,
                in.readNullableString(),
                in.readInstant(),
                STAGES[stage],
                in.readInstant(),
                in.readString(),
                in.readInstant());
    }

    private static void writeLedger(Ledger ledger, PackedWriter out) {
        out.writeUnsigned(ledger.size());
        long before = 0;
        for (int i = 0; i < ledger.size(); i++) {
            out.writeFixed(ledger.key(i))
                    .writeSigned(ledger.time(i) - before)
                    .writeSigned(ledger.gross(i))
                    .writeSigned(ledger.returned(i))
                    .writeByte(ledger.whole(i) ? 1 : 0);
            before = ledger.time(i);
        }
    }

    private static void readLedger(Ledger ledger, PackedReader in) {
        int size = in.readCount(12);
        long time = 0;
        for (int i = 0; i < size; i++) {
            long key = in.readFixed();
            time += in.readSigned();
            ledger.append(key, time, in.readSigned(), in.readSigned(), in.readByte() != 0);
        }
    }

    private static void writeSeen(SeenEvents seen, PackedWriter out) {
        out.writeUnsigned(seen.size());
        long before = 0;
        for (int i = 0; i < seen.size(); i++) {
            out.writeFixed(seen.key(i)).writeSigned(seen.time(i) - before);
            before = seen.time(i);
        }
    }

    private static void readSeen(SeenEvents seen, PackedReader in) {
        int size = in.readCount(9);
        long time = 0;
        for (int i = 0; i < size; i++) {
            long key = in.readFixed();
            time += in.readSigned();
            seen.add(key, time, Long.MIN_VALUE);
        }
    }
}

package io.ebbline.state;

import io.ebbline.profile.Episode;
import io.ebbline.profile.Grievances;
import io.ebbline.profile.Ledger;
import io.ebbline.profile.LooseReturns;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.profile.Risk;
import io.ebbline.profile.SeenEvents;
import io.ebbline.profile.Spending;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.profile.Trend;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a {@link Customer}. The first byte is the format's version; every version ever released has its reader
 * here and its stored bytes in the tests. A version that is not known is refused, never guessed at.
 */
public final class CustomerCodec {

    /**
     * Version 3: RFM, ledger, returns beside it, category, event ids, rhythm, trends, recent spend, grievances, contacts, journey, dealings, sentiment,
     * standing with its episode, prediction, shelf, offers shown,
     * members, inbox. Earlier versions were never released.
     */
    public static final int V3 = 3;

    private static final Risk[] RISKS = Risk.values();
    private static final Grievances.Kind[] GRIEVANCES = Grievances.Kind.values();

    private static final Stage[] STAGES = Stage.values();

    private CustomerCodec() {}

    /** Writes a customer in the newest version. */
    public static void write(Customer customer, PackedWriter out) {
        out.writeByte(V3);
        customer.timers().write(out);
        HistoryCodec.writeSpans(customer, out);
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
        checkVersion(in.readByte());
        Customer customer = new Customer();
        customer.timers().read(in);
        HistoryCodec.readSpans(customer, in);
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

    /** A profile alone. */
    public static byte[] pack(Profile profile, PackedWriter out) {
        out.reset().writeByte(V3);
        writeProfile(profile, out);
        return out.toBytes();
    }

    /**
     * A profile alone.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static Profile unpack(byte[] packed) {
        PackedReader in = new PackedReader(packed);
        checkVersion(in.readByte());
        Profile profile = new Profile();
        readProfile(profile, in);
        return profile;
    }

    /** Whether a profile alone is in a format that this release reads. */
    public static boolean isKnown(byte[] packed) {
        return packed.length > 0 && packed[0] == V3;
    }

    private static void checkVersion(int version) {
        if (version != V3) {
            throw new PackedReader.MalformedException("A customer is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
    }

    static void writeProfile(Profile profile, PackedWriter out) {
        Profile.Data data = profile.data();
        out.writeUnsigned(data.sealedOrders())
                .writeInstant(data.sealedLastOrder())
                .writeInstant(data.firstOrder())
                .writeUnsigned(data.orders())
                .writeSigned(data.grossMinor())
                .writeSigned(data.returnedMinor())
                .writeUnsigned(data.touchpoints())
                .writeInstant(data.lastVisit())
                .writeInstant(data.lastEvent())
                .writeInstant(data.appliedThrough())
                .writeInstant(data.deadline())
                .writeInstant(data.transitionAt())
                .writeUnsigned(data.transitions());
        writeStanding(profile.standing(), out);
        writeLedger(profile.ledger(), out);
        writeReturns(profile.looseReturns(), out);
        out.writeString(profile.category());
        writeSeen(profile.seen(), out);
        writeRhythm(profile.rhythm(), out);
        writeTrend(profile.spend(), out);
        writeTrend(profile.contacts(), out);
        write(profile.spending(), out);
        writeGrievances(profile.grievances(), out);
        TouchpointCodec.write(profile.engagement(), out);
        TouchpointCodec.write(profile.journey(), out);
        DealingsCodec.write(profile.dealings(), out);
        DealingsCodec.write(profile.sentiment(), out);
        writePrediction(profile.prediction(), out);
        ShelfCodec.write(profile.shelf(), out);
        ExposureCodec.write(profile.exposures(), out);
        MembershipCodec.write(profile.membership(), out);
    }

    static void readProfile(Profile profile, PackedReader in) {
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
                in.readInstant(),
                (int) in.readUnsigned());
        Standing standing = readStanding(in);
        readLedger(profile.ledger(), in);
        readReturns(profile.looseReturns(), in);
        profile.category(in.readString());
        readSeen(profile.seen(), in);
        readRhythm(profile.rhythm(), in);
        readTrend(profile.spend(), in);
        readTrend(profile.contacts(), in);
        read(profile.spending(), in);
        readGrievances(profile.grievances(), in);
        TouchpointCodec.read(profile.engagement(), in);
        TouchpointCodec.read(profile.journey(), in);
        DealingsCodec.read(profile.dealings(), in);
        DealingsCodec.read(profile.sentiment(), in);
        profile.prediction(readPrediction(in));
        ShelfCodec.read(profile.shelf(), in);
        ExposureCodec.read(profile.exposures(), in);
        profile.restore(data, standing);
        profile.membership(MembershipCodec.read(in));
    }

    private static void writeStanding(Standing standing, PackedWriter out) {
        out.writeByte(standing.recency())
                .writeByte(standing.frequency())
                .writeByte(standing.monetary())
                .writeByte(standing.alive())
                .writeByte(standing.stage().ordinal())
                .writeNullableString(standing.segment())
                .writeInstant(standing.segmentSince())
                .writeInstant(standing.stageSince());
        Episode episode = standing.episode();
        out.writeByte(episode.risk().ordinal());
        if (episode.isOpen()) {
            out.writeInstant(episode.since()).writeByte(episode.signs()).writeByte(episode.woke() ? 1 : 0);
        }
        out.writeString(standing.modelRef())
                .writeUnsigned(standing.lookBackMillis())
                .writeInstant(standing.asOf());
    }

    private static Standing readStanding(PackedReader in) {
        int recency = in.readByte();
        int frequency = in.readByte();
        int monetary = in.readByte();
        int alive = in.readByte();
        int stage = in.readByte();
        if (stage >= STAGES.length) {
            throw new PackedReader.MalformedException("A customer is in stage number " + stage + ".");
        }
        return new Standing(
                recency,
                frequency,
                monetary,
                alive,
                in.readNullableString(),
                in.readInstant(),
                STAGES[stage],
                in.readInstant(),
                readEpisode(in),
                in.readString(),
                in.readUnsigned(),
                in.readInstant());
    }

    private static Episode readEpisode(PackedReader in) {
        int risk = in.readByte();
        if (risk >= RISKS.length) {
            throw new PackedReader.MalformedException("A customer is at risk number " + risk + ".");
        }
        return risk == 0 ? Episode.NONE : new Episode(RISKS[risk], in.readInstant(), in.readByte(), in.readByte() != 0);
    }

    private static void writeRhythm(Rhythm rhythm, PackedWriter out) {
        out.writeInstant(rhythm.first());
        if (rhythm.first() != Profile.NEVER) {
            out.writeUnsigned(rhythm.span())
                    .writeDouble(rhythm.cusum())
                    .writeDouble(rhythm.fresh())
                    .writeUnsigned(rhythm.repeats())
                    .writeDouble(rhythm.decayed())
                    .writeDouble(rhythm.recent())
                    .writeDouble(rhythm.spent())
                    .writeDouble(rhythm.quantity());
        }
    }

    private static void readRhythm(Rhythm rhythm, PackedReader in) {
        long first = in.readInstant();
        if (first != Profile.NEVER) {
            rhythm.restore(
                    first,
                    first + in.readUnsigned(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readUnsigned(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble());
        }
    }

    private static void writePrediction(@Nullable Prediction prediction, PackedWriter out) {
        if (prediction == null) {
            out.writeInstant(Profile.NEVER);
            return;
        }
        out.writeInstant(prediction.made())
                .writeUnsigned(prediction.end() - prediction.made())
                .writeDouble(prediction.chance())
                .writeUnsigned(prediction.silence())
                .writeUnsigned(prediction.bought() ? prediction.boughtAt() - prediction.made() : 0);
    }

    private static @Nullable Prediction readPrediction(PackedReader in) {
        long made = in.readInstant();
        if (made == Profile.NEVER) {
            return null;
        }
        long end = made + in.readUnsigned();
        double chance = in.readDouble();
        long silence = in.readUnsigned();
        long after = in.readUnsigned();
        return new Prediction(made, end, chance, silence, after == 0 ? Profile.NEVER : made + after);
    }

    private static void writeTrend(Trend trend, PackedWriter out) {
        out.writeUnsigned(trend.count());
        if (trend.count() > 0) {
            out.writeDouble(trend.fast()).writeDouble(trend.slow()).writeInstant(trend.at());
        }
    }

    private static void readTrend(Trend trend, PackedReader in) {
        long count = in.readUnsigned();
        if (count > 0) {
            trend.restore(in.readDouble(), in.readDouble(), in.readInstant(), count);
        }
    }

    private static void write(Spending spending, PackedWriter out) {
        out.writeInstant(spending.at());
        if (spending.at() != Profile.NEVER) {
            out.writeDouble(spending.recent());
        }
    }

    private static void read(Spending spending, PackedReader in) {
        long at = in.readInstant();
        if (at != Profile.NEVER) {
            spending.restore(in.readDouble(), at);
        }
    }

    private static void writeGrievances(Grievances grievances, PackedWriter out) {
        out.writeByte(grievances.kind().ordinal())
                .writeInstant(grievances.at())
                .writeInstant(grievances.lastReturn())
                .writeInstant(grievances.returnBefore());
    }

    private static void readGrievances(Grievances grievances, PackedReader in) {
        int kind = in.readByte();
        if (kind >= GRIEVANCES.length) {
            throw new PackedReader.MalformedException("A customer has grievance number " + kind + ".");
        }
        grievances.restore(GRIEVANCES[kind], in.readInstant(), in.readInstant(), in.readInstant());
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

    private static void writeReturns(LooseReturns returns, PackedWriter out) {
        out.writeUnsigned(returns.size());
        long before = 0;
        for (int i = 0; i < returns.size(); i++) {
            out.writeSigned(returns.time(i) - before).writeSigned(returns.minor(i));
            before = returns.time(i);
        }
    }

    private static void readReturns(LooseReturns returns, PackedReader in) {
        int size = in.readCount(2);
        long time = 0;
        for (int i = 0; i < size; i++) {
            time += in.readSigned();
            returns.append(time, in.readSigned());
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

package io.ebbline.state;

import io.ebbline.event.TouchpointType;
import io.ebbline.profile.Aarrr;
import io.ebbline.profile.Aidas;
import io.ebbline.profile.ChannelSums;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Journey;
import io.ebbline.profile.Profile;
import io.ebbline.profile.SparseSums;

/**
 * The stored form of a customer's contacts, as parts of {@link CustomerCodec}, whose version they go by. One byte each when
 * there is none. Sums are read back bit for bit: they must go on as if the job had never stopped.
 */
final class TouchpointCodec {

    private static final int HOURS = 24;
    private static final Aidas[] AIDAS = Aidas.values();
    private static final Aarrr[] AARRR = Aarrr.values();
    private static final int TYPES = TouchpointType.values().length;

    private TouchpointCodec() {}

    static void write(Engagement engagement, PackedWriter out) {
        out.writeUnsigned(engagement.halfLifeMillis());
        if (engagement.halfLifeMillis() == 0) {
            return;
        }
        out.writeSigned(engagement.landmark());
        writeSums(engagement.types(), out);
        writeSums(engagement.hours(), out);
        ChannelSums channels = engagement.channels();
        out.writeUnsigned(channels.size());
        for (int i = 0; i < channels.size(); i++) {
            out.writeString(channels.name(i)).writeDouble(channels.sum(i));
        }
    }

    /** Reads into an engagement that is empty. */
    static void read(Engagement engagement, PackedReader in) {
        long halfLifeMillis = in.readUnsigned();
        if (halfLifeMillis == 0) {
            return;
        }
        if (halfLifeMillis < 0) {
            throw new PackedReader.MalformedException("A half-life is " + halfLifeMillis + ".");
        }
        engagement.restore(halfLifeMillis, in.readSigned());
        readSums(engagement.types(), TYPES, in);
        readSums(engagement.hours(), HOURS, in);
        int channels = in.readCount(10);
        if (channels > ChannelSums.CAPACITY) {
            throw new PackedReader.MalformedException("A customer has " + channels + " channels.");
        }
        for (int i = 0; i < channels; i++) {
            engagement.channels().add(in.readString(), readSum(in));
        }
    }

    static void write(Journey journey, PackedWriter out) {
        Aidas aidas = journey.aidas();
        Aarrr aarrr = journey.aarrr();
        if (aidas == null || aarrr == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1 + aidas.ordinal() * AARRR.length + aarrr.ordinal())
                .writeSigned(journey.aidasSince())
                .writeSigned(journey.aarrrSince() - journey.aidasSince());
        if (aarrr.compareTo(Aarrr.RETENTION) < 0) {
            out.writeInstant(journey.firstVisit());
        }
    }

    /** Reads into a journey that has not begun. */
    static void read(Journey journey, PackedReader in) {
        int steps = in.readByte() - 1;
        if (steps < 0) {
            return;
        }
        if (steps >= AIDAS.length * AARRR.length) {
            throw new PackedReader.MalformedException("A customer is at step number " + steps + ".");
        }
        Aarrr aarrr = AARRR[steps % AARRR.length];
        long aidasSince = in.readSigned();
        long aarrrSince = aidasSince + in.readSigned();
        long firstVisit = aarrr.compareTo(Aarrr.RETENTION) < 0 ? in.readInstant() : Profile.NEVER;
        journey.restore(AIDAS[steps / AARRR.length], aidasSince, aarrr, aarrrSince, firstVisit);
    }

    private static void writeSums(SparseSums sums, PackedWriter out) {
        out.writeUnsigned(sums.mask());
        for (long rest = sums.mask(); rest != 0; rest &= rest - 1) {
            out.writeDouble(sums.get(Long.numberOfTrailingZeros(rest)));
        }
    }

    private static void readSums(SparseSums sums, int slots, PackedReader in) {
        long mask = in.readUnsigned();
        if (mask >>> slots != 0) {
            throw new PackedReader.MalformedException("Sums lie beyond slot " + slots + ".");
        }
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            sums.add(Long.numberOfTrailingZeros(rest), readSum(in));
        }
    }

    private static double readSum(PackedReader in) {
        double sum = in.readDouble();
        if (!(sum > 0 && sum <= Double.MAX_VALUE)) {
            throw new PackedReader.MalformedException("A sum of contacts is " + sum + ".");
        }
        return sum;
    }
}

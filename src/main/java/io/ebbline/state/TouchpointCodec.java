package io.ebbline.state;

import io.ebbline.event.TouchpointType;
import io.ebbline.profile.Aarrr;
import io.ebbline.profile.Aidas;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Journey;
import io.ebbline.profile.Profile;

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
        if (!SumsCodec.write(engagement.decay(), out)) {
            return;
        }
        SumsCodec.write(engagement.types(), out);
        SumsCodec.write(engagement.hours(), out);
        SumsCodec.write(engagement.channels(), out);
    }

    /** Reads into an engagement that is empty. */
    static void read(Engagement engagement, PackedReader in) {
        if (!SumsCodec.read(engagement.decay(), in)) {
            return;
        }
        SumsCodec.read(engagement.types(), TYPES, in);
        SumsCodec.read(engagement.hours(), HOURS, in);
        SumsCodec.read(engagement.channels(), in);
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
}

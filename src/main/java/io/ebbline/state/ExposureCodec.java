package io.ebbline.state;

import io.ebbline.profile.Exposure;
import io.ebbline.profile.Exposure.Answer;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/** The stored form of the offers that a customer was shown, a part of the customer's. */
public final class ExposureCodec {

    private static final Answer[] ANSWERS = Answer.values();
    private static final Pace[] PACES = Pace.values();

    private ExposureCodec() {}

    static void write(Exposures exposures, PackedWriter out) {
        out.writeUnsigned(exposures.open().size());
        exposures.open().forEach(one -> write(one, out));
    }

    static void read(Exposures exposures, PackedReader in) {
        List<Exposure> stored = new ArrayList<>();
        for (int left = in.readCount(6); left > 0; left--) {
            stored.add(read(in));
        }
        exposures.restore(stored);
    }

    /** Writes one. */
    public static void write(Exposure one, PackedWriter out) {
        out.writeString(one.offerId())
                .writeByte(one.pace().ordinal())
                .writeInstant(one.shown())
                .writeUnsigned(one.ends() - one.shown())
                .writeUnsigned(one.again() == Profile.NEVER ? 0 : one.again() - one.shown())
                .writeByte(one.answer().ordinal())
                .writeInstant(one.answered());
    }

    /**
     * Reads one.
     *
     * @throws PackedReader.MalformedException when the bytes are none's
     */
    public static Exposure read(PackedReader in) {
        String offerId = in.readName();
        int pace = in.readByte();
        long shown = in.readInstant();
        long ends = shown + in.readUnsigned();
        long after = in.readUnsigned();
        int answer = in.readByte();
        if (answer >= ANSWERS.length) {
            throw new PackedReader.MalformedException("An offer has answer number " + answer + ".");
        }
        if (pace >= PACES.length) {
            throw new PackedReader.MalformedException("An offer has pace number " + pace + ".");
        }
        return new Exposure(
                offerId,
                PACES[pace],
                shown,
                ends,
                after == 0 ? Profile.NEVER : shown + after,
                ANSWERS[answer],
                in.readInstant());
    }
}

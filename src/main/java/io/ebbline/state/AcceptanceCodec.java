package io.ebbline.state;

import io.ebbline.offer.Acceptance;
import io.ebbline.offer.Acceptance.Known;
import io.ebbline.offer.Responses;
import io.ebbline.profile.Pace;
import java.util.Map;
import java.util.TreeMap;

/** The stored form of what happens to offers that are shown, and of what is known of them. */
public final class AcceptanceCodec {

    private static final Pace[] PACES = Pace.values();

    private AcceptanceCodec() {}

    /** Writes what happened in a part of a tick. */
    public static void write(Responses responses, PackedWriter out) {
        out.writeUnsigned(responses.size());
        responses.forEach((offerId, pace, cohort, life, shown, accepted, ended) -> out.writeString(offerId)
                .writeByte(pace.ordinal())
                .writeSigned(cohort)
                .writeUnsigned(life)
                .writeUnsigned(shown)
                .writeUnsigned(accepted)
                .writeUnsigned(ended));
    }

    /**
     * Reads a part of a tick and adds it.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static void readInto(Responses responses, PackedReader in) {
        for (int left = in.readCount(7); left > 0; left--) {
            responses.add(
                    in.readName(),
                    readPace(in),
                    AffinityCodec.readTick(in),
                    readAge(in),
                    in.readUnsigned(),
                    in.readUnsigned(),
                    in.readUnsigned());
        }
    }

    /** Writes all that is known. */
    public static void write(Acceptance acceptance, PackedWriter out) {
        out.writeSigned(acceptance.tick()).writeUnsigned(acceptance.offers().size());
        acceptance.offers().forEach((offerId, known) -> {
            out.writeString(offerId).writeUnsigned(known.life()).writeUnsigned(known.acceptedEver());
            out.writeUnsigned(known.waiting().size());
            known.waiting().forEach((cohort, counts) -> {
                out.writeSigned(cohort);
                for (long count : counts) {
                    out.writeUnsigned(count);
                }
            });
            known.faded().forEach(row -> writeRow(row, out));
        });
    }

    /**
     * Reads all that is known, into one that knows nothing.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static void readInto(Acceptance acceptance, PackedReader in) {
        int tick = AffinityCodec.readTick(in);
        Map<String, Known> offers = new TreeMap<>();
        for (int left = in.readCount(4); left > 0; left--) {
            String offerId = in.readName();
            Known known = new Known(readAge(in), in.readUnsigned());
            for (int cohorts = in.readCount(1 + PACES.length); cohorts > 0; cohorts--) {
                int cohort = AffinityCodec.readTick(in);
                long[] counts = new long[PACES.length];
                for (int pace = 0; pace < counts.length; pace++) {
                    counts[pace] = in.readUnsigned();
                }
                known.waiting().put(cohort, counts);
            }
            known.faded().forEach(row -> readRow(row, in));
            offers.put(offerId, known);
        }
        acceptance.restore(tick, offers);
    }

    /** Up to the last number that is not zero. */
    private static void writeRow(double[] row, PackedWriter out) {
        int size = row.length;
        while (size > 0 && row[size - 1] == 0) {
            size--;
        }
        out.writeUnsigned(size);
        for (int i = 0; i < size; i++) {
            out.writeDouble(row[i]);
        }
    }

    private static void readRow(double[] row, PackedReader in) {
        int size = in.readCount(8);
        if (size > row.length) {
            throw new PackedReader.MalformedException("A row of " + row.length + " numbers has " + size + ".");
        }
        for (int i = 0; i < size; i++) {
            row[i] = in.readDouble();
        }
    }

    private static Pace readPace(PackedReader in) {
        int pace = in.readByte();
        if (pace >= PACES.length) {
            throw new PackedReader.MalformedException("There is no pace number " + pace + ".");
        }
        return PACES[pace];
    }

    private static int readAge(PackedReader in) {
        long age = in.readUnsigned();
        if (age < 0 || age >= Acceptance.AGES) {
            throw new PackedReader.MalformedException("An offer can't live for " + age + " ticks.");
        }
        return (int) age;
    }
}

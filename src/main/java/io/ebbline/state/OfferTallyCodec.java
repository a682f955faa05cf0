package io.ebbline.state;

import io.ebbline.offer.OfferTally;
import java.util.SortedMap;

/** The stored form of what became of offers: by offer, the numbers that are not zero. The first byte is the format's version. */
public final class OfferTallyCodec {

    /** Version 1: offers by id, of each a count, and index and value of each number. */
    public static final int V1 = 1;

    /** An offer has an id and a count. */
    private static final int LEAST_OFFER = 2;

    private OfferTallyCodec() {}

    /** Writes a tally. */
    public static void write(OfferTally tally, PackedWriter out) {
        SortedMap<String, long[]> numbers = tally.numbers();
        out.writeByte(V1).writeUnsigned(numbers.size());
        numbers.forEach((offerId, own) -> {
            int present = 0;
            for (long number : own) {
                present += number == 0 ? 0 : 1;
            }
            out.writeString(offerId).writeUnsigned(present);
            for (int i = 0; i < own.length; i++) {
                if (own[i] != 0) {
                    out.writeUnsigned(i).writeSigned(own[i]);
                }
            }
        });
    }

    /**
     * Reads a tally.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static OfferTally read(PackedReader in) {
        int version = in.readByte();
        if (version != V1) {
            throw new PackedReader.MalformedException("A tally of offers is of version " + version + ", not " + V1 + ".");
        }
        OfferTally tally = new OfferTally();
        int offers = in.readCount(LEAST_OFFER);
        for (int i = 0; i < offers; i++) {
            String offerId = in.readString();
            long[] own = new long[OfferTally.SIZE];
            int present = in.readCount(2);
            for (int j = 0; j < present; j++) {
                long index = in.readUnsigned();
                if (index < 0 || index >= own.length) {
                    throw new PackedReader.MalformedException("A tally of offers has a number " + index + ".");
                }
                own[(int) index] = in.readSigned();
            }
            tally.merge(offerId, own);
        }
        return tally;
    }
}

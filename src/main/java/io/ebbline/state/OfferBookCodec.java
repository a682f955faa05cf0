package io.ebbline.state;

import io.ebbline.offer.Consents;
import io.ebbline.offer.ContactLedger;
import io.ebbline.offer.Context;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferBook;
import io.ebbline.offer.OpenDecision;
import io.ebbline.offer.OpenOffer;
import io.ebbline.offer.TimedKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an {@link OfferBook}. The first byte is the format's version, as in {@link CustomerCodec}; a version that is
 * not known is refused.
 */
public final class OfferBookCodec {

    /** Version 1: shelf, context, contacts, consents, open decisions. */
    private static final int V1 = 1;

    private static final Kind[] KINDS = Kind.values();

    private OfferBookCodec() {}

    /** Writes a book. */
    public static void write(OfferBook book, PackedWriter out) {
        out.writeByte(V1);
        OfferBook.Data data = book.data();
        out.writeInstant(data.latest())
                .writeInstant(data.need())
                .writeUnsigned(data.decisions())
                .writeUnsigned(data.said());
        ShelfCodec.write(book.shelf(), out);
        writeContext(book.context(), out);
        writeContacts(book.contacts(), out);
        writeConsents(book.consents(), out);
        out.writeUnsigned(book.open().size());
        book.open().forEach(decision -> write(decision, out));
    }

    /**
     * Reads a book.
     *
     * @throws PackedReader.MalformedException when the version is not known, or the bytes are damaged
     */
    public static OfferBook read(PackedReader in) {
        int version = in.readByte();
        if (version != V1) {
            throw new PackedReader.MalformedException("A book of offers is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
        OfferBook book = new OfferBook();
        OfferBook.Data data =
                new OfferBook.Data(in.readInstant(), in.readInstant(), in.readUnsigned(), (int) in.readUnsigned());
        ShelfCodec.read(book.shelf(), in);
        Context context = readContext(in);
        readContacts(book.contacts(), in);
        readConsents(book.consents(), in);
        List<OpenDecision> open = new ArrayList<>();
        for (int left = in.readCount(6); left > 0; left--) {
            open.add(readDecision(in));
        }
        book.restore(data, context, open);
        return book;
    }

    private static void writeContext(@Nullable Context context, PackedWriter out) {
        out.writeByte(context == null ? 0 : 1);
        if (context != null) {
            FactCodec.write(context, out);
        }
    }

    private static @Nullable Context readContext(PackedReader in) {
        return in.readByte() == 0 ? null : FactCodec.readContext(in);
    }

    private static void writeContacts(ContactLedger ledger, PackedWriter out) {
        out.writeUnsigned(ledger.contacts().size());
        long before = 0;
        for (ContactLedger.Contact contact : ledger.contacts()) {
            out.writeNullableString(contact.channel())
                    .writeSigned(contact.at() - before)
                    .writeUnsigned(contact.decision())
                    .writeSigned(contact.until() - contact.at())
                    .writeByte(contact.shown() ? 1 : 0);
            before = contact.at();
        }
        out.writeUnsigned(ledger.reporters().size());
        ledger.reporters().forEach(out::writeString);
        writeKeys(ledger.made(), out);
        writeKeys(ledger.led(), out);
        writeKeys(ledger.rejected(), out);
    }

    private static void readContacts(ContactLedger ledger, PackedReader in) {
        long at = 0;
        for (int left = in.readCount(5); left > 0; left--) {
            String channel = in.readNullableName();
            at += in.readSigned();
            ledger.add(new ContactLedger.Contact(
                    channel, at, in.readUnsigned(), at + in.readSigned(), in.readByte() != 0));
        }
        for (int left = in.readCount(1); left > 0; left--) {
            ledger.reporter(in.readName());
        }
        readKeys(ledger.made(), in);
        readKeys(ledger.led(), in);
        readKeys(ledger.rejected(), in);
    }

    private static void writeKeys(TimedKeys keys, PackedWriter out) {
        out.writeUnsigned(keys.size());
        long before = 0;
        for (int i = 0; i < keys.size(); i++) {
            out.writeFixed(keys.key(i)).writeSigned(keys.time(i) - before);
            before = keys.time(i);
        }
    }

    private static void readKeys(TimedKeys keys, PackedReader in) {
        long time = 0;
        for (int left = in.readCount(9); left > 0; left--) {
            long key = in.readFixed();
            time += in.readSigned();
            keys.add(key, time);
        }
    }

    private static void writeConsents(Consents consents, PackedWriter out) {
        Consents.Word general = consents.general();
        out.writeByte(general == null ? 0 : 1);
        if (general != null) {
            write(general, out);
        }
        out.writeUnsigned(consents.channels().size());
        consents.channels().forEach(word -> write(word, out));
    }

    private static void readConsents(Consents consents, PackedReader in) {
        if (in.readByte() != 0) {
            consents.add(readWord(in));
        }
        for (int left = in.readCount(4); left > 0; left--) {
            consents.add(readWord(in));
        }
    }

    private static void write(Consents.Word word, PackedWriter out) {
        out.writeNullableString(word.channel()).writeInstant(word.at()).writeByte(word.given() ? 1 : 0);
    }

    private static Consents.Word readWord(PackedReader in) {
        return new Consents.Word(in.readNullableName(), in.readInstant(), in.readByte() != 0);
    }

    private static void write(OpenDecision decision, PackedWriter out) {
        out.writeUnsigned(decision.serial())
                .writeSigned(decision.asOf())
                .writeUnsigned(decision.ordinal())
                .writeSigned(decision.expires() - decision.asOf())
                .writeNullableString(decision.channel())
                .writeNullableString(decision.segment())
                .writeByte(decision.heldOut() ? 1 : 0)
                .writeUnsigned(decision.offers().size());
        for (OpenOffer offer : decision.offers()) {
            out.writeString(offer.offerId())
                    .writeByte(offer.kind().ordinal())
                    .writeNullableString(offer.sku())
                    .writeNullableString(offer.category())
                    .writeDouble(offer.propensity())
                    .writeByte(offer.marks());
        }
    }

    private static OpenDecision readDecision(PackedReader in) {
        long serial = in.readUnsigned();
        long asOf = in.readSigned();
        int ordinal = (int) in.readUnsigned();
        long expires = asOf + in.readSigned();
        String channel = in.readNullableName();
        String segment = in.readNullableName();
        boolean heldOut = in.readByte() != 0;
        List<OpenOffer> offers = new ArrayList<>();
        for (int left = in.readCount(13); left > 0; left--) {
            offers.add(new OpenOffer(
                    in.readName(),
                    KINDS[index(in, KINDS.length)],
                    in.readNullableName(),
                    in.readNullableName(),
                    in.readDouble(),
                    in.readByte()));
        }
        return new OpenDecision(serial, asOf, ordinal, expires, channel, segment, heldOut, offers);
    }

    private static int index(PackedReader in, int size) {
        int ordinal = in.readByte();
        if (ordinal >= size) {
            throw new PackedReader.MalformedException("A choice of " + size + " is number " + ordinal + ".");
        }
        return ordinal;
    }
}

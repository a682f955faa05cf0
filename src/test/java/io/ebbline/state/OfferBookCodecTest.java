package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.offer.BookHistory;
import io.ebbline.offer.OfferBook;
import io.ebbline.offer.OfferEffect;
import io.ebbline.state.PackedReader.MalformedException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A book read back goes on as if it had never been stored. */
class OfferBookCodecTest {

    private static byte[] bytes(OfferBook book) {
        PackedWriter out = new PackedWriter();
        OfferBookCodec.write(book, out);
        return out.toBytes();
    }

    private static OfferBook book(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        OfferBook book = OfferBookCodec.read(in);
        assertThat(in.remaining()).isZero();
        return book;
    }

    @Property(tries = 300)
    void whatIsStoredAfterEveryFactStaysBitForBitTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        BookHistory kept = new BookHistory(seed, size);
        BookHistory stored = new BookHistory(seed, size);
        while (kept.hasNext()) {
            List<OfferEffect> said = kept.next();
            assertThat(stored.next()).isEqualTo(said);
            byte[] bytes = bytes(kept.book());
            assertThat(bytes(stored.book())).isEqualTo(bytes);
            stored.book(book(bytes));
            assertThat(bytes(stored.book())).isEqualTo(bytes);
        }
    }

    @Example
    void nothingTakesFifteenBytes() {
        byte[] bytes = bytes(new OfferBook());
        assertThat(bytes).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(book(bytes).isEmpty()).isTrue();
    }

    @Example
    void bytesThatEndEarlyAreRefusedAndSoIsAnotherVersion() {
        BookHistory history = new BookHistory(1, 40);
        while (history.hasNext()) {
            history.next();
        }
        byte[] bytes = bytes(history.book());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> book(cut));
        }
        bytes[0] = 99;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> book(bytes))
                .withMessageContaining("99");
    }
}

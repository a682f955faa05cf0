package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.offer.OfferTally;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.RandomOffers;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OfferTallyCodecTest {

    private static byte[] bytes(OfferTally tally) {
        PackedWriter out = new PackedWriter();
        OfferTallyCodec.write(tally, out);
        return out.toBytes();
    }

    private static OfferTally tally(long seed, int effects) {
        RandomOffers random = new RandomOffers(seed);
        OfferTally tally = new OfferTally();
        for (int i = 0; i < effects; i++) {
            tally.add(random.outcome());
            tally.add(random.withdrawn());
        }
        return tally;
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll long seed, @ForAll @IntRange(max = 40) int effects) {
        OfferTally tally = tally(seed, effects);

        OfferTally read = OfferTallyCodec.read(new PackedReader(bytes(tally)));

        assertThat(read.numbers().keySet()).isEqualTo(tally.numbers().keySet());
        read.numbers()
                .forEach((id, numbers) ->
                        assertThat(numbers).isEqualTo(tally.numbers().get(id)));
    }

    @Property(tries = 200)
    void damagedBytesAreRefusedOrRead(@ForAll long seed, @ForAll @IntRange(max = 1000) int at, @ForAll byte value) {
        byte[] bytes = bytes(tally(seed, 3));
        bytes[at % bytes.length] = value;
        try {
            OfferTallyCodec.read(new PackedReader(Arrays.copyOf(bytes, bytes.length - at % 2)));
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("\\p{Upper}.*\\.");
        }
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> OfferTallyCodec.read(new PackedReader(new byte[] {9, 0})))
                .withMessage("A tally of offers is of version 9, not 1.");
    }

    /** One offer "tea", withdrawn once: version, one offer, its id, one number, of index 1, 1 as a zigzag varint. */
    @Test
    void theStoredBytes() {
        byte[] stored = {1, 1, 6, 't', 'e', 'a', 1, 1, 2};

        OfferTally read = OfferTallyCodec.read(new PackedReader(stored));

        assertThat(new OfferTally().apply(read).get(1).withdrawn()).isOne();
        assertThat(bytes(read)).isEqualTo(stored);
    }
}

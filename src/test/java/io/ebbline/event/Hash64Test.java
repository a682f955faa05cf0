package io.ebbline.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Ids in every savepoint are these hashes: they must never change. */
class Hash64Test {

    /** FNV-1a over UTF-16 units, then the finalizer of MurmurHash3. */
    private static long plainly(String text) {
        long h = 0xcbf29ce484222325L;
        for (int unit : text.chars().toArray()) {
            h = (h ^ unit) * 1_099_511_628_211L;
        }
        return finalized(h);
    }

    private static long finalized(long hash) {
        long h = hash ^ (hash >>> 33);
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    @Test
    void knownTextsHaveTheHashesThatTheyAlwaysHad() {
        // On the right FNV-1a's published values; the literals were worked out from them in Python.
        assertThat(Hash64.of("a")).isEqualTo(0x82a2a958a9bece5bL).isEqualTo(finalized(0xaf63dc4c8601ec8cL));
        assertThat(Hash64.of("foobar")).isEqualTo(0x2c22194922d1672bL).isEqualTo(finalized(0x85944171f73967e8L));
        assertThat(Hash64.of("536365")).isEqualTo(0x4f653ff608fabb6bL);
    }

    @Property
    void everyTextHasTheHashOfThePlainFormula(@ForAll @StringLength(max = 40) String text) {
        assertThat(Hash64.of(text)).isEqualTo(plainly(text));
    }

    @Property
    void twoTextsAreHashedAsOneWithTheNonCharacterBetweenThem(
            @ForAll @StringLength(max = 20) String first, @ForAll @StringLength(max = 20) String second) {
        assertThat(Hash64.of(first, second)).isEqualTo(plainly(first + '\uffff' + second));
    }

    @Property
    void itMattersWhereATextIsSplit(@ForAll @StringLength(min = 1, max = 20) String text) {
        long[] hashes = new long[text.length() + 2];
        for (int i = 0; i <= text.length(); i++) {
            hashes[i] = Hash64.of(text.substring(0, i), text.substring(i));
        }
        hashes[text.length() + 1] = Hash64.of(text);
        if (text.indexOf('\uffff') < 0) {
            assertThat(Arrays.stream(hashes).distinct().count()).isEqualTo(hashes.length);
        }
    }

    @Test
    void aMillionTypicalIdsDoNotCollide() {
        int each = 250_000;
        long[] hashes = new long[4 * each];
        for (int i = 0; i < each; i++) {
            hashes[4 * i] = Hash64.of(Integer.toString(536_365 + i));
            hashes[4 * i + 1] = Hash64.of("C" + (536_365 + i));
            hashes[4 * i + 2] = Hash64.of("purchases", new UUID(i, 31L * i).toString());
            hashes[4 * i + 3] = Hash64.of("touchpoints", "row-" + i);
        }
        assertThat(Arrays.stream(hashes).distinct().count()).isEqualTo(hashes.length);
    }
}

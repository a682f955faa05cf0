package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SampleShareTest {

    /** The greatest of all, a half, a quarter ... by the leading bits of which there are not too many. */
    private static Set<Long> oracle(List<Long> hashes, int most) {
        for (int bits = 0; bits < 64; bits++) {
            int zeros = bits;
            Set<Long> kept = hashes.stream()
                    .filter(hash -> zeros == 0 || hash >>> (64 - zeros) == 0)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (kept.size() <= most) {
                return kept;
            }
        }
        return new TreeSet<>();
    }

    private static List<Long> hashes(long seed, int count) {
        return new Random(seed).longs(count).boxed().toList();
    }

    @Property(tries = 300)
    void holdsTheGreatestShareOfWhichThereAreNotTooMany(
            @ForAll long seed, @ForAll @IntRange(max = 400) int count, @ForAll @IntRange(min = 1, max = 50) int most) {
        List<Long> hashes = hashes(seed, count);
        SampleShare share = new SampleShare(most);
        List<Long> left = new ArrayList<>();
        for (long hash : hashes) {
            left.removeIf(h -> !share.contains(h));
            share.see(hash);
            left.add(hash);
        }
        Set<Long> expected = oracle(hashes, most);
        assertThat(hashes.stream().filter(share::contains).collect(Collectors.toSet()))
                .isEqualTo(expected);
        // Nobody who belongs to it had left before.
        assertThat(left).containsAll(expected);
        assertThat(Long.bitCount(share.oneOf())).isEqualTo(1);
    }

    @Property(tries = 300)
    void sampledByPartsOrAtOnceItIsTheSame(
            @ForAll long seed, @ForAll @IntRange(max = 400) int count, @ForAll @IntRange(min = 1, max = 50) int most) {
        List<Long> hashes = hashes(seed, count);
        SampleShare all = new SampleShare(most);
        for (int part = 0; part < 3; part++) {
            SampleShare share = new SampleShare(most);
            for (int i = part; i < count; i += 3) {
                share.see(hashes.get(i));
                if (share.contains(hashes.get(i))) {
                    all.see(hashes.get(i));
                }
            }
            all.restrict(share.oneOf());
        }
        assertThat(hashes.stream().filter(all::contains).collect(Collectors.toSet()))
                .isEqualTo(oracle(hashes, most));
    }

    @Property(tries = 100)
    void whoWeighsMoreIsSeveral(
            @ForAll long seed, @ForAll @IntRange(max = 100) int count, @ForAll @IntRange(min = 1, max = 300) int most) {
        List<Long> hashes = hashes(seed, count);
        SampleShare weighed = new SampleShare(most);
        SampleShare oneByOne = new SampleShare(most);
        for (long hash : hashes) {
            long weight = Math.floorMod(hash, 7L);
            weighed.see(hash, weight);
            for (int i = 0; i < weight; i++) {
                oneByOne.see(hash);
            }
        }
        assertThat(weighed.oneOf()).isEqualTo(oneByOne.oneOf());
    }

    @Example
    void aHistoryKeepsTheSampledBuyersInTheOrderOfTheirHashes() {
        List<Buyer> everybody = new ArrayList<>();
        Folded.Builder few = new Folded.Builder(3);
        for (long hash : new long[] {5, -1, 1L << 61, 3, 1L << 62}) {
            Buyer buyer = Folding.buyer();
            everybody.add(buyer);
            few.buyer(hash, buyer);
        }
        Folded folded = few.build();
        // Half of all hashes begin with a zero; of these five four do, and three begin with two.
        assertThat(folded.oneOf()).isEqualTo(4);
        assertThat(folded.buyers())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactly(everybody.get(3), everybody.get(0), everybody.get(2));
    }
}

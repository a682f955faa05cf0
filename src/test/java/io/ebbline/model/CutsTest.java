package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CutsTest {

    @Provide
    Arbitrary<List<Long>> ascending() {
        return Arbitraries.oneOf(Arbitraries.longs().between(-3, 6), Arbitraries.longs())
                .list()
                .ofSize(4)
                .map(cuts -> cuts.stream().sorted().toList());
    }

    @Provide
    Arbitrary<Long> values() {
        return Arbitraries.oneOf(Arbitraries.longs().between(-4, 7), Arbitraries.longs());
    }

    @Property
    void theBinIsTheNumberOfCutsThatTheValueExceeds(
            @ForAll("ascending") List<Long> cuts, @ForAll("values") long value) {
        assertThat(Cuts.of(cuts).exceeded(value))
                .isEqualTo((int) cuts.stream().filter(cut -> value > cut).count());
    }

    @Property
    void theNextCutIsTheSmallestThatIsNotExceeded(@ForAll("ascending") List<Long> cuts, @ForAll("values") long value) {
        long next = cuts.stream()
                .mapToLong(cut -> cut)
                .filter(cut -> cut >= value)
                .min()
                .orElse(Long.MAX_VALUE);
        assertThat(Cuts.of(cuts).next(value)).isEqualTo(next);
    }

    @Test
    void aValueOnACutBelongsBelowIt() {
        Cuts cuts = new Cuts(10, 20, 30, 40);
        assertThat(cuts.exceeded(10)).isZero();
        assertThat(cuts.exceeded(11)).isOne();
        assertThat(cuts.exceeded(40)).isEqualTo(3);
        assertThat(cuts.exceeded(41)).isEqualTo(4);
    }

    @Test
    void equalCutsAreSkippedTogether() {
        Cuts cuts = new Cuts(1, 1, 2, 4); // CDNOW's quintiles of frequency: half of the customers bought once.
        assertThat(cuts.exceeded(1)).isZero();
        assertThat(cuts.exceeded(2)).isEqualTo(2);
    }

    @Test
    void theyAreReadBackInOrder() {
        assertThat(new Cuts(1, 2, 4, 9).toList()).containsExactly(1L, 2L, 4L, 9L);
    }

    @Test
    void descendingCutsAreRefusedWithTheWayToMendThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cuts(1, 3, 2, 4))
                .withMessage("Cut points must ascend, but are 1, 3, 2, 4: sort them.");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cuts(2, 1, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cuts(1, 2, 4, 3));
    }

    @Test
    void moreOrFewerThanFourAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cuts.of(List.of(1L, 2L, 3L)))
                .withMessage("Five bins need four cut points, but there are 3.");
        assertThatIllegalArgumentException().isThrownBy(() -> Cuts.of(List.of(1L, 2L, 3L, 4L, 5L)));
    }
}

package io.ebbline.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against a sorted list of the values themselves. */
class HistogramTest {

    @Provide
    Arbitrary<List<Long>> values() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(-5, 140),
                        Arbitraries.longs().between(-1_000_000, 100_000_000),
                        Arbitraries.longs().between(0, 1L << 50))
                .list()
                .ofMaxSize(60);
    }

    private static Histogram of(List<Long> values) {
        Histogram histogram = new Histogram();
        values.forEach(histogram::add);
        return histogram;
    }

    /** The first value, from the smallest, with at least that share of the values at or below it. */
    static long quantile(List<Long> values, int j, int n) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        for (int i = 0; i < sorted.size(); i++) {
            if ((i + 1.0) >= Math.ceil((double) j * sorted.size() / n)) {
                return sorted.get(i);
            }
        }
        throw new AssertionError("There is always one.");
    }

    @Property
    void quantilesAreThoseOfASortedListToTheBucket(
            @ForAll("values") List<Long> values, @ForAll @IntRange(min = 1, max = 9) int j) {
        Histogram histogram = of(values);
        assertThat(histogram.count()).isEqualTo(values.size());
        assertThat(histogram.sum()).isEqualTo(values.stream().mapToLong(v -> v).sum());
        if (!values.isEmpty()) {
            int bucket = LogLinear.bucket(quantile(values, j, 10));
            assertThat(histogram.quantile(j, 10)).isEqualTo(LogLinear.upper(bucket));
            assertThat(histogram.median()).isEqualTo(LogLinear.middle(LogLinear.bucket(quantile(values, 1, 2))));
            assertThat(histogram.mean()).isEqualTo(Math.floorDiv(histogram.sum(), values.size()));
        }
    }

    @Property
    void whatIsTakenOutLeavesNoTrace(@ForAll("values") List<Long> kept, @ForAll("values") List<Long> gone) {
        Histogram histogram = of(gone);
        kept.forEach(histogram::add);
        gone.forEach(histogram::remove);
        assertThat(content(histogram.cells())).isEqualTo(content(of(kept).cells()));
        assertThat(histogram.isEmpty()).isEqualTo(kept.isEmpty());
    }

    @Property
    void partsMergeToTheWholeInAnyOrder(@ForAll("values") List<Long> some, @ForAll("values") List<Long> others) {
        List<Long> all = new ArrayList<>(some);
        all.addAll(others);
        Histogram forth = of(some);
        forth.merge(of(others));
        Histogram back = of(others);
        back.merge(of(some));
        assertThat(content(forth.cells())).isEqualTo(content(of(all).cells())).isEqualTo(content(back.cells()));
    }

    private static TreeMap<Integer, List<Long>> content(Cells cells) {
        TreeMap<Integer, List<Long>> content = new TreeMap<>();
        cells.forEach((key, count, sum) -> content.put(key, List.of(count, sum)));
        return content;
    }

    @Test
    void halfOfAShopWithOneOrderEachSharesAScore() {
        // 51 of 100 have one order: the first two cuts are equal, so a score of 2 is given to nobody.
        List<Long> orders = new ArrayList<>(Collections.nCopies(51, 1L));
        orders.addAll(Collections.nCopies(19, 2L));
        orders.addAll(Collections.nCopies(15, 4L));
        orders.addAll(Collections.nCopies(15, 9L));
        Histogram histogram = of(orders);
        assertThat(List.of(1, 2, 3, 4))
                .extracting(j -> histogram.quantile(j, 5))
                .containsExactly(1L, 1L, 2L, 4L);
    }

    @Test
    void nothingCanNotBeDivided() {
        assertThatIllegalStateException().isThrownBy(() -> new Histogram().quantile(1, 5));
        assertThatIllegalStateException().isThrownBy(() -> new Histogram().mean());
    }
}

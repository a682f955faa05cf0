package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShortlistTest {

    /** Against sorting all by score, cutting off, and sorting the rest by worth. */
    @Property
    void theWorthiestOfTheLikeliestAreFound(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 80) int size,
            @ForAll @IntRange(min = 1, max = 90) int limit,
            @ForAll @IntRange(min = 1, max = 30) int n) {
        Random random = new Random(seed);
        Shortlist shortlist = new Shortlist();
        double[] worths = new double[size];
        List<Integer> all = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            shortlist.add(k, random.nextGaussian());
            worths[k] = random.nextGaussian();
            all.add(k);
        }
        all.sort(Comparator.comparingDouble(k -> -shortlist.score(k)));
        List<Integer> likeliest = new ArrayList<>(all.subList(0, Math.min(limit, size)));
        likeliest.sort(Comparator.comparingDouble(k -> -worths[k]));

        int found = shortlist.worthiest(limit, n, k -> worths[k]);

        Set<Integer> best = new HashSet<>();
        for (int i = 0; i < found; i++) {
            best.add(shortlist.best(i));
        }
        if (found >= 0) {
            assertThat(likeliest).containsAll(best);
            assertThat(best).containsAll(likeliest.subList(0, Math.min(n, likeliest.size())));
        }
    }

    @Test
    void whatIsNotClearIsNotTold() {
        Shortlist shortlist = new Shortlist();
        shortlist.add(0, 1);
        shortlist.add(1, 1);
        assertThat(shortlist.worthiest(1, 1, k -> k)).as("equal scores").isNegative();
        assertThat(shortlist.worthiest(2, 1, k -> Double.NaN))
                .as("no worth known")
                .isNegative();
        assertThat(shortlist.worthiest(2, 1, k -> k)).as("room for both").isEqualTo(1);
        assertThat(shortlist.best(0)).isEqualTo(1);
    }
}

package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NextBasketBaselinesTest {

    private static final List<List<int[]>> PASTS = List.of(
            List.of(new int[] {0, 1}, new int[] {1, 2}), List.of(new int[] {3, 2}, new int[] {3}, new int[] {3}));

    @Test
    void popularityCountsTheOrdersThatHoldAProduct() {
        assertThat(new FrequencyBaselines(PASTS, 5).global()).containsExactly(1, 2, 2, 3, 0);
    }

    @Test
    void ownProductsComeFirstAndTiesGoToThePopular() {
        FrequencyBaselines baselines = new FrequencyBaselines(PASTS, 5);
        double[] own = baselines.own(PASTS.get(0));
        double[] then = baselines.ownThenGlobal(PASTS.get(0));

        assertThat(own).containsExactly(1, 2, 1, 0, 0);
        // Twice 1; once 2 and 0, of which 2 is the more popular; never 3 and 4.
        assertThat(Ranks.best(5, 5, i -> then[i])).containsExactly(1, 2, 0, 3, 4);
    }

    @Property
    void theBestAreThoseThatSortingPutsFirst(
            @ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> scores, @ForAll @IntRange(max = 45) int n) {
        List<Integer> sorted =
                new ArrayList<>(IntStream.range(0, scores.size()).boxed().toList());
        sorted.sort(Comparator.comparing((Integer i) -> -scores.get(i)));

        assertThat(Arrays.stream(Ranks.best(scores.size(), n, scores::get)).boxed())
                .isEqualTo(sorted.subList(0, Math.min(n, sorted.size())));
    }

    @Test
    void recallIsTheShareOfTheTargetThatIsNamed() {
        int[] target = {2, 5, 9, 11};

        assertThat(Ranks.recall(new int[] {5, 1, 2, 9}, target, 3)).isEqualTo(.5);
        assertThat(Ranks.recall(new int[] {5}, target, 10)).isEqualTo(.25);
        assertThat(Ranks.recall(new int[] {}, target, 10)).isZero();
    }
}

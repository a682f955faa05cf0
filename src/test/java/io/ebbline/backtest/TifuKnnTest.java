package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.backtest.TifuKnn.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The equations of section 4 of the paper, worked through by hand. */
class TifuKnnTest {

    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;

    @Test
    void anOrderFadesWithinItsGroupAndAGroupAmongTheGroups() {
        // Three orders in two groups: the first alone, the other two together. Group 1: A 1. Group 2: (.5 A + B +
        // ...)/2.
        TifuKnn alone = new TifuKnn(List.of(), 3, new Rules(1, .5, .1, 1, 2));

        double[] scores = alone.scores(List.of(basket(A), basket(A), basket(B, C)));

        // A: (.1 x 1 + .5 / 2) / 2; B and C: (1 / 2) / 2.
        assertThat(scores).containsExactly(new double[] {.175, .25, .25}, within(1e-15));
    }

    @Test
    void fewerOrdersThanGroupsAreAGroupEach() {
        TifuKnn alone = new TifuKnn(List.of(), 3, new Rules(1, .9, .5, 1, 7));

        assertThat(alone.scores(List.of(basket(A), basket(A, B)))).containsExactly(.75, .5, 0);
    }

    @Test
    void theMeanOfTheNearestIsMixedIn() {
        // Own vector (1, 0, 0). Squared distances: to (1, 1, 0) 1, to (0, 0, 1) 2, to (.5, 0, .5) .5.
        List<List<int[]>> others = List.of(List.of(basket(A, B)), List.of(basket(C)), List.of(basket(A), basket(C)));
        TifuKnn knn = new TifuKnn(others, 3, new Rules(2, 1, 1, .6, 2));
        List<int[]> past = List.of(basket(A));

        assertThat(knn.neighbours(past)).containsExactly(2, 0);
        // Mean of the two nearest: (.75, .5, .25).
        assertThat(knn.scores(past)).containsExactly(new double[] {.6 + .4 * .75, .4 * .5, .4 * .25}, within(1e-15));
    }

    @Test
    void ofParametersTheBestOnesAreChosenOneAfterTheOther() {
        Rules best = new Rules(900, .2, .4, .3, 19);

        Rules chosen = TifuKnn.choose(
                rules -> -Math.abs(rules.neighbours() - best.neighbours()) / 1_000.0
                        - Math.abs(rules.within() - best.within())
                        - Math.abs(rules.between() - best.between())
                        - Math.abs(rules.own() - best.own())
                        - Math.abs(rules.groups() - best.groups()) / 20.0,
                2);

        assertThat(chosen).isEqualTo(best);
        assertThat(TifuKnn.choose(rules -> .1, 2)).isEqualTo(TifuKnn.TA_FENG);
    }

    private static int[] basket(int... items) {
        return items;
    }
}

package io.ebbline.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Bounded sums against a map of all. */
class NamedSumsTest {

    private static Map<String, Double> held(NamedSums sums) {
        Map<String, Double> held = new HashMap<>();
        for (int i = 0; i < sums.size(); i++) {
            held.put(sums.name(i), sums.sum(i));
        }
        return held;
    }

    @Property(tries = 500)
    void inheritedSumsKeepToTheBoundOfSpaceSaving(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll @IntRange(min = 1, max = 60) int names) {
        NamedSums sums = new NamedSums(16, true);
        Map<String, Double> exact = new HashMap<>();
        double total = 0;
        for (int i = 0; i < count; i++) {
            // Squared, so that some names come often and many seldom.
            String name = "n" + (int) (names * random.nextDouble() * random.nextDouble());
            double amount = 1 + random.nextInt(1_000);
            sums.add(name, amount);
            exact.merge(name, amount, Double::sum);
            total += amount;
        }
        Map<String, Double> held = held(sums);
        assertThat(held).hasSize(Math.min(16, exact.size()));
        assertThat(sums.total()).isCloseTo(total, within(1e-9 * total));
        double bound = exact.size() <= 16 ? 0 : total / 16;
        held.forEach((name, sum) -> assertThat(sum).isBetween(exact.get(name), exact.get(name) + bound));
        exact.forEach((name, sum) -> {
            if (sum > bound) {
                assertThat(held).containsKey(name);
            }
        });
    }

    @Property(tries = 200)
    void theStrongestComeInTurn(@ForAll Random random, @ForAll @IntRange(min = 1, max = 16) int names) {
        NamedSums sums = new NamedSums(16, true);
        for (int i = 0; i < names; i++) {
            sums.add("n" + i, 1 + random.nextInt(4));
        }
        List<String> expected = new ArrayList<>(held(sums).keySet());
        expected.sort((a, b) -> {
            int bySum = Double.compare(held(sums).get(b), held(sums).get(a));
            return bySum != 0 ? bySum : a.compareTo(b);
        });
        List<String> told = new ArrayList<>();
        long without = 0;
        for (int next = sums.strongest(); next >= 0; next = sums.strongest(without)) {
            told.add(sums.name(next));
            without |= 1L << next;
        }
        assertThat(told).isEqualTo(expected);
    }

    @Example
    void aNewNameTakesThePlaceOfTheWeakestWithOrWithoutItsSum() {
        for (boolean inherits : new boolean[] {false, true}) {
            NamedSums sums = new NamedSums(2, inherits);
            sums.add("a", 5);
            sums.add("b", 3);
            sums.add("c", 1);
            assertThat(held(sums)).isEqualTo(Map.of("a", 5.0, "c", inherits ? 4.0 : 1.0));
        }
    }

    @Example
    void whatIsNoNameIsNotHeld() {
        NamedSums sums = new NamedSums(2, true);
        sums.add("", 1);
        sums.add("x".repeat(65), 1);
        assertThat(sums.size()).isZero();
        assertThat(sums.strongest()).isEqualTo(-1);
        sums.add("x".repeat(64), 1);
        assertThat(sums.size()).isEqualTo(1);
    }
}

package io.ebbline.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Hash64;
import io.ebbline.event.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SwitchesTest {

    private record Order(String from, String to, long minor) {}

    private static List<Order> orders(Random random) {
        int categories = random.nextBoolean() ? 1 + random.nextInt(40) : 200 + random.nextInt(300);
        List<Order> orders = new ArrayList<>();
        for (int i = random.nextInt(3_000); i >= 0; i--) {
            String from = random.nextInt(4) == 0 ? "" : "c" + random.nextInt(categories);
            String to = !from.isEmpty() && random.nextInt(9) == 0 ? "" : "c" + random.nextInt(categories);
            orders.add(new Order(from, to, random.nextInt(1_000)));
        }
        return orders;
    }

    private static Switches of(List<Order> orders) {
        Switches switches = new Switches();
        orders.forEach(order -> switches.order(order.from, order.to, order.minor, Tick.MILLIS));
        return switches;
    }

    private static Map<String, List<Long>> told(Switches switches) {
        Map<String, List<Long>> told = new TreeMap<>();
        switches.forEach((from, to, count, minor) -> told.put(from + ">" + to, List.of(count, minor)));
        return told;
    }

    /** With all orders at hand: the categories of the smallest hashes, then the counts. */
    private static Map<String, List<Long>> expected(List<Order> orders) {
        Set<String> seen = new HashSet<>();
        orders.forEach(order -> seen.addAll(List.of(order.from, order.to)));
        seen.remove("");
        List<String> held = seen.stream()
                .sorted(Comparator.<String>comparingLong(Hash64::of).thenComparing(name -> name))
                .limit(256)
                .toList();
        Set<String> apart = new HashSet<>(held);
        apart.add("");
        Map<String, List<Long>> expected = new TreeMap<>();
        for (Order order : orders) {
            String from = apart.contains(order.from) ? order.from : " ";
            String to = apart.contains(order.to) ? order.to : " ";
            expected.merge(
                    from + ">" + to,
                    List.of(1L, order.minor),
                    (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
        }
        return expected;
    }

    @Property(tries = 200)
    void howeverTheOrdersAreDividedAndMergedTheCountsAreThoseOfAll(@ForAll Random random) {
        List<Order> orders = orders(random);
        Map<String, List<Long>> expected = expected(orders);
        assertThat(told(of(orders))).isEqualTo(expected);
        List<Order> shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, random);
        List<List<Order>> parts = IntStream.range(0, 1 + random.nextInt(5))
                .<List<Order>>mapToObj(i -> new ArrayList<>())
                .toList();
        shuffled.forEach(order -> parts.get(random.nextInt(parts.size())).add(order));
        Switches whole = new Switches();
        parts.forEach(part -> whole.merge(of(part)));
        assertThat(told(whole)).isEqualTo(expected);
        assertThat(whole.days().count(1))
                .isEqualTo(orders.stream().filter(o -> !o.to.isEmpty()).count());
    }

    @Test
    void noOrderIsNoRow() {
        assertThat(new Switches().isEmpty()).isTrue();
        assertThat(Switching.rows(new Switches(), 0)).isEmpty();
    }

    @Test
    void beforeAnOrderFollowedAnotherThereAreSharesButNoChances() {
        Switches switches = new Switches();
        switches.order("", "tea", 500, 0);
        switches.order("", "tea", 700, 0);
        switches.order("", "coffee", 900, 0);
        assertThat(Switching.rows(switches, 0))
                .containsExactly(
                        new SwitchingRow("tea", 2, 2.0 / 3, 2, 1_200, List.of(), null),
                        new SwitchingRow("coffee", 1, 1.0 / 3, 1, 900, List.of(), null));
    }

    @Test
    void ordersOlderThanAYearAndCreditsAddNothingToTheValue() {
        Switches switches = new Switches();
        switches.order("", "tea", 500, 0);
        switches.order("tea", "tea", 700, Tick.MILLIS);
        assertThat(Switching.rows(switches, 365).get(0).clvMinor())
                .isEqualTo(Math.round(700 * (1 + 1 / 1.1 + 1 / 1.21)));
        assertThat(Switching.rows(switches, 366).get(0).clvMinor()).isZero();
        switches.order("tea", "tea", -9_000, 300 * Tick.MILLIS);
        assertThat(Switching.rows(switches, 366).get(0).clvMinor()).isZero();
    }

    @Test
    void whenAllAreForgottenThereIsNobodyToHaveAShare() {
        Switches switches = new Switches();
        switches.order("", "tea", 500, 0);
        switches.order("tea", "tea", 500, 0);
        switches.order("tea", "", 0, 0);
        assertThat(Switching.rows(switches, 0))
                .containsExactly(new SwitchingRow("tea", 0, 0, 2, 1_000, List.of(1.0), null));
    }
}

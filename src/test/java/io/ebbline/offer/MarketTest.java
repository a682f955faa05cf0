package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MarketTest {

    @Example
    void anEmptyMarketKnowsNothing() {
        Market market = Market.empty();
        assertThat(market.size()).isZero();
        assertThat(market.index("x")).isEqualTo(-1);
        assertThat(market.popular(5)).isEmpty();
        assertThat(market.lift("a", "b")).isEqualTo(1);
        market.apply(new ListUpdate(
                "x", 5, 1, 0, 1, new String[] {"y"}, new double[] {1}, new String[0], new double[0], Leads.NONE));
        assertThat(market.popularity(market.index("y"))).isZero();
        assertThat(market.priceMinor(market.index("y"))).isNaN();
        assertThat(market.repeatRate(market.index("y"))).isZero();
    }

    @Example
    void ofEquallyPopularProductsTheFirstByNameComesFirst() {
        for (List<String> order : List.of(List.of("b", "a", "c"), List.of("c", "b", "a"))) {
            Market market = Market.empty();
            market.apply(new ListUpdate(
                    "x",
                    1,
                    100,
                    0,
                    100,
                    order.toArray(new String[0]),
                    new double[] {9, 9, 9},
                    new String[0],
                    new double[0],
                    Leads.NONE));
            MarketDelta sold = new MarketDelta();
            sold.orders(100, 0);
            order.forEach(sku -> sold.item(sku, null, 1, 1, 1));
            sold.item("never new", null, 0, 1, 1);
            market.apply(new MarketCounts().fold(1, sold));
            assertThat(Arrays.stream(market.popular(9)).mapToObj(market::sku)).containsExactly("a", "b", "c");
            assertThat(Arrays.stream(market.popular(2)).mapToObj(market::sku)).containsExactly("a", "b");
            Links links = market.later(market.index("x"));
            assertThat(Arrays.stream(links.items()).mapToObj(market::sku)).containsExactly("a", "b", "c");
        }
    }

    @Example
    void pricesAreInMinorUnitsOfTheCurrency() {
        MarketDelta sold = new MarketDelta();
        sold.orders(2, 0);
        sold.item("x", null, 2, 2, 59_000); // 2.50 and 3.40 of a major unit
        MarketUpdate update = new MarketCounts().fold(1, sold);
        for (int digits = 0; digits <= 3; digits++) {
            Market market = Market.empty(digits);
            market.apply(update);
            assertThat(market.priceMinor(market.index("x"))).isCloseTo(2.95 * Math.pow(10, digits), within(1e-9));
        }
    }

    @Property(tries = 60)
    void ofTooManyCategoriesThoseHeldAreTheSameAndCompleteHoweverTheyCome(@ForAll Random random) {
        List<String[]> pairs = new ArrayList<>();
        int names = 100 + random.nextInt(200);
        for (int i = 0; i < 3_000; i++) {
            pairs.add(new String[] {"c" + random.nextInt(names), "c" + random.nextInt(names)});
        }
        CategoryCounts whole = new CategoryCounts();
        pairs.forEach(pair -> count(whole, pair));
        Collections.shuffle(pairs, random);
        List<CategoryCounts> parts = List.of(new CategoryCounts(), new CategoryCounts(), new CategoryCounts());
        pairs.forEach(pair -> count(parts.get(random.nextInt(3)), pair));
        CategoryCounts merged = new CategoryCounts();
        parts.forEach(merged::merge);
        assertThat(told(merged)).isEqualTo(told(whole));
        Map<String, Map<String, Long>> expected = new TreeMap<>();
        for (String[] pair : pairs) {
            if (whole.rows().containsKey(pair[0]) && whole.rows().containsKey(pair[1])) {
                expected.computeIfAbsent(pair[0], name -> new TreeMap<>()).merge(pair[1], 1L, Long::sum);
            }
        }
        assertThat(whole.rows()).hasSize(Math.min(names, AffinityRules.CATEGORIES));
        expected.forEach((from, to) -> assertThat(told(whole).get(from)).endsWith(to.toString()));
    }

    private static void count(CategoryCounts counts, String[] pair) {
        counts.add(pair[0], 1, 0);
        counts.add(pair[1], 0, 1);
        counts.addPair(pair[0], pair[1], 1);
    }

    private static Map<String, String> told(CategoryCounts counts) {
        Map<String, String> told = new TreeMap<>();
        counts.rows().forEach((name, row) -> told.put(name, row.chances() + " " + row.first() + " " + row.to()));
        return told;
    }

    @Example
    void aCategoryThatIsCrowdedOutIsForgottenByReadersToo() {
        MarketCounts counts = new MarketCounts();
        Market market = Market.empty();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 2 * AffinityRules.CATEGORIES; i++) {
            names.add("c" + i);
        }
        int tick = 0;
        for (String name : names) {
            MarketDelta delta = new MarketDelta();
            delta.orders(10, 10);
            delta.categories().add(name, 10, 5);
            delta.categories().addPair(name, name, 5);
            market.apply(counts.fold(++tick, delta));
        }
        int lifted = 0;
        for (String name : names) {
            boolean held = counts.everything().categories().stream()
                    .anyMatch(category -> category.name().equals(name));
            assertThat(market.lift(name, name) > 1).isEqualTo(held);
            lifted += held ? 1 : 0;
        }
        assertThat(lifted).isEqualTo(AffinityRules.CATEGORIES);
    }
}

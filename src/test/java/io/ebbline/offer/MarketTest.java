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

    @Example
    void anOrderHoldsAsManyNewProductsAsThereWereFirstPurchasesPerOrder() {
        MarketDelta sold = new MarketDelta();
        sold.orders(4, 1);
        sold.item("x", null, 2, 2, 59_000);
        sold.item("y", null, 1, 4, 59_000);
        Market market = Market.empty();
        assertThat(market.firstPerOrder()).isZero();
        market.apply(new MarketCounts().fold(1, sold));
        assertThat(market.firstPerOrder()).isEqualTo(.75);
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

    @Example
    void whatIsLentIsKnownUntilItIsTakenBack() {
        ListUpdate lists = new ListUpdate(
                "a",
                3,
                100,
                20,
                100,
                new String[] {"b"},
                new double[] {60},
                new String[] {"c"},
                new double[] {50},
                Leads.NONE);
        Market told = Market.empty();
        Market lent = Market.empty();
        for (Market market : List.of(told, lent)) {
            market.apply(threeProducts());
        }
        told.apply(lists);
        lent.apply(lists.sums());
        int a = lent.index("a");
        assertThat(lent.later(a).size()).isZero();
        assertThat(lent.repeatRate(a)).isEqualTo(told.repeatRate(told.index("a")));

        lent.lend(List.of(lists, lists)); // Two facts of one instant may have asked for the same.
        assertThat(lent.later(a).size()).isEqualTo(1);
        assertThat(lent.later(a).excess()).isEqualTo(told.later(told.index("a")).excess());
        assertThat(lent.together(a).excess())
                .isEqualTo(told.together(told.index("a")).excess());

        lent.takeBack();
        assertThat(lent.later(a).size()).isZero();
        assertThat(lent.together(a).size()).isZero();
        assertThat(lent.repeatRate(a)).isEqualTo(told.repeatRate(told.index("a")));
    }

    @Example
    void whatIsLentLeadsOnByTheSumsThatWereTold() {
        ListUpdate a =
                follower("a", new Leads(1_000, 1_000, 200, new String[] {"b"}, new double[] {150}, new double[] {10}));
        ListUpdate b = follower("b", new Leads(1_000, 1_000, 200, new String[0], new double[0], new double[0]));
        Market told = Market.empty();
        told.apply(threeProducts());
        told.apply(a);
        told.apply(b);
        Market lent = Market.empty();
        lent.apply(threeProducts());
        lent.apply(a.sums());
        lent.apply(b.sums());
        int one = told.index("a");
        // Two of 100 are not sure by themselves: one was expected.
        assertThat(told.later(one).sure()).containsExactly(0);
        assertThat(lent.leads(one).size()).isZero();

        lent.lend(List.of(a));
        assertThat(lent.leads(one).excess()).isEqualTo(told.leads(one).excess());
        assertThat(lent.later(one).sure()).containsExactly(0);
        lent.takeBack();
        assertThat(lent.leads(one).size()).isZero();
    }

    @Example
    void whatLeadsOnToAProductIsAnotherWhileOtherListsOfThatAreLent() {
        ListUpdate a =
                follower("a", new Leads(1_000, 1_000, 200, new String[] {"b"}, new double[] {150}, new double[] {10}));
        ListUpdate b = follower("b", new Leads(1_000, 1_000, 200, new String[0], new double[0], new double[0]));
        // It was owned for so short a time that hardly anything could be bought after it.
        ListUpdate young = follower("b", new Leads(10, 10, 200, new String[0], new double[0], new double[0]));
        Market market = Market.empty();
        market.apply(threeProducts());
        market.apply(a);
        int one = market.index("a");
        assertThat(market.later(one).sure()).isEmpty();
        market.apply(b);
        assertThat(market.later(one).sure()).containsExactly(0);
        market.lend(List.of(young));
        assertThat(market.leads(one).size()).isZero();
        assertThat(market.later(one).sure()).isEmpty();
        market.takeBack();
        assertThat(market.leads(one).size()).isEqualTo(1);
        assertThat(market.later(one).sure()).containsExactly(0);
    }

    @Example
    void whatOnlyLeadsOnIsToldToThoseWhoAsk() {
        ListUpdate nothing = follower("c", Leads.NONE).sums();
        assertThat(nothing.isEmpty()).isTrue();
        ListUpdate leads = new ListUpdate(
                "c",
                3,
                100,
                20,
                100,
                nothing.later(),
                nothing.laterCounts(),
                nothing.later(),
                nothing.laterCounts(),
                new Leads(1, 1, 1, new String[] {"b"}, new double[] {1}, new double[] {0}));
        assertThat(leads.isEmpty()).isFalse();
        assertThat(leads.sums().isEmpty()).isTrue();
    }

    /** Two of a hundred of its owners' orders brought another. */
    private static ListUpdate follower(String sku, Leads leads) {
        String other = sku.equals("b") ? "c" : "b";
        return new ListUpdate(
                sku, 3, 100, 20, 100, new String[] {other}, new double[] {2}, new String[0], new double[0], leads);
    }

    private static MarketUpdate threeProducts() {
        return new MarketUpdate(
                3,
                new MarketUpdate.Shop(3, 1_000, 1_000, 1_000, 1_000, 1_000, 100, 500, List.of(), List.of(), List.of()),
                List.of(item("a"), item("b"), item("c")),
                List.of(),
                List.of());
    }

    private static MarketUpdate.Item item(String sku) {
        return new MarketUpdate.Item(sku, null, 3, 10, 10, 10, 100_000);
    }
}

package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AffinityRowTest {

    private static final class Exact {
        double later;
        double together;
        double before;
    }

    private static RowDelta delta(TreeMap<String, long[]> counts, long chances) {
        TreeMap<String, long[]> byHash = new TreeMap<>(CategoryCounts.BY_HASH);
        byHash.putAll(counts);
        String[] to = byHash.keySet().toArray(new String[0]);
        long[] later = byHash.values().stream().mapToLong(pair -> pair[0]).toArray();
        long[] together = byHash.values().stream().mapToLong(pair -> pair[1]).toArray();
        return new RowDelta("x", chances, chances, 0, chances, to, later, later, together);
    }

    /** Few products that are often counted and many that seldom are. */
    private static TreeMap<String, long[]> tick(Random random, int skus, int size) {
        TreeMap<String, long[]> counts = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            int sku = (int) (skus * Math.pow(random.nextDouble(), 3));
            long[] pair = counts.computeIfAbsent("s" + sku, name -> new long[2]);
            pair[random.nextInt(2)] += 1 + random.nextInt(3);
        }
        return counts;
    }

    @Property(tries = 30)
    void whatIsHeldIsShortByNoMoreThanItsBoundAndWhatExceedsTheBoundIsHeld(@ForAll Random random) {
        AffinityRow row = new AffinityRow("x");
        Map<String, Exact> exact = new TreeMap<>();
        Market market = Market.empty();
        int skus = 600 + random.nextInt(3_000);
        int tick = 20_000;
        for (int ticks = 0; ticks < 40; ticks++) {
            int passed = 1 + (random.nextInt(4) == 0 ? random.nextInt(30) : 0);
            tick += passed;
            exact.values().forEach(one -> {
                one.later *= Math.pow(2, -passed / 28.0);
                one.together *= Math.pow(2, -passed / 56.0);
                one.before *= Math.pow(2, -passed / 364.0);
            });
            TreeMap<String, long[]> counts = tick(random, skus, random.nextInt(900));
            counts.forEach((sku, pair) -> {
                Exact one = exact.computeIfAbsent(sku, name -> new Exact());
                one.later += pair[0];
                one.together += pair[1];
                one.before += pair[0];
            });
            row.fold(tick, delta(counts, 10), market);
            assertThat(row.held()).hasSizeLessThanOrEqualTo(AffinityRules.CANDIDATES);
            exact.forEach((sku, one) -> {
                double slack = 1e-9;
                assertThat(row.later(sku)).isLessThanOrEqualTo(one.later + slack);
                assertThat(row.together(sku)).isLessThanOrEqualTo(one.together + slack);
                assertThat(one.later - row.later(sku)).isLessThanOrEqualTo(row.laterBound() + slack);
                assertThat(one.together - row.together(sku)).isLessThanOrEqualTo(row.togetherBound() + slack);
                assertThat(row.after(sku)).isLessThanOrEqualTo(one.before + slack);
                assertThat(row.before(sku)).isLessThanOrEqualTo(one.before + slack);
                assertThat(one.before - row.before(sku)).isLessThanOrEqualTo(row.beforeBound() + slack);
                if (one.later > row.laterBound() + slack
                        || one.together > row.togetherBound() + slack
                        || one.before > row.beforeBound() + slack) {
                    assertThat(row.held()).contains(sku);
                }
            });
        }
    }

    /** Half of all counts are of the twelfth of the products that the row has room for; the bound stays a few times N / capacity. */
    @Example
    void theBoundStaysAFewTimesWhatEvenSharesOfThePlacesWouldBe() {
        AffinityRow row = new AffinityRow("x");
        Random random = new Random(7);
        double all = 0;
        for (int tick = 0; tick < 200; tick++) {
            TreeMap<String, long[]> counts = tick(random, 4_000, 1_500);
            all = all * Math.pow(2, -1 / 56.0)
                    + counts.values().stream()
                            .mapToLong(pair -> pair[0] + pair[1])
                            .sum();
            row.fold(tick, delta(counts, 100), Market.empty());
        }
        assertThat(row.held()).hasSizeBetween(AffinityRules.CANDIDATES * 4 / 5, AffinityRules.CANDIDATES);
        assertThat(row.laterBound() + row.togetherBound()).isBetween(1.0, 4 * all / AffinityRules.CANDIDATES);
    }

    @Example
    void listsAreToldAgainWhenEnoughHasHappened() {
        AffinityRow row = new AffinityRow("x");
        TreeMap<String, long[]> counts = new TreeMap<>(Map.of("a", new long[] {50, 50}));
        assertThat(row.fold(1, delta(counts, 500), Market.empty())).isNotNull();
        int silent = 0;
        int tick = 2;
        while (row.fold(tick, delta(new TreeMap<>(), 5), Market.empty()) == null) {
            silent++;
            tick++;
        }
        // Ten a tick against 5 % of a thousand or so; the half-lives take a little off it.
        assertThat(silent).isEqualTo(4);
        assertThat(row.chances()).isCloseTo(500 * Math.pow(2, -5 / 28.0) + 5 * geometric(5), within(1e-9));
    }

    private static double geometric(int terms) {
        double sum = 0;
        for (int i = 0; i < terms; i++) {
            sum += Math.pow(2, -i / 28.0);
        }
        return sum;
    }

    @Example
    void aRowWithoutNewsForYearsHasForgottenEverything() {
        AffinityRow row = new AffinityRow("x");
        TreeMap<String, long[]> counts = new TreeMap<>(Map.of("a", new long[] {900, 900}));
        row.fold(1, delta(counts, 1_000), Market.empty());
        assertThat(row.later("a")).isEqualTo(900);
        ListUpdate update = Objects.requireNonNull(row.fold(20_001, delta(new TreeMap<>(), 2), Market.empty()));
        assertThat(row.held()).isEmpty();
        assertThat(update.later()).isEmpty();
        assertThat(update.chances()).isCloseTo(2, within(1e-30));
        assertThat(row.laterBound()).isBetween(0.0, .001);
    }

    @Example
    void ofManyThatFollowTheListHoldsTheStrongest() {
        MarketCounts counts = new MarketCounts();
        MarketDelta sold = new MarketDelta();
        sold.orders(10_000, 10_000);
        TreeMap<String, long[]> follow = new TreeMap<>();
        for (int i = 0; i < 180; i++) {
            String sku = "s" + (100 + i);
            sold.item(sku, null, 200, 200, 200);
            follow.put(sku, new long[] {i, 0});
        }
        Market market = Market.empty();
        market.apply(counts.fold(1, sold));
        ListUpdate update = Objects.requireNonNull(new AffinityRow("x").fold(1, delta(follow, 1_000), market));
        assertThat(update.later()).hasSize(AffinityRules.LIST).startsWith("s279", "s278");
        market.apply(update);
        Links links = market.later(market.index("x"));
        assertThat(links.excess()[0]).isCloseTo((179 + 20 * .02) / 1_020 - .02, within(1e-12));
        assertThat(market.later(market.index("s100"))).isSameAs(Links.NONE);
        assertThat(market.together(market.index("x")).size()).isZero();
    }

    @Example
    void whatChanceExplainsIsNotInAList() {
        MarketCounts counts = new MarketCounts();
        MarketDelta sold = new MarketDelta();
        sold.orders(10_000, 10_000);
        sold.item("chance", null, 1_000, 1_000, 0);
        sold.item("planted", null, 1_000, 1_000, 0);
        Market market = Market.empty();
        market.apply(counts.fold(1, sold));
        // A tenth is expected: 11 of 100 is well within chance, 25 of 100 is five standard deviations off.
        TreeMap<String, long[]> follow =
                new TreeMap<>(Map.of("chance", new long[] {11, 11}, "planted", new long[] {25, 25}));
        ListUpdate update = Objects.requireNonNull(new AffinityRow("x").fold(1, delta(follow, 100), market));
        assertThat(update.later()).containsExactly("planted");
        assertThat(update.together()).containsExactly("planted");
        assertThat(update.laterCounts()).containsExactly(25);
    }
}

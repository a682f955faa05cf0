package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RankingModel.Explore;
import io.ebbline.model.RankingModel.Own;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Shelf;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class RankerTest {

    private static final long DAY = 86_400_000;

    /** A shop that has sold for some weeks, and its customers. */
    private record World(Market market, List<Shelf> shelves) {}

    private static World world(long seed, int products) {
        Random random = new Random(seed);
        Affinities affinities = new Affinities(2);
        List<Shelf> shelves = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            shelves.add(new Shelf());
        }
        for (int day = 0; day < 30; day++) {
            for (int k = 0; k < 3; k++) {
                Shelf shelf = shelves.get(random.nextInt(11));
                List<Line> lines = new ArrayList<>();
                for (int l = 0; l <= random.nextInt(5); l++) {
                    // The lower ones far more often; each has its price and, of two, its category.
                    int product = (int) (products * Math.pow(random.nextDouble(), 2));
                    String category = product % 3 == 0 ? null : "C" + product % 2;
                    lines.add(new Line("P" + product, category, 10_000, 5_000L * (1 + product % 7), null));
                }
                String id = day + "/" + k;
                Purchase purchase = new Purchase(id, day * DAY + k, id, "GBP", null, null, lines, 0);
                affinities.add(shelf.purchase(purchase, true, purchase.time()));
            }
            if (random.nextInt(3) > 0) {
                affinities.endTick(day);
            }
        }
        affinities.endTick(30);
        return new World(affinities.market(), shelves);
    }

    private static Explore weights(Random random) {
        return new Explore(
                -3,
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble() - .2,
                random.nextDouble() - .2,
                random.nextDouble() - .2,
                random.nextDouble() - .8,
                .5,
                1.5);
    }

    // ---- the oracle: maps, every product, a full sort

    private record Naive(String sku, double logOdds) {}

    private static List<Naive> naive(Shelf shelf, Market market, Explore w, Set<String> refused, int limit) {
        List<Shelf.Owned> recent = new ArrayList<>(shelf.items());
        Collections.reverse(recent);
        recent = recent.subList(0, Math.min(recent.size(), Shelf.RECENT));
        Map<String, Double> later = new HashMap<>();
        Map<String, List<Double>> together = new HashMap<>();
        List<Double> prices = new ArrayList<>();
        for (Shelf.Owned owned : recent) {
            int item = market.index(owned.sku());
            if (item < 0) {
                continue;
            }
            Links follow = market.later(item);
            Links beside = market.together(item);
            IntStream.range(0, follow.size())
                    .forEach(k -> later.merge(market.sku(follow.items()[k]), follow.excess()[k], Double::sum));
            IntStream.range(0, beside.size())
                    .forEach(k -> together.computeIfAbsent(market.sku(beside.items()[k]), s -> new ArrayList<>())
                            .add(beside.excess()[k]));
            if (market.priceMinor(item) > 0) {
                prices.add(StrictMath.log(market.priceMinor(item)));
            }
        }
        Set<String> pool = new HashSet<>(later.keySet());
        pool.addAll(together.keySet());
        for (int item : market.popular(Ranker.POPULAR + shelf.items().size())) {
            pool.add(market.sku(item));
        }
        pool.removeIf(sku -> shelf.get(sku) != null || refused.contains(sku));
        List<Naive> all = new ArrayList<>();
        for (String sku : pool) {
            int item = market.index(sku);
            double g = Math.max(market.popularity(item), 1e-5);
            double fast = Math.max(market.popularityFast(item), 1e-5);
            double trend = Math.max(-3, Math.min(3, StrictMath.log(fast) - StrictMath.log(g)));
            double d = later.getOrDefault(sku, 0.) / StrictMath.sqrt(recent.size());
            double c = together.getOrDefault(sku, List.of()).stream()
                            .sorted(Comparator.reverseOrder())
                            .limit(3)
                            .reduce(0., Double::sum)
                    / Math.min(3, recent.size());
            double usual = prices.stream().reduce(0., Double::sum) / prices.size();
            double distance = Math.abs(StrictMath.log(market.priceMinor(item)) - usual);
            double breadth = 0;
            double fresh = 0;
            if (market.firstPerOrder() > 0) {
                double others = 0;
                for (int k = 0; k < shelf.orders(); k++) {
                    others += market.newInNext(k);
                }
                breadth = StrictMath.log((shelf.items().size() + 1) / (others + 1));
                fresh = StrictMath.log(market.newInNext(shelf.orders()) / market.firstPerOrder());
            }
            double logOdds = w.intercept()
                    + w.popularity() * StrictMath.log(g)
                    + w.trend() * trend
                    + (d > 0 ? w.later() * StrictMath.log1p(d / g) : 0)
                    + (c > 0 ? w.together() * StrictMath.log1p(c / g) : 0)
                    + w.category() * StrictMath.log(categoryLift(recent, market, market.category(item)))
                    + (Double.isNaN(distance) ? 0 : w.price() * distance)
                    + w.breadth() * breadth
                    + w.fresh() * fresh;
            all.add(new Naive(sku, logOdds));
        }
        all.sort(Comparator.comparingDouble(Naive::logOdds).reversed().thenComparing(Naive::sku));
        return all.subList(0, Math.min(limit, all.size()));
    }

    private static double categoryLift(List<Shelf.Owned> recent, Market market, @Nullable String to) {
        double[] lifts = recent.stream()
                .filter(owned -> market.index(owned.sku()) >= 0)
                .map(owned -> market.category(market.index(owned.sku())))
                .filter(from -> from != null)
                .mapToDouble(from -> market.lift(from, to))
                .toArray();
        return to == null || lifts.length == 0
                ? 1
                : Math.max(.01, Arrays.stream(lifts).average().orElse(1));
    }

    @Property(tries = 150)
    void ranksAsTheFormulaSays(@ForAll long seed) {
        Random random = new Random(seed);
        World world = world(seed, random.nextBoolean() ? 40 : 400);
        Ranker ranker = new Ranker();
        for (Shelf shelf : world.shelves()) {
            Explore weights = weights(random);
            Set<String> refused = new HashSet<>();
            IntStream.range(0, random.nextInt(20)).forEach(k -> refused.add("P" + random.nextInt(40)));
            int limit = random.nextInt(60);
            List<Naive> expected = naive(shelf, world.market(), weights, refused, limit);
            List<Ranked> best = ranker.best(shelf, world.market(), weights, refused::contains, limit);
            assertThat(best).hasSameSizeAs(expected);
            for (int k = 0; k < best.size(); k++) {
                assertThat(best.get(k).logOdds(weights))
                        .isEqualTo(expected.get(k).logOdds(), within(1e-9));
            }
            // Sums in another order differ in the last digit, so only what is apart has a known order.
            for (int k = 1; k + 1 < best.size(); k++) {
                double here = expected.get(k).logOdds();
                if (expected.get(k - 1).logOdds() - here > 1e-9
                        && here - expected.get(k + 1).logOdds() > 1e-9) {
                    assertThat(world.market().sku(best.get(k).item()))
                            .isEqualTo(expected.get(k).sku());
                }
            }
        }
    }

    /** What was ranked before, or for whom, leaves no trace. */
    @Property(tries = 30)
    void oneRankerIsAsGoodAsMany(@ForAll long seed) {
        World world = world(seed, 60);
        RankingModel model = RankingModel.shipped();
        Ranker one = new Ranker();
        for (Shelf shelf : world.shelves()) {
            List<Candidate> again = one.of(shelf, world.market(), model, 0, sku -> false, 8);
            assertThat(new Ranker().of(shelf, world.market(), model, 0, sku -> false, 8))
                    .extracting(Candidate::sku, Candidate::kind, Candidate::chance, Candidate::reasons)
                    .isEqualTo(again.stream()
                            .map(c -> org.assertj.core.groups.Tuple.tuple(c.sku(), c.kind(), c.chance(), c.reasons()))
                            .toList());
        }
    }

    @Example
    void ofEqualsTheFirstBySkuComesFirst() {
        Affinities affinities = new Affinities(2);
        for (String sku : List.of("C", "A", "D", "B")) {
            Purchase purchase = new Purchase(
                    sku, 0, sku, "GBP", null, null, List.of(new Line(sku, null, 10_000, 10_000, null)), 100);
            affinities.add(new Shelf().purchase(purchase, true, 0));
        }
        affinities.endTick(0);
        List<Candidate> best = new Ranker()
                .of(new Shelf(), affinities.market(), RankingModel.shipped(), DAY, sku -> sku.equals("B"), 2);
        assertThat(best).extracting(Candidate::sku).containsExactly("A", "C");
        assertThat(best).extracting(Candidate::kind).containsOnly(Kind.POPULAR);
        assertThat(best.get(0).reasons()).containsExactly(Reason.of(ReasonCode.POPULAR, .25));
    }

    /** 40 customers buy X and later Y; 40 others buy Z and later W. Who has X is offered Y for that reason, W for none. */
    @Example
    void saysWhatLedToIt() {
        Affinities affinities = new Affinities(2);
        for (int k = 0; k < 80; k++) {
            Shelf shelf = new Shelf();
            affinities.add(buys(shelf, "a" + k, 0, k % 2 == 0 ? "X" : "Z"));
            affinities.add(buys(shelf, "b" + k, 1, k % 2 == 0 ? "Y" : "W"));
        }
        affinities.endTick(1);
        Shelf shelf = new Shelf();
        buys(shelf, "c", DAY, "X");
        Explore weights = new Explore(-1, 1, 0, 1, 1, 0, 0, 0, 0);
        List<Candidate> best = new Ranker()
                .of(
                        shelf,
                        affinities.market(),
                        new RankingModel(weights, new Own(0, 0, 0, 0, 0, 0, 0, 0, 0)),
                        2 * DAY,
                        sku -> false,
                        5);
        assertThat(best).extracting(Candidate::sku).containsExactly("Y", "W", "Z");
        assertThat(best.get(0).kind()).isEqualTo(Kind.EXPLORE);
        Reason reason = best.get(0).reasons().get(0);
        assertThat(reason.code()).isEqualTo(ReasonCode.FOLLOWS);
        assertThat(reason.label()).isEqualTo("X");
        // 40 of 40 chances and 20 orders' worth of belief in g = 40 / 160: 45 / 60, three times g.
        assertThat(reason.value()).isEqualTo(3, within(1e-9));
        assertThat(best.get(0).chance()).isEqualTo(1 / (1 + Math.exp(1) / .75), within(1e-9));
        assertThat(best.get(1).kind()).isEqualTo(Kind.POPULAR);
    }

    @Example
    void whatGoesWithTheLatestOrderIsABundle() {
        Affinities affinities = new Affinities(2);
        for (int k = 0; k < 40; k++) {
            affinities.add(buys(new Shelf(), "a" + k, 0, "X", "Y"));
            affinities.add(buys(new Shelf(), "b" + k, 0, "V", "W"));
        }
        affinities.endTick(1);
        Shelf shelf = new Shelf();
        buys(shelf, "c", DAY, "X");
        Candidate best = new Ranker()
                .of(shelf, affinities.market(), RankingModel.shipped(), 2 * DAY, sku -> false, 1)
                .get(0);
        assertThat(best.sku()).isEqualTo("Y");
        assertThat(best.kind()).isEqualTo(Kind.BUNDLE);
        // 40 of 40 orders and 20 orders' worth of belief in a half: 50 / 60, over a half.
        assertThat(best.reasons().get(0).code()).isEqualTo(ReasonCode.GOES_WITH);
        assertThat(best.reasons().get(0).value()).isEqualTo(5 / 3., within(1e-9));
        buys(shelf, "d", 2 * DAY, "V");
        assertThat(new Ranker()
                        .of(shelf, affinities.market(), RankingModel.shipped(), 3 * DAY, "W"::equals, 1)
                        .get(0)
                        .kind())
                .isEqualTo(Kind.EXPLORE);
    }

    private static Basket buys(Shelf shelf, String id, long time, String... skus) {
        List<Line> lines = Arrays.stream(skus)
                .map(sku -> new Line(sku, null, 10_000, 10_000, null))
                .toList();
        return shelf.purchase(new Purchase(id, time, id, "GBP", null, null, lines, 0), true, time);
    }
}

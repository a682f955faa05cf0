package io.ebbline.offer;

import static io.ebbline.testing.Shop.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.offer.Baskets.Told;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Shelf;
import io.ebbline.state.AffinityCodec;
import io.ebbline.state.MarketCodec;
import io.ebbline.state.PackedWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;

/** What is counted in parts, tick by tick, is what all orders say at once. */
class CountingTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    /** The ticks in which something happened, and their baskets. */
    private static TreeMap<Integer, List<Basket>> byTick(List<Told> told) {
        TreeMap<Integer, List<Basket>> ticks = new TreeMap<>();
        told.forEach(one ->
                ticks.computeIfAbsent(one.tick(), tick -> new ArrayList<>()).add(one.basket()));
        return ticks;
    }

    /** Counts in parts, and remembers which lists were told last of each product. */
    private static final class Run {
        final Market market = Market.empty();
        final MarketCounts counts = new MarketCounts();
        final Map<String, AffinityRow> rows = new HashMap<>();
        final Map<String, ListUpdate> lists = new HashMap<>();

        Run(List<Told> told, Random random) {
            byTick(told).forEach((tick, baskets) -> {
                List<RowDelta> rowParts = new ArrayList<>();
                List<MarketDelta> marketParts = new ArrayList<>();
                divide(baskets, random).forEach(counted -> counted.drain(rowParts::add, marketParts::add));
                Collections.shuffle(rowParts, random);
                Collections.shuffle(marketParts, random);
                MarketDelta all = new MarketDelta();
                marketParts.forEach(all::merge);
                market.apply(counts.fold(tick, all));
                Map<String, RowDelta> merged = new HashMap<>();
                rowParts.forEach(part -> merged.merge(part.sku(), part, RowDelta::plus));
                merged.forEach((sku, delta) -> {
                    ListUpdate update =
                            rows.computeIfAbsent(sku, AffinityRow::new).fold(tick, delta, market);
                    if (update != null) {
                        lists.put(sku, update);
                        market.apply(update);
                    }
                });
            });
        }
    }

    private static Affinities counted(List<Told> told) {
        Affinities affinities = new Affinities(2);
        byTick(told).forEach((tick, baskets) -> {
            baskets.forEach(affinities::add);
            affinities.endTick(tick);
        });
        return affinities;
    }

    private static int last(List<Told> told) {
        return told.get(told.size() - 1).tick();
    }

    private static int number(Market market, String sku) {
        int number = market.index(sku);
        assertThat(number).isNotNegative();
        assertThat(market.sku(number)).isEqualTo(sku);
        return number;
    }

    @Property(tries = 40)
    void rowsAndMarketHoldWhatAllOrdersSay(@ForAll Random random) {
        List<Told> told = Baskets.of(random, 1 + random.nextInt(60), 25, 40);
        Run run = new Run(told, random);
        Market market = run.market;
        NaiveCounts naive = new NaiveCounts(told, last(told));
        assertThat(market.tick()).isEqualTo(last(told));
        assertThat(market.size()).isEqualTo(naive.skus().size());
        double inAll = 0;
        for (int known = 0; known < 80; known++) {
            assertThat(market.newInAll(known)).isCloseTo(inAll, CLOSE);
            assertThat(market.newInNext(known)).isCloseTo(naive.newInNext(known), CLOSE);
            inAll += naive.newInNext(known);
        }
        double mean = naive.allChances() == 0 ? 0 : naive.allRepeats() / naive.allChances();
        for (String sku : naive.skus()) {
            int item = number(market, sku);
            assertThat(market.popularity(item)).isCloseTo(naive.popularity(sku, 28), CLOSE);
            assertThat(market.popularityFast(item)).isCloseTo(naive.popularity(sku, 7), CLOSE);
            assertThat(market.orderShare(item)).isCloseTo(naive.share(sku), CLOSE);
            assertThat(market.priceMinor(item)).isCloseTo(naive.prices(sku) / naive.held(sku) / 100, CLOSE);
            ListUpdate list = Objects.requireNonNull(run.lists.get(sku));
            NaiveCounts then = new NaiveCounts(told, list.tick(), last(told));
            assertThat(market.repeatRate(item))
                    .isCloseTo((then.repeats(sku) + 20 * mean) / (then.chances(sku) + 20), CLOSE);
            AffinityRow row = Objects.requireNonNull(run.rows.get(sku));
            double fadeSince = Math.pow(2, (row.tick() - last(told)) / 28.0);
            double slowSince = Math.pow(2, (row.tick() - last(told)) / 56.0);
            assertThat(row.laterBound()).isLessThanOrEqualTo(.001);
            for (String other : naive.skus()) {
                assertThat(row.later(other) * fadeSince).isCloseTo(naive.later(sku, other), within(.001));
                assertThat(row.together(other) * slowSince).isCloseTo(naive.together(sku, other), within(.001));
            }
        }
        for (String from : List.of("c0", "c1", "c2")) {
            for (String to : List.of("c0", "c1", "c2")) {
                assertThat(market.lift(from, to)).isCloseTo(naive.lift(from, to), CLOSE);
            }
            assertThat(market.lift(from, null)).isEqualTo(1);
        }
    }

    @Property(tries = 40)
    void howeverTheOrdersAreDividedAndMergedTheStateIsTheSameBitForBit(@ForAll Random random) {
        List<Told> told = Baskets.of(random, 1 + random.nextInt(60), 25, 40);
        Affinities whole = counted(told);
        Run run = new Run(told, random);
        Market market = run.market;
        Map<String, AffinityRow> rows = run.rows;
        assertThat(rows.keySet()).isEqualTo(whole.rows().keySet());
        rows.forEach((sku, row) -> assertThat(bytes(row))
                .isEqualTo(bytes(Objects.requireNonNull(whole.rows().get(sku)))));
        for (int item = 0; item < market.size(); item++) {
            int same = number(whole.market(), market.sku(item));
            assertThat(market.popularity(item)).isEqualTo(whole.market().popularity(same));
            assertThat(names(market, market.later(item)))
                    .isEqualTo(names(whole.market(), whole.market().later(same)));
            assertThat(market.later(item).excess())
                    .isEqualTo(whole.market().later(same).excess());
            assertThat(names(market, market.together(item)))
                    .isEqualTo(names(whole.market(), whole.market().together(same)));
        }
        assertThat(names(market, market.popular(10)))
                .isEqualTo(names(whole.market(), whole.market().popular(10)));
    }

    /** Several counters, each drained now and then. */
    private static List<BasketCounts> divide(List<Basket> baskets, Random random) {
        List<BasketCounts> parts = new ArrayList<>();
        for (Basket basket : baskets) {
            if (parts.isEmpty() || random.nextInt(3) == 0) {
                parts.add(new BasketCounts());
            }
            parts.get(random.nextInt(parts.size())).add(basket);
        }
        return parts;
    }

    private static byte[] bytes(AffinityRow row) {
        PackedWriter out = new PackedWriter();
        AffinityCodec.write(row, out);
        return out.toBytes();
    }

    private static List<String> names(Market market, Links links) {
        return names(market, links.items());
    }

    private static List<String> names(Market market, int[] items) {
        List<String> names = new ArrayList<>();
        for (int item : items) {
            names.add(market.sku(item));
        }
        return names;
    }

    @Property(tries = 40)
    void listsHoldWhatIsMoreThanChanceTheStrongestFirst(@ForAll Random random) {
        List<Told> told = Baskets.of(random, 60 + random.nextInt(60), 12, 9);
        Run run = new Run(told, random);
        Market market = run.market;
        NaiveCounts naive = new NaiveCounts(told, last(told));
        for (ListUpdate list : run.lists.values()) {
            String sku = list.sku();
            if (list.tick() < last(told)) {
                continue;
            }
            int item = number(market, sku);
            TreeMap<String, Double> later = new TreeMap<>();
            TreeMap<String, Double> together = new TreeMap<>();
            for (String other : naive.skus()) {
                double g = naive.popularity(other, 28);
                double prior = g * naive.lift(market.category(item), market.category(number(market, other)));
                consider(later, other, naive.later(sku, other), naive.chances(sku), g, prior);
                double share = naive.share(other);
                consider(together, other, naive.together(sku, other), naive.held(sku), share, share);
            }
            assertLinks(market, market.later(item), later);
            assertLinks(market, market.together(item), together);
        }
    }

    private static void consider(
            Map<String, Double> list, String other, double count, double chances, double base, double prior) {
        double excess = (count + 20 * prior) / (chances + 20) - base;
        double rest = chances - count;
        double ratio = count * Math.log(count / (chances * base))
                + (rest <= 0 ? 0 : rest * Math.log(rest / (chances - chances * base)));
        if (base < 1 && count > chances * base && 2 * ratio >= AffinityRules.SIGNIFICANCE && excess > 0) {
            list.put(other, excess);
        }
    }

    private static void assertLinks(Market market, Links links, Map<String, Double> expected) {
        assertThat(names(market, links)).containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (int k = 0; k < links.size(); k++) {
            assertThat(links.excess()[k])
                    .isCloseTo(Objects.requireNonNull(expected.get(market.sku(links.items()[k]))), CLOSE);
            if (k > 0) {
                assertThat(links.excess()[k]).isLessThanOrEqualTo(links.excess()[k - 1]);
            }
        }
    }

    /** Many customers with tastes of their own; who has s0 soon buys s1, and who has s2 sometimes s3. */
    private static List<Told> leading(Random random) {
        List<Told> told = new ArrayList<>();
        int days = 300 + random.nextInt(900);
        for (int customer = 0; customer < 250; customer++) {
            Shelf shelf = new Shelf();
            int liked = random.nextInt(5);
            int wanted = 0;
            int tick = 20_000 + random.nextInt(days);
            for (int order = 0; order < 6; order++) {
                int sku = wanted > 0 ? wanted : random.nextInt(3) == 0 ? random.nextInt(9) : liked;
                wanted = sku == 0 ? 1 : sku == 2 && random.nextBoolean() ? 3 : 0;
                String id = customer + "/" + order;
                Line line = new Line("s" + sku, null, 10_000, 10_000, null);
                Purchase purchase = new Purchase(id, tick * DAY, id, "GBP", null, null, List.of(line), 1);
                told.add(new Told(tick, shelf.purchase(purchase, true, tick * DAY)));
                tick += 1 + random.nextInt(20);
            }
        }
        told.sort(Comparator.comparingInt(Told::tick));
        return told;
    }

    @Property(tries = 20)
    void aProductLeadsOnAsFarAsItIsSure(@ForAll Random random) {
        List<Told> told = leading(random);
        assertLeads(told, new Run(told, random));
    }

    /** With a fixed seed: one history in some hundred is too thin to tell. */
    @Example
    void aProductLeadsOnToWhatIsBoughtAfterItAndNotBefore() {
        Random random = new Random(1);
        List<Told> told = leading(random);
        Run run = new Run(told, random);
        assertLeads(told, run);
        Market market = run.market;
        assertThat(names(market, market.leads(number(market, "s0")))).contains("s1");
        assertThat(names(market, market.leads(number(market, "s1")))).doesNotContain("s0");
    }

    private static void assertLeads(List<Told> told, Run run) {
        Market market = run.market;
        Map<String, NaiveCounts> counts = new HashMap<>();
        run.lists.forEach((sku, list) -> counts.put(sku, new NaiveCounts(told, list.tick(), list.tick())));
        // 9 x 8 pairs, of which half a one may be there by chance.
        double threshold = 2 * Math.log(72 / .5);
        for (String sku : run.lists.keySet()) {
            TreeMap<String, Double> expected = new TreeMap<>();
            for (String other : run.lists.keySet()) {
                double excess = lead(counts, sku, other, threshold);
                if (!sku.equals(other) && excess > 0) {
                    expected.put(other, excess);
                }
            }
            assertLinks(market, market.leads(number(market, sku)), expected);
        }
    }

    /** By how much one leads on to the other; 0 when that is not sure. */
    private static double lead(Map<String, NaiveCounts> counts, String one, String other, double threshold) {
        NaiveCounts own = Objects.requireNonNull(counts.get(one));
        NaiveCounts others = Objects.requireNonNull(counts.get(other));
        double after = own.later(one, other, 364);
        double before = own.later(other, one, 364);
        double chances = own.chances(one, 364);
        double usual = chances / own.first(one, 364) / (others.chances(other, 364) / others.first(other, 364));
        double ownWeight = own.chances(one, 182) / chances;
        double otherWeight = others.chances(other, 182)
                / others.chances(other, 364)
                * Math.pow(2, (others.tick() - own.tick()) / 364.0);
        boolean told = after > before && ratio(after, before, 1) / ownWeight >= AffinityRules.LEADS_SIGNIFICANCE;
        double ratio = ratio(after, before, usual * 1.25) / Math.max(ownWeight, otherWeight);
        return told && after > before * usual * 1.25 && ratio >= threshold ? (after - usual * before) / chances : 0;
    }

    private static double ratio(double after, double before, double odds) {
        double share = odds / (1 + odds);
        double all = after + before;
        double best =
                (before == 0 ? 0 : before * Math.log(before / all)) + (after == 0 ? 0 : after * Math.log(after / all));
        return 2 * (best - after * Math.log(share) - before * Math.log(1 - share));
    }

    @Property(tries = 40)
    void whatFadesByItselfIsWhatCountingAtTheLaterTickSays(@ForAll Random random) {
        List<Told> told = Baskets.of(random, 60, 12, 9);
        Run run = new Run(told, random);
        Market market = run.market;
        int later = last(told) + random.nextInt(2_000);
        market.advance(later);
        market.advance(last(told));
        assertThat(market.tick()).isEqualTo(later);
        NaiveCounts naive = new NaiveCounts(told, later);
        for (String sku : naive.skus()) {
            int item = number(market, sku);
            assertThat(market.popularity(item)).isCloseTo(naive.popularity(sku, 28), CLOSE);
            Links links = market.later(item);
            ListUpdate list = Objects.requireNonNull(run.lists.get(sku));
            NaiveCounts then = new NaiveCounts(told, list.tick(), later);
            for (int k = 0; k < links.size(); k++) {
                String other = market.sku(links.items()[k]);
                double g = naive.popularity(other, 28);
                double prior = g * naive.lift(market.category(item), market.category(links.items()[k]));
                assertThat(links.excess()[k])
                        .isCloseTo((then.later(sku, other) + 20 * prior) / (then.chances(sku) + 20) - g, CLOSE);
            }
        }
    }

    @Property(tries = 40)
    void aMarketOfStoredPartsSaysTheSame(@ForAll Random random) {
        List<Told> told = Baskets.of(random, 40, 12, 40);
        List<Told> before = told.subList(0, 20);
        MarketCounts counts = new MarketCounts();
        Market market = Market.empty();
        MarketCounts stored = new MarketCounts();
        byTick(told).forEach((tick, baskets) -> {
            BasketCounts counted = new BasketCounts();
            baskets.forEach(counted::add);
            counted.drain(row -> {}, delta -> {
                market.apply(counts.fold(tick, delta));
                if (tick == last(before)) {
                    stored.restore(counts.everything());
                } else if (tick > last(before)) {
                    stored.fold(tick, delta);
                }
            });
        });
        assertThat(bytes(stored.everything())).isEqualTo(bytes(counts.everything()));
        Market restored = Market.empty();
        restored.apply(stored.everything());
        for (int item = 0; item < market.size(); item++) {
            int same = number(restored, market.sku(item));
            assertThat(restored.popularity(same)).isEqualTo(market.popularity(item));
            assertThat(restored.orderShare(same)).isEqualTo(market.orderShare(item));
        }
        assertThat(restored.lift("c0", "c1")).isEqualTo(market.lift("c0", "c1"));
    }

    private static byte[] bytes(MarketUpdate update) {
        PackedWriter out = new PackedWriter();
        MarketCodec.write(update, out);
        return out.toBytes();
    }

    @Example
    void anOrderOfManyLinesIsCountedTogetherUpToALimit() {
        List<Basket.Item> lines = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            lines.add(new Basket.Item("s" + (1_000 + i), null, 1));
        }
        BasketCounts counts = new BasketCounts();
        counts.add(new Basket(0, true, 0, List.of(), lines, List.of(), List.of()));
        Map<String, RowDelta> rows = new HashMap<>();
        counts.drain(
                row -> rows.put(row.sku(), row),
                market -> assertThat(market.items()).hasSize(500));
        assertThat(rows).hasSize(500);
        assertThat(Objects.requireNonNull(rows.get("s1000")).to()).hasSize(AffinityRules.ORDER_LINES - 1);
        assertThat(Objects.requireNonNull(rows.get("s1499")).to()).isEmpty();
        assertThat(Objects.requireNonNull(rows.get("s1499")).orders()).isEqualTo(1);
        assertThat(counts.isEmpty()).isTrue();
    }

    @Example
    void itWantsToBeDrainedBeforeItGrowsTooLarge() {
        BasketCounts counts = new BasketCounts();
        int orders = 0;
        while (!counts.isFull()) {
            List<Basket.Item> lines = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                lines.add(new Basket.Item(orders + "-" + i, null, 1));
            }
            counts.add(new Basket(0, true, 0, List.of(), lines, List.of(), List.of()));
            orders++;
        }
        assertThat(orders).isEqualTo(11); // 100 x 99 pairs each, 100,000 at most
        counts.drain(row -> {}, market -> {});
        assertThat(counts.isFull()).isFalse();
    }
}

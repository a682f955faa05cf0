package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.profile.Basket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is known of the market after each tick is the same whatever the parallelism, the pace of each subtask, the crashes. */
class AffinityScheduleTest {

    private static final int FIRST = 15_000;

    /** A basket and the subtask-independent number of who filled it. */
    record Bought(int customer, Basket basket) {}

    /** Customers who buy what follows what they have. */
    static List<Bought> history(long seed, int days) {
        Random random = new Random(seed);
        Map<Integer, List<Basket.Item>> owned = new TreeMap<>();
        List<Bought> all = new ArrayList<>();
        long time = FIRST * Tick.MILLIS;
        while (time < (FIRST + days) * Tick.MILLIS) {
            time += (long) (random.nextDouble() * (random.nextInt(20) == 0 ? 60 : 2) * Tick.MILLIS / 24);
            int customer = random.nextInt(12);
            List<Basket.Item> recent = owned.computeIfAbsent(customer, c -> new ArrayList<>());
            Set<Basket.Item> first = new HashSet<>();
            Set<Basket.Item> again = new HashSet<>();
            for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
                int sku = recent.isEmpty() || random.nextBoolean()
                        ? random.nextInt(15)
                        : (Integer.parseInt(recent.get(0).sku().substring(1)) + 1) % 15;
                Basket.Item item = new Basket.Item("s" + sku, sku % 5 == 0 ? null : "c" + sku % 4, 10_000L * (1 + sku));
                (recent.contains(item) ? again : first).add(item);
            }
            List<Basket.Item> before = List.copyOf(recent);
            all.add(new Bought(
                    customer, new Basket(time, true, 7, before, List.copyOf(first), List.copyOf(again), List.of())));
            recent.removeAll(again);
            recent.addAll(0, first);
            recent.addAll(0, again);
        }
        return all;
    }

    /** What a reader knows. */
    static List<String> knowledge(Market market) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < market.size(); i++) {
            lines.add(market.sku(i) + " " + market.popularity(i) + " " + market.popularityFast(i) + " "
                    + market.orderShare(i) + " " + market.repeatRate(i) + " " + market.priceMinor(i) + " "
                    + market.category(i) + " " + links(market, market.later(i).items())
                    + Arrays.toString(market.later(i).excess())
                    + links(market, market.together(i).items())
                    + Arrays.toString(market.together(i).excess()));
        }
        Collections.sort(lines);
        return lines;
    }

    private static List<String> links(Market market, int[] items) {
        return Arrays.stream(items).mapToObj(market::sku).toList();
    }

    /** Tick by tick in memory, without any operator: what is known after each. */
    private static Map<Integer, List<String>> expected(List<Bought> all, long end) {
        Map<Integer, List<String>> known = new TreeMap<>();
        Affinities affinities = new Affinities(2);
        TreeMap<Integer, List<Basket>> ticks = new TreeMap<>();
        all.forEach(one -> ticks.computeIfAbsent(Tick.of(one.basket().asOf()), t -> new ArrayList<>())
                .add(one.basket()));
        ticks.forEach((tick, baskets) -> {
            if (Tick.end(tick) <= end) {
                baskets.forEach(affinities::add);
                affinities.endTick(tick);
                known.put(tick, knowledge(affinities.market()));
            }
        });
        return known;
    }

    /** What a reader of the news knows after each tick. */
    private static Map<Integer, List<String>> read(List<OfferNews> told) {
        TreeMap<Integer, List<OfferNews>> ticks = new TreeMap<>();
        told.forEach(news ->
                ticks.computeIfAbsent(news.tick(), t -> new ArrayList<>()).add(news));
        Map<Integer, List<String>> known = new TreeMap<>();
        Market market = Market.empty();
        ticks.forEach((tick, news) -> {
            for (OfferNews one : news) {
                MarketUpdate update = one.market();
                ListUpdate list = one.list();
                if (update != null) {
                    market.apply(update);
                }
                if (list != null) {
                    market.apply(list);
                }
            }
            known.put(tick, knowledge(market));
        });
        return known;
    }

    @Test
    void everyScheduleTellsWhatACountTickByTickTells() throws Exception {
        int ticks = 0;
        for (long seed = 0; seed < 60; seed++) {
            List<Bought> all = history(seed, 15);
            long newest = all.get(all.size() - 1).basket().asOf();
            long end = seed % 3 == 0 ? Tick.end(Tick.of(newest)) : newest;
            Map<Integer, List<String>> expected = expected(all, end);
            assertThat(read(run(all, end, seed))).as("schedule " + seed).isEqualTo(expected);
            ticks += expected.size();
        }
        assertThat(ticks).isGreaterThan(600);
    }

    private static List<OfferNews> run(List<Bought> all, long end, long seed) throws Exception {
        Random random = new Random(seed);
        boolean bounded = random.nextBoolean();
        List<OfferNews> committed = new ArrayList<>();
        AffinityCluster.Checkpoint checkpoint = null;
        Set<Bought> checkpointed = Set.of();
        for (int crashes = random.nextInt(3); crashes >= 0; crashes--) {
            int parallelism = 1 + random.nextInt(3);
            long until = bounded ? end : EngineRules.ENDLESS;
            try (AffinityCluster cluster =
                    new AffinityCluster(parallelism, 1 + random.nextInt(20), until, checkpoint, random)) {
                Set<Bought> done = new HashSet<>(checkpointed);
                long[] watermarks = new long[parallelism];
                Arrays.fill(watermarks, all.get(0).basket().asOf() - 1);
                int steps = crashes > 0 ? random.nextInt(60) : Integer.MAX_VALUE;
                while (steps-- > 0 && Arrays.stream(watermarks).min().orElseThrow() < end) {
                    int subtask = random.nextInt(parallelism);
                    long days = random.nextInt(5) == 0 ? 6 : 1;
                    long to =
                            Math.min(end, watermarks[subtask] + 1 + (long) (random.nextDouble() * days * Tick.MILLIS));
                    List<Bought> now = new ArrayList<>(all.stream()
                            .filter(one -> one.customer() % parallelism == subtask
                                    && one.basket().asOf() <= to
                                    && !done.contains(one))
                            .toList());
                    Collections.shuffle(now, random);
                    for (Bought one : now) {
                        cluster.basket(subtask, one.basket());
                        done.add(one);
                    }
                    watermarks[subtask] = to;
                    cluster.watermark(subtask, to);
                    cluster.serve(random.nextInt(30));
                    if (random.nextInt(8) == 0) {
                        checkpoint = cluster.checkpoint();
                        checkpointed = Set.copyOf(done);
                        committed.addAll(cluster.drain());
                    }
                }
                if (crashes == 0) {
                    for (int subtask = 0; subtask < parallelism; subtask++) {
                        cluster.watermark(subtask, Long.MAX_VALUE);
                    }
                    cluster.serve(Integer.MAX_VALUE);
                    committed.addAll(cluster.drain());
                }
            }
        }
        return committed;
    }
}

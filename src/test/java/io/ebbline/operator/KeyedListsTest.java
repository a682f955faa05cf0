package io.ebbline.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.OfferPolicy;
import io.ebbline.wire.Outgoing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The same is offered whether all are told the lists of products or those who ask for them, and whatever the schedule. */
class KeyedListsTest {

    private static final int PRODUCTS = 40;

    /** An event and whose it is. */
    record Happening(String customer, Event event) {}

    /** What was told, by how many lists, and how often a checkpoint of one way was gone on from in the other. */
    private record Outcome(List<String> offers, long replied, long listed, int toKeyed, int toBroadcast) {}

    /** Customers who mostly buy what comes after what they have, some of it again and again. */
    static List<Happening> history(long seed, int days) {
        Random random = new Random(seed);
        TreeMap<Integer, Integer> last = new TreeMap<>();
        List<Happening> all = new ArrayList<>();
        long time = Records.START;
        for (int number = 0; time < Records.START + days * Records.DAY; number++) {
            time += (long) (random.nextDouble() * (random.nextInt(30) == 0 ? 60 : 3) * Records.DAY / 24);
            int customer = random.nextInt(15);
            int next = last.containsKey(customer) && random.nextInt(4) > 0
                    ? (last.get(customer) + 1) % PRODUCTS
                    : random.nextInt(PRODUCTS);
            last.put(customer, next);
            List<Line> lines = new ArrayList<>();
            lines.add(line(next));
            if (random.nextInt(3) == 0) {
                lines.add(line((next + 2) % PRODUCTS));
            }
            if (customer < 3) {
                lines.add(line(customer)); // What they replenish.
            }
            // Now and then an instant is shared, and an order gets more lines.
            time -= random.nextInt(10) == 0 ? time % Records.DAY : 0;
            String order = "o" + (random.nextInt(8) == 0 ? number - 1 : number);
            String name = "customer-" + customer;
            Event event = random.nextInt(15) == 0
                    ? new Return("r" + number, time, null, false, "GBP", lines, Line.sumMinor(lines, 2))
                    : new Purchase("p" + number, time, order, "GBP", null, null, lines, Line.sumMinor(lines, 2));
            all.add(new Happening(name, event));
        }
        return all;
    }

    private static Line line(int product) {
        return Line.of(
                "s" + product,
                product % 5 == 0 ? null : "c" + product % 4,
                BigDecimal.ONE,
                new BigDecimal(1 + product));
    }

    private static EngineRules rules(long until) {
        return EngineRules.defaults().withOffers().until(until);
    }

    private static long end(List<Happening> all, long seed) {
        long newest = all.stream().mapToLong(one -> one.event().time()).max().orElseThrow();
        return newest + (seed % 3) * 10 * Records.DAY;
    }

    @Test
    void everyScheduleOfEitherWayOffersTheSame() throws Exception {
        long offers = 0;
        long followed = 0;
        long usedUp = 0;
        for (long seed = 0; seed < 6; seed++) {
            List<Happening> all = history(seed, 40);
            long end = end(all, seed);
            Outcome plain = plainly(all, end);
            Outcome keyed = run(all, end, seed, List.of(true));
            assertThat(keyed.offers).as("keyed, schedule " + seed).isEqualTo(plain.offers);
            assertThat(run(all, end, seed + 1_000, List.of(false)).offers)
                    .as("broadcast, schedule " + seed)
                    .isEqualTo(plain.offers);
            assertThat(keyed.listed).isZero();
            assertThat(keyed.replied).isPositive();
            assertThat(plain.replied).isZero();
            offers += plain.offers.size();
            followed += plain.offers.stream()
                    .filter(line -> line.contains("GOES_WITH")
                            || line.replace("CATEGORY_FOLLOWS", "").contains("FOLLOWS"))
                    .count();
            usedUp += plain.offers.stream()
                    .filter(line -> line.contains("USED_UP"))
                    .count();
        }
        assertThat(offers).isGreaterThan(5_000);
        assertThat(followed).isGreaterThan(200);
        assertThat(usedUp).isGreaterThan(500);
    }

    @Test
    void aCheckpointOfEitherWayGoesOnInTheOtherAndOffersTheSame() throws Exception {
        int toKeyed = 0;
        int toBroadcast = 0;
        for (long seed = 0; seed < 6; seed++) {
            List<Happening> all = history(seed, 40);
            long end = end(all, seed);
            List<String> plain = plainly(all, end).offers;
            for (List<Boolean> ways : List.of(List.of(true, false), List.of(false, true))) {
                Outcome switched = run(all, end, seed + 2_000, ways);
                assertThat(switched.offers).as(ways + ", schedule " + seed).isEqualTo(plain);
                toKeyed += switched.toKeyed;
                toBroadcast += switched.toBroadcast;
            }
        }
        assertThat(toKeyed).isGreaterThan(5);
        assertThat(toBroadcast).isGreaterThan(5);
    }

    /** All in order, one subtask each, watermark by watermark, lists to all. */
    private static Outcome plainly(List<Happening> all, long end) throws Exception {
        try (OfferCluster cluster =
                new OfferCluster(new OfferCluster.Setup(rules(end), 1, 1_000, false), null, new Random(0))) {
            begin(cluster);
            for (Happening one : all) {
                cluster.event(one.customer, one.event);
            }
            cluster.watermark(0, end);
            cluster.watermark(0, Long.MAX_VALUE);
            cluster.serve(Integer.MAX_VALUE);
            return new Outcome(lines(cluster.drain()), cluster.replied(), cluster.listed(), 0, 0);
        }
    }

    private static void begin(OfferCluster cluster) throws Exception {
        cluster.version(Records.model(1));
        cluster.version(policy());
    }

    /** Without caps and cool-downs. */
    static OfferPolicy policy() {
        OfferPolicy some = OfferPolicy.shipped();
        return new OfferPolicy(
                some.modelId(),
                some.version() + 1,
                0,
                true,
                20,
                5 * Records.DAY,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                .1,
                some.holdoutSalt(),
                false,
                some.priorAccepted(),
                some.priorExpired(),
                some.marginShare(),
                List.of(),
                List.of(),
                "");
    }

    /**
     * Some run, with crashes.
     *
     * @param ways whether lists are asked for, before the first crash, after it, ...; over and over
     */
    private static Outcome run(List<Happening> all, long end, long seed, List<Boolean> ways) throws Exception {
        Random random = new Random(seed);
        boolean bounded = random.nextBoolean();
        List<Outgoing> committed = new ArrayList<>();
        OfferCluster.Checkpoint checkpoint = null;
        boolean checkpointKeyed = false;
        Set<Happening> checkpointed = Set.of();
        long replied = 0;
        long listed = 0;
        int[] switches = new int[2];
        int lives = ways.size() + random.nextInt(3);
        for (int life = 0; life < lives; life++) {
            boolean keyed = ways.get(life % ways.size());
            boolean last = life == lives - 1;
            switches[keyed ? 0 : 1] += checkpoint != null && checkpointKeyed != keyed ? 1 : 0;
            int parallelism = 1 + random.nextInt(3);
            EngineRules rules = rules(bounded ? end : EngineRules.ENDLESS);
            OfferCluster.Setup setup = new OfferCluster.Setup(rules, parallelism, 1 + random.nextInt(20), keyed);
            try (OfferCluster cluster = new OfferCluster(setup, checkpoint, random)) {
                if (checkpoint == null) {
                    begin(cluster);
                }
                Set<Happening> done = new HashSet<>(checkpointed);
                long[] watermarks = new long[parallelism];
                Arrays.fill(watermarks, Records.START - 1);
                int steps = last ? Integer.MAX_VALUE : random.nextInt(80);
                while (steps-- > 0 && Arrays.stream(watermarks).min().orElseThrow() < end) {
                    int subtask = random.nextInt(parallelism);
                    long days = random.nextInt(5) == 0 ? 6 : 1;
                    watermarks[subtask] =
                            Math.min(end, watermarks[subtask] + 1 + (long) (random.nextDouble() * days * Records.DAY));
                    read(cluster, subtask, watermarks[subtask], all, done, random);
                    cluster.serve(random.nextInt(60));
                    if (random.nextInt(12) == 0) {
                        if (ways.contains(!keyed) && !keyed) {
                            level(cluster, watermarks, all, done, random);
                        }
                        checkpoint = cluster.checkpoint();
                        checkpointKeyed = keyed;
                        checkpointed = Set.copyOf(done);
                        committed.addAll(cluster.drain());
                    }
                }
                if (last) {
                    for (int subtask = 0; subtask < parallelism; subtask++) {
                        cluster.watermark(subtask, Long.MAX_VALUE);
                    }
                    cluster.serve(Integer.MAX_VALUE);
                    committed.addAll(cluster.drain());
                }
                replied += cluster.replied();
                listed += cluster.listed();
            }
        }
        return new Outcome(lines(committed), replied, listed, switches[0], switches[1]);
    }

    /** A subtask reads what there is up to an instant, then the watermark. */
    private static void read(
            OfferCluster cluster, int subtask, long to, List<Happening> all, Set<Happening> done, Random random)
            throws Exception {
        List<Happening> now = new ArrayList<>(all.stream()
                .filter(one -> cluster.owner(one.customer) == subtask && one.event.time() <= to && !done.contains(one))
                .toList());
        Collections.shuffle(now, random);
        for (Happening one : now) {
            cluster.event(one.customer, one.event);
            done.add(one);
        }
        cluster.watermark(subtask, to);
    }

    /** No fact waits for a slower subtask: for those, nobody has asked for lists. */
    private static void level(
            OfferCluster cluster, long[] watermarks, List<Happening> all, Set<Happening> done, Random random)
            throws Exception {
        long most = Arrays.stream(watermarks).max().orElseThrow();
        for (int subtask = 0; subtask < watermarks.length; subtask++) {
            if (watermarks[subtask] < most) {
                watermarks[subtask] = most;
                read(cluster, subtask, most, all, done, random);
            }
        }
    }

    /** Byte for byte; the names that are in them can be read. */
    private static List<String> lines(List<Outgoing> records) {
        return records.stream()
                .map(record -> Records.key(record) + " " + new String(Records.body(record), ISO_8859_1))
                .sorted()
                .toList();
    }
}

package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SimulatedShopTest {

    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Property(tries = 40)
    void arrivesInOrderWithinTheDaysTheShopIsOpen(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int customers,
            @ForAll @IntRange(min = 1, max = 200) int days) {
        History history = new SimulatedShop(seed, customers, days, START).history();

        assertThat(history.records()).isSortedAccordingTo(Comparator.comparingLong(FeedRecord::arrival));
        assertThat(history.records())
                .allSatisfy(r -> assertThat(r.recordTime())
                        .isGreaterThanOrEqualTo(START.toEpochMilli())
                        .isLessThan(START.toEpochMilli() + days * DAY)
                        .isLessThanOrEqualTo(r.arrival()));
        assertThat(history.end())
                .isEqualTo(events(history.records())
                        .mapToLong(Event::time)
                        .filter(t -> t < START.toEpochMilli() + days * DAY)
                        .max()
                        .orElseThrow());
    }

    @Property(tries = 20)
    void oneSeedGivesOneShop(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int customers) {
        SimulatedShop once = new SimulatedShop(seed, customers, 90, START);
        SimulatedShop again = new SimulatedShop(seed, customers, 90, START);

        assertThat(text(again.history().records()))
                .isEqualTo(text(once.history().records()));
        assertThat(again.customers()).isEqualTo(once.customers());
        assertThat(text(new SimulatedShop(seed + 1, customers, 90, START)
                        .history()
                        .records()))
                .isNotEqualTo(text(once.history().records()));
    }

    @Property(tries = 20)
    void aCustomersLifeDoesNotDependOnTheOthers(@ForAll long seed) {
        List<String> alone =
                text(new SimulatedShop(seed, 1, 90, START).history().records());
        List<String> amongOthers = text(new SimulatedShop(seed, 20, 90, START)
                .history().records().stream()
                        .filter(r -> "c1".equals(r.customer())
                                || (r.event() != null && r.event().id().startsWith("x1/")))
                        .toList());

        assertThat(amongOthers).isEqualTo(alone);
    }

    @Example
    void everyCustomerBuysAndEveryRhythmIsThere() {
        SimulatedShop shop = new SimulatedShop(5, 500, 365, START, ShopRates.clean());
        Map<String, Integer> purchases = new HashMap<>();
        for (FeedRecord r : shop.history().records()) {
            if (r.event() instanceof Purchase) {
                purchases.merge(String.valueOf(r.customer()), 1, Integer::sum);
            }
        }

        assertThat(purchases).hasSize(500);
        for (Rhythm rhythm : Rhythm.values()) {
            List<Integer> counts = shop.customers().stream()
                    .filter(c -> c.rhythm() == rhythm)
                    .map(c -> purchases.get(c.id()))
                    .toList();
            // Weights are 15 to 30 in 100; the deviation of a count among 500 is about 10.
            assertThat(counts).hasSizeBetween(40, 200);
            if (rhythm == Rhythm.ONE_TIME) {
                assertThat(counts).containsOnly(1);
            } else {
                assertThat(counts).anyMatch(n -> n >= 3);
            }
        }
    }

    @Example
    void purchasesFollowFromACartAndTotalsAreTheLines() {
        History history = new SimulatedShop(5, 100, 120, START, ShopRates.clean()).history();
        Set<String> inCarts = new HashSet<>();
        for (FeedRecord r : history.records()) {
            if (r.event() instanceof Touchpoint t && t.type() == TouchpointType.CART_ADD) {
                inCarts.add(r.customer() + " " + t.sku());
            } else if (r.event() instanceof Purchase p) {
                assertThat(p.totalMinor())
                        .isEqualTo(Line.sumMinor(p.lines(), 2))
                        .isPositive();
                assertThat(p.lines()).allSatisfy(line -> assertThat(inCarts).contains(r.customer() + " " + line.sku()));
            }
        }
    }

    @Example
    void returnsComeBackFromOrdersMadeBefore() {
        ShopRates rates = new ShopRates(0.5, 0.6, 0.5, 0, 0, 0, 0, 0);
        History history = new SimulatedShop(5, 300, 365, START, rates).history();
        Map<String, Purchase> orders = new HashMap<>();
        double returns = 0;
        double named = 0;
        double whole = 0;
        for (FeedRecord r : history.records()) {
            if (r.event() instanceof Purchase p) {
                orders.put(p.orderId(), p);
            } else if (r.event() instanceof Return back) {
                returns++;
                named += back.orderId() == null ? 0 : 1;
                whole += back.whole() ? 1 : 0;
                if (back.orderId() != null) {
                    Purchase order = orders.get(back.orderId());
                    assertThat(order.time()).isLessThan(back.time());
                    assertThat(order.lines()).containsAll(back.lines());
                    assertThat(back.whole() ? order.lines() : back.lines()).isEqualTo(back.lines());
                }
            }
        }

        // Some returns fall after the shop's last day.
        assertThat(returns / orders.size()).isBetween(0.42, 0.53);
        assertThat(named / returns).isCloseTo(0.6, within(0.06));
        assertThat(whole / named).isCloseTo(0.5, within(0.06));
    }

    @Example
    void mishapsHappenAboutAsOftenAsAsked() {
        ShopRates rates = new ShopRates(0.06, 0.8, 0.3, 0.02, 0.01, 0.015, 0.03, 0.025);
        List<FeedRecord> clean = new SimulatedShop(9, 800, 200, START, ShopRates.clean())
                .history()
                .records();
        List<FeedRecord> records =
                new SimulatedShop(9, 800, 200, START, rates).history().records();
        double size = clean.size();
        Map<String, Long> times = new HashMap<>();
        long duplicates = 0;
        for (FeedRecord r : records) {
            if (r.event() != null && r.customer() != null) {
                Long earlier = times.putIfAbsent(r.customer() + r.event().id(), r.arrival());
                if (earlier != null) {
                    duplicates++;
                    assertThat(r.arrival() - earlier).isBetween(1L, 7_000L);
                }
            }
        }

        // Six deviations of a count of 1 % among this many are less than 0.0025.
        assertThat(size).isGreaterThan(60_000);
        assertThat(duplicates / size).isCloseTo(0.02, within(0.0025));
        assertThat(share(records, size, r -> r.event() != null && r.event().time() > r.recordTime() + DAY))
                .isCloseTo(0.015, within(0.0025));
        assertThat(share(records, size, r -> r.customer() == null)).isCloseTo(0.03, within(0.0035));
        assertThat(share(records, size, r -> r.raw() != null)).isCloseTo(0.025, within(0.0035));
        // A late event may be repeated.
        assertThat(share(records, size, r -> r.arrival() - r.recordTime() > SimulatedShop.LATENESS))
                .isCloseTo(0.01, within(0.0025));
    }

    @Example
    void aCleanShopSendsEverythingOnceAndInTime() {
        List<FeedRecord> records = new SimulatedShop(9, 200, 200, START, ShopRates.clean())
                .history()
                .records();

        assertThat(records).allSatisfy(r -> {
            assertThat(r.raw()).isNull();
            assertThat(r.customer()).isNotNull();
            assertThat(r.arrival() - r.recordTime()).isBetween(0L, SimulatedShop.LATENESS - 1);
        });
        assertThat(records.stream().map(r -> r.customer() + r.event().id())).doesNotHaveDuplicates();
        assertThat(records).extracting(FeedRecord::topic).containsOnly(Topic.PURCHASES, Topic.TOUCHPOINTS);
    }

    @Example
    void sizesAndRatesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new SimulatedShop(1, 0, 1, START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SimulatedShop(1, 1, 0, START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShopRates(0, 0, 0, Double.NaN, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShopRates(0, 0, 0, 0, 1.1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double share(List<FeedRecord> records, double of, Predicate<FeedRecord> test) {
        return records.stream().filter(test).count() / of;
    }

    private static Stream<Event> events(List<FeedRecord> records) {
        return records.stream().filter(r -> r.event() != null).map(FeedRecord::event);
    }

    /** Arrays are not equal to their likes, so records are compared by what they show. */
    private static List<String> text(List<FeedRecord> records) {
        return records.stream()
                .map(r -> r.topic() + " " + r.customer() + " " + r.arrival() + " " + r.recordTime() + " " + r.event()
                        + " " + Arrays.toString(r.raw()))
                .toList();
    }
}

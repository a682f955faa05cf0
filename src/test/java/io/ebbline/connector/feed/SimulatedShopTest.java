package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.ShopEvents.START;
import static io.ebbline.connector.feed.ShopEvents.text;
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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SimulatedShopTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @Property(tries = 40)
    void arrivesInOrderWithinTheDaysTheShopIsOpen(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int customers,
            @ForAll @IntRange(min = 1, max = 200) int days,
            @ForAll @IntRange(min = 0, max = 1439) int minute) {
        SimulatedShop shop = new SimulatedShop(seed, customers, days, START.plus(Duration.ofMinutes(minute)));
        History history = shop.history();

        assertThat(history.records()).isSortedAccordingTo(Comparator.comparingLong(FeedRecord::arrival));
        assertThat(history.records())
                .allSatisfy(r -> assertThat(r.recordTime())
                        .isGreaterThanOrEqualTo(shop.start().toEpochMilli())
                        .isLessThan(shop.close())
                        .isLessThanOrEqualTo(r.arrival()));
        assertThat(history.end())
                .isEqualTo(history.records().stream()
                        .filter(r -> r.event() != null && r.event().time() == r.recordTime())
                        .mapToLong(r -> r.event().time())
                        .max()
                        .orElse(shop.start().toEpochMilli()));
        assertThat(shop.extent())
                .isEqualTo(new SimulatedShop.Extent(history.records().size(), history.end()));
    }

    @Property(tries = 20)
    void oneSeedGivesOneShop(@ForAll long seed, @ForAll @IntRange(min = 10, max = 30) int customers) {
        SimulatedShop shop = new SimulatedShop(seed, customers, 90, START);
        SimulatedShop again = new SimulatedShop(seed, customers, 90, START);
        SimulatedShop another = new SimulatedShop(seed + 1, customers, 90, START);

        assertThat(text(again.history().records()))
                .isNotEmpty()
                .isEqualTo(text(shop.history().records()))
                .isNotEqualTo(text(another.history().records()));
        assertThat(again.truth().customers().toList())
                .isEqualTo(shop.truth().customers().toList())
                .isNotEqualTo(another.truth().customers().toList());
        assertThat(again.truth().affinities())
                .isEqualTo(shop.truth().affinities())
                .isNotEqualTo(another.truth().affinities());
    }

    @Property(tries = 20)
    void aCustomersLifeDoesNotDependOnTheOthers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int few) {
        SimulatedShop small = new SimulatedShop(seed, few, 200, START);
        SimulatedShop big = new SimulatedShop(seed, 40, 200, START);

        for (int number = 1; number <= few; number++) {
            assertThat(of(number, big)).isEqualTo(of(number, small));
        }
        assertThat(big.truth().customers().limit(few))
                .isEqualTo(small.truth().customers().toList());
    }

    /** All that has to do with one customer, in order of arrival. */
    private static List<String> of(int number, SimulatedShop shop) {
        return text(shop.history().records().stream()
                .filter(r -> ("c" + number).equals(r.customer())
                        || (r.event() != null && r.event().id().startsWith("x" + number + "/")))
                .toList());
    }

    @Example
    void purchasesFollowFromACartAndTotalsAreTheLines() {
        List<FeedRecord> records = clean(5, 200, 365).records();
        Set<String> inCarts = new HashSet<>();
        boolean discounted = false;
        for (FeedRecord r : byTime(records)) {
            if (r.event() instanceof Touchpoint t && t.type() == TouchpointType.CART_ADD) {
                inCarts.add(r.customer() + " " + t.sku());
            } else if (r.event() instanceof Purchase p) {
                assertThat(p.totalMinor())
                        .isEqualTo(Line.sumMinor(p.lines(), 2))
                        .isPositive();
                if (!"store".equals(p.channel())) {
                    assertThat(p.lines())
                            .allSatisfy(line -> assertThat(inCarts).contains(r.customer() + " " + line.sku()));
                }
                assertThat(p.lines()).extracting(Line::sku).doesNotHaveDuplicates();
                discounted |= Objects.requireNonNull(p.discount()) > 0;
                long gross = p.lines().stream()
                        .mapToLong(line -> line.quantity() / 10_000 * price(line))
                        .sum();
                long net = p.lines().stream()
                        .mapToLong(line -> line.quantity() / 10_000 * line.unitPrice())
                        .sum();
                assertThat(p.discount()).isEqualTo(gross - net);
            }
        }
        assertThat(discounted).isTrue();
    }

    /** A product's full price, in ten-thousandths. */
    private static long price(Line line) {
        for (int i = 0; i < Catalogue.SIZE; i++) {
            if (Catalogue.product(i).sku().equals(line.sku())) {
                return Catalogue.product(i).price() * 100;
            }
        }
        throw new AssertionError(line.sku());
    }

    @Example
    void thereIsEveryKindOfTouchpointThatTheShopHas() {
        Set<TouchpointType> types = EnumSet.noneOf(TouchpointType.class);
        for (FeedRecord r : clean(5, 400, 365).records()) {
            if (r.event() instanceof Touchpoint t) {
                types.add(t.type());
                boolean graded = t.type() == TouchpointType.SURVEY || t.type() == TouchpointType.REVIEW;
                assertThat(t.value() != null).isEqualTo(graded);
                if (graded) {
                    assertThat(t.value()).isBetween(1.0, 5.0);
                }
                assertThat(t.channel()).isIn(Shopper.CHANNELS);
            }
        }
        assertThat(types)
                .containsExactlyInAnyOrder(
                        TouchpointType.IMPRESSION,
                        TouchpointType.VISIT,
                        TouchpointType.VIEW,
                        TouchpointType.SEARCH,
                        TouchpointType.CLICK,
                        TouchpointType.OPEN,
                        TouchpointType.CART_ADD,
                        TouchpointType.WISH_LIST,
                        TouchpointType.COUPON_CLAIMED,
                        TouchpointType.REVIEW,
                        TouchpointType.SURVEY,
                        TouchpointType.COMPLAINT,
                        TouchpointType.REFERRAL,
                        TouchpointType.SERVICE_CONTACT,
                        TouchpointType.UNSUBSCRIBE);
    }

    @Example
    void returnsComeBackFromOrdersMadeBefore() {
        ShopRates rates = new ShopRates(0.5, 0.6, 0.5, 0, 0, 0, 0, 0, 0, 0, 0);
        List<FeedRecord> records =
                new SimulatedShop(5, 300, 365, START, rates).history().records();
        Map<String, Purchase> orders = new HashMap<>();
        double returns = 0;
        double named = 0;
        double whole = 0;
        for (FeedRecord r : byTime(records)) {
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
        assertThat(returns / orders.size()).isBetween(0.44, 0.52);
        assertThat(named / returns).isCloseTo(0.6, within(0.06));
        assertThat(whole / named).isCloseTo(0.5, within(0.06));
    }

    @Example
    void mishapsHappenAboutAsOftenAsAsked() {
        ShopRates rates = new ShopRates(0.06, 0.8, 0.3, 0.02, 0.2, 0.01, 0.015, 0.03, 0.04, 0.025, 0);
        List<FeedRecord> clean = clean(9, 1_000, 200).records();
        List<FeedRecord> records =
                new SimulatedShop(9, 1_000, 200, START, rates).history().records();
        double size = clean.size();
        double orders =
                clean.stream().filter(r -> r.event() instanceof Purchase).count();
        Map<String, Long> times = new HashMap<>();
        long duplicates = 0;
        for (FeedRecord r : records) {
            if (r.event() != null && r.customer() != null) {
                Long earlier = times.putIfAbsent(r.customer() + r.event().id(), r.arrival());
                if (earlier != null) {
                    duplicates++;
                    assertThat(r.arrival()).isGreaterThan(earlier);
                }
            }
        }

        // Six deviations of a count of 1 % among this many are less than 0.0025, of 4 % of the orders less than 0.02.
        assertThat(size).isGreaterThan(60_000);
        assertThat(orders).isGreaterThan(3_600);
        assertThat(duplicates / size).isCloseTo(0.02, within(0.0035));
        assertThat(share(records, size, r -> r.event() != null && r.event().time() > r.recordTime() + DAY))
                .isCloseTo(0.015, within(0.003));
        assertThat(share(records, size, r -> r.customer() == null)).isCloseTo(0.03, within(0.0042));
        assertThat(share(records, size, r -> r.raw() != null)).isCloseTo(0.025, within(0.004));
        assertThat(share(
                        records,
                        orders,
                        r -> r.event() instanceof Purchase p && !p.currency().equals("EUR")))
                .isCloseTo(0.04, within(0.02));
        // A late event may be repeated; those delayed within the bound are spread over 8 s, of which 0.5 s are usual.
        assertThat(share(records, size, r -> r.arrival() - r.recordTime() > SimulatedShop.LATENESS))
                .isCloseTo(0.01, within(0.0025));
        assertThat(share(records, records.size(), SimulatedShopTest::isDelayed)).isCloseTo(0.19, within(0.03));
    }

    private static boolean isDelayed(FeedRecord r) {
        long delay = r.arrival() - r.recordTime();
        return delay >= 500 && delay < SimulatedShop.LATENESS;
    }

    @Example
    void aCleanShopSendsEverythingOnceAndInTime() {
        List<FeedRecord> records = clean(9, 200, 200).records();

        assertThat(records).allSatisfy(r -> {
            assertThat(r.raw()).isNull();
            assertThat(r.customer()).isNotNull();
            assertThat(r.arrival() - r.recordTime()).isBetween(0L, SimulatedShop.LATENESS - 1);
        });
        assertThat(events(records).map(Event::id)).doesNotHaveDuplicates();
        assertThat(records).extracting(FeedRecord::topic).containsOnly(Topic.PURCHASES, Topic.TOUCHPOINTS);
    }

    @Property(tries = 10)
    void whatIsNotLateArrivesWithinTheBoundRepeatedOrNot(@ForAll long seed) {
        ShopRates rates = new ShopRates(0.06, 0.8, 0.3, 0.5, 0.5, 0, 0.1, 0.1, 0.1, 0.1, 0);

        assertThat(new SimulatedShop(seed, 20, 60, START, rates))
                .allSatisfy(r -> assertThat(r.arrival() - r.recordTime()).isBetween(0L, SimulatedShop.LATENESS - 1));
    }

    @Example
    void aFeedThatIsOverSaysSo() {
        ShopFeed feed = new ShopFeed(1, 1, START.toEpochMilli(), START.toEpochMilli() + 30 * DAY, ShopRates.clean());
        feed.forEachRemaining(record -> {});

        assertThat(feed.hasNext()).isFalse();
        assertThatThrownBy(feed::next).isInstanceOf(NoSuchElementException.class);
    }

    @Example
    void sizesAndRatesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new SimulatedShop(1, 0, 1, START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SimulatedShop(1, 1, 0, START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShopRates(0, 0, 0, Double.NaN, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShopRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 1.1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static History clean(long seed, int customers, int days) {
        return new SimulatedShop(seed, customers, days, START, ShopRates.clean()).history();
    }

    private static List<FeedRecord> byTime(List<FeedRecord> records) {
        return records.stream()
                .sorted(Comparator.comparingLong(FeedRecord::recordTime))
                .toList();
    }

    private static double share(List<FeedRecord> records, double of, Predicate<FeedRecord> test) {
        return records.stream().filter(test).count() / of;
    }

    private static Stream<Event> events(List<FeedRecord> records) {
        return records.stream().filter(r -> r.event() != null).map(FeedRecord::event);
    }
}

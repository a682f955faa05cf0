package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.MatrixRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Shares of decayed sums against plain sums over the list of events. */
class DealingsTest {

    /** Three days from a coupon or campaign to the order. */
    private static final MatrixRules RULES = MatrixRules.shipped();

    private static final Set<TouchpointType> REWARDS =
            Set.of(TouchpointType.COUPON_CLAIMED, TouchpointType.OFFER_ACCEPTED);

    private static Line line(@Nullable String category, long cents) {
        return new Line("sku", category, 10_000, 100 * cents, null);
    }

    /** An order; the discount in cents. */
    private static Purchase order(String id, long time, @Nullable String channel, @Nullable Long off, Line... lines) {
        return new Purchase(
                id,
                time,
                id,
                "GBP",
                channel,
                off == null ? null : off * 100,
                List.of(lines),
                Line.sumMinor(List.of(lines), 2));
    }

    private static Touchpoint touch(TouchpointType type, long time, @Nullable String campaign) {
        return new Touchpoint(type + "@" + time, time, type, null, null, null, campaign, null, null);
    }

    private static Dealings counted(List<? extends Event> events, long halfLife) {
        Dealings dealings = new Dealings();
        Set<String> orders = new HashSet<>();
        for (Event event : events) {
            if (event instanceof Purchase purchase) {
                boolean begins = orders.add(purchase.orderId());
                dealings.purchase(purchase, begins, RULES, halfLife, event.time());
            } else {
                dealings.contact((Touchpoint) event);
            }
        }
        return dealings;
    }

    private static List<Event> random(Random random, int count) {
        List<Event> events = new ArrayList<>();
        long time = day(0);
        for (int i = 0; i < count; i++) {
            time += (long) (random.nextDouble() * 4 * DAY);
            if (random.nextBoolean()) {
                TouchpointType type = TouchpointType.values()[random.nextInt(TouchpointType.values().length)];
                events.add(touch(type, time, random.nextInt(3) == 0 ? "spring" : null));
            } else {
                String channel = random.nextInt(4) == 0 ? null : "channel " + random.nextInt(8);
                Long off = random.nextInt(3) == 0 ? null : Long.valueOf(100L * random.nextInt(4));
                String category = random.nextInt(5) == 0 ? null : "category " + random.nextInt(16);
                events.add(order(
                        "o" + random.nextInt(i + 1),
                        time,
                        channel,
                        off,
                        line(category, random.nextInt(900)),
                        line("category " + random.nextInt(16), -random.nextInt(50))));
            }
        }
        return events;
    }

    // ---- the plain sums

    private record Bought(
            Purchase purchase, boolean begins, double weight, double paid, boolean rewarded, boolean led) {

        boolean reduced() {
            return purchase.discount() != null && purchase.discount() > 0;
        }

        /** Before the reduction, in the unit of what was paid. */
        double off() {
            return reduced() ? weight * purchase.discount() / 100.0 : 0;
        }
    }

    private static List<Bought> bought(List<Event> events, long halfLife) {
        long newest = events.get(events.size() - 1).time();
        List<Bought> bought = new ArrayList<>();
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Purchase purchase) {
                double weight = Math.pow(2, -(double) (newest - purchase.time()) / halfLife);
                double paid = purchase.lines().stream()
                        .mapToDouble(line -> Math.max(0, line.unitPrice() / 100.0))
                        .sum();
                List<Event> before = events.subList(0, i);
                bought.add(new Bought(
                        purchase,
                        orders.add(purchase.orderId()),
                        weight,
                        weight * paid,
                        comes(before, purchase.time(), t -> REWARDS.contains(t.type())),
                        comes(
                                before,
                                purchase.time(),
                                t -> t.campaign() != null && t.type().isResponse())));
            }
        }
        return bought;
    }

    private static boolean comes(List<Event> before, long time, Predicate<Touchpoint> which) {
        return before.stream()
                .anyMatch(event -> event instanceof Touchpoint touchpoint
                        && which.test(touchpoint)
                        && time - event.time() <= 3 * DAY);
    }

    private static double paid(List<Bought> bought, Predicate<Bought> which) {
        return bought.stream().filter(which).mapToDouble(Bought::paid).sum();
    }

    @Property(tries = 500)
    void sharesAreThoseOfThePlainSums(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 400) int halfLifeDays) {
        long halfLife = halfLifeDays * DAY;
        List<Event> events = random(random, count);
        Dealings dealings = counted(events, halfLife);
        List<Bought> bought = bought(events, halfLife);
        double spend = paid(bought, each -> true);
        boolean informed =
                bought.stream().anyMatch(each -> each.paid > 0 && (each.purchase.discount() != null || each.rewarded));
        if (!informed) {
            assertThat(dealings.dealShare()).isNaN();
        } else {
            assertThat(dealings.dealShare())
                    .isCloseTo(paid(bought, each -> each.reduced() || each.rewarded) / spend, within(1e-9));
        }
        if (spend > 0) {
            assertThat(dealings.campaignShare()).isCloseTo(paid(bought, Bought::led) / spend, within(1e-9));
        } else {
            assertThat(dealings.campaignShare()).isNaN();
        }
        double off = bought.stream()
                .filter(each -> each.paid > 0)
                .mapToDouble(Bought::off)
                .sum();
        double reduced = paid(bought, Bought::reduced);
        assertThat(dealings.discountDepth()).isCloseTo(off == 0 ? 0 : off / (off + reduced), within(1e-9));
        mustAgree(dealings.categories(), byCategory(bought));
        mustAgree(dealings.channels(), byChannel(bought));
    }

    private static Map<String, Double> byCategory(List<Bought> bought) {
        Map<String, Double> sums = new HashMap<>();
        for (Bought each : bought) {
            for (Line line : each.purchase.lines()) {
                if (line.category() != null && line.unitPrice() > 0) {
                    sums.merge(line.category(), each.weight * line.unitPrice(), Double::sum);
                }
            }
        }
        return sums;
    }

    private static Map<String, Double> byChannel(List<Bought> bought) {
        Map<String, Double> sums = new HashMap<>();
        bought.stream()
                .filter(each -> each.begins && each.purchase.channel() != null)
                .forEach(each -> sums.merge(each.purchase.channel(), each.weight, Double::sum));
        return sums;
    }

    private static void mustAgree(NamedSums sums, Map<String, Double> expected) {
        double all = expected.values().stream().mapToDouble(sum -> sum).sum();
        assertThat(sums.size()).isEqualTo(expected.size());
        for (int i = 0; i < sums.size(); i++) {
            assertThat(sums.sum(i) / sums.total()).isCloseTo(expected.get(sums.name(i)) / all, within(1e-9));
        }
    }

    /** With a half-life of an hour a year is 8,760 of them: weights against one landmark would overflow ten times over. */
    @Property(tries = 50)
    void theLandmarkMovesOnBeforeAnythingOverflows(@ForAll Random random) {
        List<Event> events = random(random, 200);
        Purchase last = order("last", day(900), "web", 100L, line("tea", 300));
        events.add(last);
        Dealings dealings = counted(events, 3_600_000);
        assertThat(dealings.dealShare()).isEqualTo(1);
        assertThat(dealings.discountDepth()).isEqualTo(0.25);
        assertThat(dealings.categories().name(dealings.categories().strongest()))
                .isEqualTo("tea");
        assertThat(dealings.channels().name(dealings.channels().strongest())).isEqualTo("web");
    }

    @Example
    void aCouponLeadsToWhatIsBoughtWithinThreeDays() {
        for (double after : new double[] {0, 1, 3, 3.001}) {
            Dealings dealings = counted(
                    List.of(
                            touch(TouchpointType.COUPON_CLAIMED, day(1), null),
                            order("a", day(1 + after), null, null, line(null, 500))),
                    DAY);
            if (after > 3) {
                assertThat(dealings.dealShare()).isNaN();
            } else {
                assertThat(dealings.dealShare()).isEqualTo(1);
            }
        }
    }

    @Example
    void anOrderOfUnknownDiscountCountsAsFullPriceOnceSomethingIsKnown() {
        Purchase unknown = order("a", day(0), null, null, line(null, 300));
        assertThat(counted(List.of(unknown), 1_000_000 * DAY).dealShare()).isNaN();
        Purchase reduced = order("b", day(1), null, 50L, line(null, 100));
        assertThat(counted(List.of(unknown, reduced), 1_000_000 * DAY).dealShare())
                .isCloseTo(0.25, within(1e-6));
        Purchase full = order("b", day(1), null, 0L, line(null, 100));
        assertThat(counted(List.of(unknown, full), DAY).dealShare()).isZero();
        Purchase dearer = order("b", day(1), null, -10L, line(null, 100));
        assertThat(counted(List.of(dearer), DAY).dealShare()).isZero();
    }

    @Example
    void aCustomerOfAThousandCategoriesTakesTheRoomOfSixteen() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            events.add(order("o" + i, day(i), "channel " + i, 0L, line("category " + i, 100), line("tea", 100)));
        }
        Dealings dealings = counted(events, 365 * DAY);
        assertThat(dealings.categories().size()).isEqualTo(16);
        assertThat(dealings.channels().size()).isEqualTo(8);
        NamedSums categories = dealings.categories();
        assertThat(categories.name(categories.strongest())).isEqualTo("tea");
        assertThat(categories.sum(categories.strongest()) / categories.total()).isBetween(0.5 - 1e-9, 0.5 + 1 / 16.0);
    }
}

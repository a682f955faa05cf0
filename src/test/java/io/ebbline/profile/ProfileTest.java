package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.back;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.partBack;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Event;
import io.ebbline.event.TouchpointType;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.NaiveProfile;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static void mustEqual(Profile profile, List<Event> applied) {
        NaiveProfile naive = NaiveProfile.of(applied);
        assertThat(profile.keptOrders()).isEqualTo(naive.keptOrders());
        assertThat(profile.lastOrder()).isEqualTo(orNever(naive.lastOrder()));
        assertThat(profile.firstOrder()).isEqualTo(orNever(naive.firstOrder()));
        assertThat(profile.lastVisit()).isEqualTo(orNever(naive.lastVisit()));
        assertThat(profile.orders()).isEqualTo(naive.orders());
        assertThat(profile.touchpoints()).isEqualTo(naive.touchpoints());
        assertThat(profile.grossMinor()).isEqualTo(naive.gross().longValueExact());
        assertThat(profile.returnedMinor()).isEqualTo(naive.returned().longValueExact());
        assertThat(profile.monetaryMinor()).isEqualTo(naive.monetaryMinor());
        mustEqualWithinEveryWindow(
                profile, naive, applied.get(applied.size() - 1).time());
    }

    /** Now, and at every instant at which something leaves the window. */
    private static void mustEqualWithinEveryWindow(Profile profile, NaiveProfile naive, long now) {
        for (long days : new long[] {0, 1, 7, 30, 400}) {
            long window = days * DAY;
            long asOf = now;
            for (int i = 0; i < 5 && asOf != Profile.NO_DEADLINE; i++) {
                NaiveProfile.Window held = naive.within(window, asOf);
                Rfm rfm = profile.rfm(window, asOf);
                assertThat(rfm.orders()).isEqualTo(held.keptOrders());
                assertThat(rfm.monetaryMinor()).isEqualTo(held.monetaryMinor());
                assertThat(rfm.lastOrder()).isEqualTo(orNever(held.lastOrder()));
                long next = Math.min(rfm.ordersChangeAt(), rfm.amountChangesAt());
                if (next != Profile.NO_DEADLINE) {
                    assertThat(profile.rfm(window, next - 1)).isEqualTo(rfm);
                }
                asOf = next;
            }
        }
    }

    private static long orNever(Long instant) {
        return instant == null ? Profile.NEVER : instant;
    }

    @Property(tries = 400)
    void afterEveryEventItIsWhatPlainListsSay(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        Profile profile = new Profile();
        List<Event> applied = new ArrayList<>();
        for (Event event : NaiveEngine.sorted(RandomHistory.of(seed, size).events())) {
            Shop.apply(profile, event);
            applied.add(event);
            mustEqual(profile, applied);
        }
    }

    @Test
    void aWindowHoldsTheLatestThousandOrdersAtMost() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(order("o" + i, day(i / 10.0), 1_000));
        }
        Rfm rfm = profile(events.toArray(Event[]::new)).rfm(400 * DAY, day(120));
        assertThat(rfm.orders()).isEqualTo(1_000);
        assertThat(rfm.monetaryMinor()).isEqualTo(1_000_000);
        assertThat(rfm.ordersChangeAt()).isEqualTo(day(20 + 400));
    }

    @Test
    void aWindowHoldsTheLatestThousandReturnsThatBelongToNoOrder() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(back(day(i / 10.0), 10));
        }
        Profile profile = profile(events.toArray(Event[]::new));
        assertThat(profile.looseReturns().size()).isEqualTo(LooseReturns.CAPACITY);
        assertThat(profile.rfm(400 * DAY, day(120)).monetaryMinor()).isEqualTo(-10_000);
        assertThat(profile.rfm(400 * DAY, day(120)).amountChangesAt()).isEqualTo(day(20 + 400));
        assertThat(profile.monetaryMinor()).isEqualTo(-12_000);
        Shop.apply(profile, back(day(600), 10));
        assertThat(profile.looseReturns().size()).isOne();
    }

    @Test
    void ofManyOrdersTheOldestFallOutAndCanNoLongerBeReturned() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(order("o" + i, day(i / 10.0), 1_000));
        }
        events.add(wholeBack("o199", day(121)));
        events.add(wholeBack("o200", day(122)));
        events.add(wholeBack("o1199", day(123)));
        Profile profile = profile(events.toArray(Event[]::new));
        assertThat(profile.keptOrders()).isEqualTo(1_198);
        assertThat(profile.lastOrder()).isEqualTo(day(119.8));
        assertThat(profile.monetaryMinor()).isEqualTo(1_198_000);
        mustEqual(profile, events);
    }

    @Test
    void anOrderCanBeReturnedForFourHundredDays() {
        assertThat(profile(order("a", day(0), 500), wholeBack("a", day(400))).keptOrders())
                .isZero();
        Profile later = profile(order("a", day(0), 500), wholeBack("a", day(400) + 1, 500));
        assertThat(later.keptOrders()).isOne();
        assertThat(later.monetaryMinor()).isZero();
    }

    @Test
    void anOrderIdThatComesBackAfterFourHundredDaysIsAnotherOrder() {
        assertThat(profile(order("a", day(0), 500), order("a", day(400), 500)).keptOrders())
                .isOne();
        assertThat(profile(order("a", day(0), 500), order("a", day(401), 500)).keptOrders())
                .isEqualTo(2);
    }

    @Test
    void aRepeatedOrderIdAddsItsLinesToTheOrder() {
        Profile profile = profile(order("a", day(0), 500), order("a", day(3), 200));
        assertThat(profile.keptOrders()).isOne();
        assertThat(profile.orders()).isOne();
        assertThat(profile.lastOrder()).isEqualTo(day(0));
        assertThat(profile.monetaryMinor()).isEqualTo(700);
    }

    @Test
    void aPartialReturnLeavesTheOrderUntilNothingIsLeft() {
        Profile profile = profile(order("a", day(0), 500), partBack("a", day(1), 499));
        assertThat(profile.keptOrders()).isOne();
        Shop.apply(profile, partBack("a", day(2), 1));
        assertThat(profile.keptOrders()).isZero();
        assertThat(profile.lastOrder()).isEqualTo(Profile.NEVER);
        assertThat(profile.monetaryMinor()).isZero();
    }

    @Test
    void aWholeReturnWithoutLinesGivesBackWhatIsLeft() {
        Profile profile = profile(order("a", day(0), 500), partBack("a", day(1), 120), wholeBack("a", day(2)));
        assertThat(profile.returnedMinor()).isEqualTo(500);
        Shop.apply(profile, wholeBack("a", day(3)));
        assertThat(profile.returnedMinor()).isEqualTo(500);
    }

    @Test
    void aWholeReturnWithLinesGivesBackThoseLines() {
        Profile profile = profile(order("a", day(0), 500), wholeBack("a", day(1), 450));
        assertThat(profile.keptOrders()).isZero();
        assertThat(profile.monetaryMinor()).isEqualTo(50);
    }

    @Test
    void aReturnThatNamesNoOrderOrAnUnknownOneLowersMonetaryOnly() {
        Profile profile = profile(order("a", day(0), 500), back(day(1), 500), partBack("z", day(2), 100));
        assertThat(profile.keptOrders()).isOne();
        assertThat(profile.monetaryMinor()).isEqualTo(-100);
    }

    @Test
    void whenTheLatestOrderComesBackTheOneBeforeIsTheLatest() {
        Profile profile = profile(order("a", day(0), 500), order("b", day(9), 500), wholeBack("b", day(10)));
        assertThat(profile.lastOrder()).isEqualTo(day(0));
        assertThat(profile.firstOrder()).isEqualTo(day(0));
    }

    @Test
    void moreLinesReopenAnOrderThatCameBack() {
        Profile profile = profile(order("a", day(0), 500), wholeBack("a", day(1)));
        assertThat(profile.keptOrders()).isZero();
        Shop.apply(profile, order("a", day(2), 100));
        assertThat(profile.keptOrders()).isOne();
        assertThat(profile.monetaryMinor()).isEqualTo(100);
    }

    @Test
    void anOrderOfNothingIsAnOrder() {
        assertThat(profile(order("free", day(0), 0)).keptOrders()).isOne();
    }

    @Test
    void onlyVisitsAreVisits() {
        Profile profile = profile(visit(day(1)), touch(TouchpointType.OPEN, day(2)));
        assertThat(profile.lastVisit()).isEqualTo(day(1));
        assertThat(profile.touchpoints()).isEqualTo(2);
    }

    @Test
    void theLedgerHoldsTheOrdersOfTheLastFourHundredDays() {
        Profile profile = new Profile();
        for (int i = 0; i < 1_000; i++) {
            Shop.apply(profile, order("o" + i, day(i), 100));
        }
        assertThat(profile.ledger().size()).isEqualTo(401);
        assertThat(profile.ledger().time(0)).isEqualTo(day(999) - 400 * DAY);
        assertThat(profile.keptOrders()).isEqualTo(1_000);
        assertThat(profile.monetaryMinor()).isEqualTo(100_000);
    }
}

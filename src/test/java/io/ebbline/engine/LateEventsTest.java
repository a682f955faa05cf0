package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.NaiveProfile;
import io.ebbline.testing.Shop;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Events behind the watermark: younger than 30 days they are booked as of the customer's latest instant. */
class LateEventsTest {

    private static final String CUSTOMER = "c1";

    private final Profile profile = new Profile();
    private final List<Effect> said = new ArrayList<>();
    private final Engine engine;

    LateEventsTest() {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        engine = new Engine(
                EngineRules.defaults().until(day(2_000)), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
    }

    private void inTime(long watermark, Event... events) {
        engine.advance(CUSTOMER, profile, ListInbox.of(List.of(events)), watermark, watermark, said::add);
    }

    private LateVerdict late(Event event, long watermark) {
        return engine.late(CUSTOMER, profile, event, watermark, said::add);
    }

    private Answer lastAnswer() {
        return (Answer) said.get(said.size() - 1);
    }

    @Test
    void anEventIsLateAtTheWatermarkAndAtTheCustomersOwnInstant() {
        assertThat(engine.isLate(profile, day(5), day(5))).isTrue();
        assertThat(engine.isLate(profile, day(5) + 1, day(5))).isFalse();
        inTime(day(5), order("a", day(5), 100));
        assertThat(engine.isLate(profile, day(5), day(4))).isTrue();
        assertThat(engine.isLate(profile, day(5) + 1, day(4))).isFalse();
    }

    @Test
    void itsMoneyIsBookedAsOfTheLatestInstant() {
        inTime(day(20), order("a", day(20), 1_000));
        assertThat(late(order("b", day(10), 500), day(20))).isEqualTo(LateVerdict.BOOKED);
        assertThat(profile.monetaryMinor()).isEqualTo(1_500);
        assertThat(profile.keptOrders()).isEqualTo(2);
        assertThat(profile.lastOrder()).isEqualTo(day(20));
        assertThat(profile.firstOrder()).isEqualTo(day(10));
        assertThat(lastAnswer().asOf()).isEqualTo(day(20));
        assertThat(lastAnswer().monetaryMinor()).isEqualTo(1_500);
    }

    @Test
    void itsChangesAreToldAsOfTheLatestInstantUnderIdsOfTheirOwn() {
        inTime(day(20), order("a", day(20), 1_000));
        late(wholeBack("a", day(20)), day(20));
        List<Transition> told = said.stream()
                .filter(Transition.class::isInstance)
                .map(Transition.class::cast)
                .toList();
        assertThat(told).extracting(Transition::asOf).containsOnly(day(20));
        assertThat(told).extracting(Transition::current).containsExactly("GROWTH", "New", "PROSPECT", null);
        assertThat(told).extracting(Transition::eventId).doesNotHaveDuplicates();
    }

    @Test
    void aKnownIdIsADuplicateAndChangesNothing() {
        inTime(day(20), order("a", day(20), 1_000));
        Profile.Data before = profile.data();
        said.clear();
        assertThat(late(order("a", day(20), 1_000), day(21))).isEqualTo(LateVerdict.DUPLICATE);
        assertThat(profile.data()).isEqualTo(before);
        assertThat(said).isEmpty();
    }

    @Test
    void aLateEventIsRememberedToo() {
        inTime(day(20), order("a", day(20), 1_000));
        late(order("b", day(10), 500), day(20));
        assertThat(late(order("b", day(10), 500), day(20))).isEqualTo(LateVerdict.DUPLICATE);
        assertThat(profile.monetaryMinor()).isEqualTo(1_500);
    }

    @Test
    void whatIsOlderThanTheHorizonIsNotBooked() {
        inTime(day(100), order("a", day(60), 1_000));
        Profile.Data before = profile.data();
        said.clear();
        assertThat(late(order("b", day(70) - 1, 500), day(100))).isEqualTo(LateVerdict.TOO_OLD);
        assertThat(profile.data()).isEqualTo(before);
        assertThat(said).isEmpty();
        assertThat(late(order("b", day(70), 500), day(100))).isEqualTo(LateVerdict.BOOKED);
    }

    @Test
    void theFirstEventOfACustomerMayBeLate() {
        assertThat(late(order("a", day(20), 1_000), day(25))).isEqualTo(LateVerdict.BOOKED);
        assertThat(lastAnswer().asOf()).isEqualTo(day(20));
        assertThat(profile.appliedThrough()).isEqualTo(day(20));
    }

    @Test
    void atTheEndOfTheRunWhatIsYoungerThanTheHorizonIsStillBooked() {
        assertThat(late(order("a", day(1_980), 1_000), Long.MAX_VALUE)).isEqualTo(LateVerdict.BOOKED);
        assertThat(late(order("b", day(1_969), 1_000), Long.MAX_VALUE)).isEqualTo(LateVerdict.TOO_OLD);
    }

    @Test
    void aLateOrderWinsBackWhoDepartedMeanwhile() {
        inTime(day(181), order("a", day(0), 1_000));
        assertThat(profile.standing().stage()).isEqualTo(Stage.DEPARTED);
        late(order("b", day(170), 1_000), day(181));
        assertThat(profile.standing().stage()).isEqualTo(Stage.GROWTH);
        assertThat(profile.deadline()).isGreaterThan(day(180));
    }

    @Test
    void aLateOrderOfBeforeTheLatestWinsNobodyBack() {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        EngineRules longMemory = new EngineRules(day(2_000), 300 * DAY, 30 * DAY, ZoneOffset.UTC);
        Engine patient = new Engine(longMemory, models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        patient.advance(
                CUSTOMER, profile, ListInbox.of(List.of(order("a", day(20), 1_000))), day(210), day(210), e -> {});
        patient.late(CUSTOMER, profile, order("b", day(10), 1_000), day(210), said::add);
        assertThat(profile.keptOrders()).isEqualTo(2);
        assertThat(profile.standing().stage()).isEqualTo(Stage.DEPARTED);
        assertThat(said).noneMatch(Effect.Signal.class::isInstance);
    }

    @Test
    void aLateVisitCountsAgainstDeparture() {
        inTime(day(100), order("a", day(0), 1_000));
        late(visit(day(90)), day(100));
        inTime(day(269));
        assertThat(profile.standing().stage()).isEqualTo(Stage.GROWTH);
        inTime(day(270));
        assertThat(profile.standing().stage()).isEqualTo(Stage.DEPARTED);
    }

    @Property(tries = 300)
    void ordersAndMoneyAreRightHoweverLateTheyCome(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 29 * 24) Integer> hours) {
        LateEventsTest shop = new LateEventsTest(); // A fresh customer: jqwik tries all lists on one object.
        List<Event> events = new ArrayList<>();
        long watermark = day(0) - 1;
        for (int i = 0; i < hours.size(); i++) {
            Event event = order("o" + i, day(0) + hours.get(i) * (DAY / 24), 100 + i);
            events.add(event);
            if (shop.engine.isLate(shop.profile, event.time(), watermark)) {
                assertThat(shop.late(event, watermark)).isEqualTo(LateVerdict.BOOKED);
            } else {
                watermark = event.time();
                shop.inTime(watermark, event);
            }
        }
        NaiveProfile facts = NaiveProfile.of(NaiveEngine.sorted(events));
        assertThat(shop.profile.keptOrders()).isEqualTo(facts.keptOrders());
        assertThat(shop.profile.monetaryMinor()).isEqualTo(facts.monetaryMinor());
        assertThat(shop.profile.lastOrder()).isEqualTo(facts.lastOrder());
        assertThat(shop.profile.firstOrder()).isEqualTo(facts.firstOrder());
        assertThat(shop.lastAnswer().keptOrders()).isEqualTo(events.size());
    }
}

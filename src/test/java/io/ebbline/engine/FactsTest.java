package io.ebbline.engine;

import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Evidence;
import io.ebbline.model.ModelTimeline;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Fact.Cause;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Outlook;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What those who make offers are told of a customer. */
class FactsTest {

    private static List<Effect> run(
            String customer, List<Event> events, ModelTimeline models, EngineRules rules, long until, int steps) {
        Engine engine = new Engine(rules, models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        Profile profile = new Profile();
        ListInbox inbox = ListInbox.of(events);
        List<Effect> said = new ArrayList<>();
        long first = events.get(0).time() - 1;
        for (int i = 1; i <= steps; i++) {
            long to = first + (until - first) / steps * i;
            engine.advance(customer, profile, inbox, to, Math.min(to, rules.until()), said::add);
        }
        engine.advance(customer, profile, inbox, Long.MAX_VALUE, Math.min(until, rules.until()), said::add);
        return said;
    }

    private static List<Fact> facts(Event... events) {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        EngineRules rules = EngineRules.defaults().withOffers();
        return run("12583", List.of(events), models, rules, day(3_000), 1).stream()
                .filter(Effect.Noted.class::isInstance)
                .map(effect -> ((Effect.Noted) effect).fact())
                .toList();
    }

    private static List<Effect> of(RandomHistory history, boolean offers, int steps) {
        EngineRules rules = offers ? history.rules().withOffers() : history.rules();
        return run(
                history.customer(),
                history.events(),
                history.timeline(),
                rules,
                Math.min(rules.until(), history.events().get(0).time() + day(4_000)),
                steps);
    }

    private static boolean isForOffers(Effect effect) {
        return effect instanceof Effect.Noted || effect instanceof Effect.Bought;
    }

    @Property(tries = 100)
    void scoringSaysTheSameWhetherOffersAreMadeOrNot(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<Effect> with = of(history, true, 7);
        assertThat(with.stream().filter(effect -> !isForOffers(effect)).toList())
                .isEqualTo(of(history, false, 7));
    }

    @Property(tries = 100)
    void factsDoNotDependOnHowFarTimeAdvancesInOneStep(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<Effect> leap =
                of(history, true, 1).stream().filter(FactsTest::isForOffers).toList();
        List<Effect> steps = of(history, true, 1 + new Random(seed).nextInt(200)).stream()
                .filter(FactsTest::isForOffers)
                .toList();
        assertThat(steps).isEqualTo(leap);
    }

    @Property(tries = 100)
    void everyPurchaseAppliedIsABasketAndAFactAndTimeNeverFalls(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<Effect> said = of(history, true, 3);
        Set<String> noted = new HashSet<>();
        long baskets = 0;
        long last = Long.MIN_VALUE;
        for (Effect effect : said) {
            baskets += effect instanceof Effect.Bought ? 1 : 0;
            if (effect instanceof Effect.Noted told) {
                assertThat(told.asOf()).isGreaterThanOrEqualTo(last);
                last = told.asOf();
                if (told.fact().event() instanceof Purchase purchase) {
                    noted.add(purchase.id() + "@" + told.asOf());
                }
            }
        }
        assertThat(baskets).isGreaterThanOrEqualTo(noted.size());
        assertThat(noted.isEmpty()).isEqualTo(baskets == 0);
    }

    @Test
    void anOrderAsksForAnOffer() {
        List<Fact> facts = facts(order("A", day(0), 5_000));
        assertThat(facts.get(0).cause()).isEqualTo(Cause.ORDER);
        assertThat(facts.get(0).context().stage()).isEqualTo(Stage.GROWTH);
        assertThat(facts.get(0).context().outlook()).isNotNull();
    }

    @Test
    void moreLinesOfAnOrderAreNotedAlone() {
        List<Fact> facts = facts(order("A", day(0), 5_000), order("A", day(0) + 1, 2_000));
        assertThat(facts.get(1).cause()).isEqualTo(Cause.NOTE);
    }

    @Test
    void aReturnAndAnUnsubscriptionAreNotedAndAVisitIsNot() {
        List<Fact> facts = facts(
                order("A", day(0), 5_000),
                order("B", day(1), 5_000),
                visit(day(2)),
                wholeBack("B", day(3)),
                touch(TouchpointType.UNSUBSCRIBE, day(4)));
        assertThat(facts.stream().filter(fact -> fact.event() != null).map(Fact::asOf))
                .containsExactly(day(0), day(1), day(3), day(4));
    }

    @Test
    void ofOrdersThatDoNotComeLateItIsToldWhenTheNextOneIsToBeExpected() {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        EngineRules rules = EngineRules.defaults().withOffers();
        Engine engine = new Engine(rules, models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        Profile profile = new Profile();
        List<Effect> said = new ArrayList<>();
        List<Event> events = List.of(order("A", day(0), 5_000), order("B", day(13), 5_000), order("C", day(27), 5_000));
        engine.advance("12583", profile, ListInbox.of(events), day(28), day(28), said::add);
        engine.late("12583", profile, order("late", day(5), 5_000), day(28), said::add);
        List<Basket> baskets = said.stream()
                .filter(Effect.Bought.class::isInstance)
                .map(effect -> ((Effect.Bought) effect).basket())
                .toList();
        List<Outlook> told = said.stream()
                .filter(effect ->
                        effect instanceof Effect.Noted noted && noted.fact().cause() == Cause.ORDER)
                .map(effect -> ((Effect.Noted) effect).fact().context().outlook())
                .toList();
        assertThat(baskets).extracting(Basket::after).containsExactly(told.get(0), told.get(1), told.get(2), null);
        assertThat(baskets).extracting(Basket::before).containsExactly(null, told.get(0), told.get(1), null);
        assertThat(told).extracting(Outlook::since).containsExactly(day(0), day(13), day(27), day(27));
    }

    @Test
    void anOutlookIsMadeOfTheChancesOfTheModelAgeByAge() {
        Fact fact = facts(order("A", day(0), 5_000)).get(0);
        BuyingModel model = Shop.calm().buying();
        Outlook outlook = Objects.requireNonNull(fact.context().outlook());
        assertThat(outlook.habit()).isEqualTo(Outlook.Habit.FIRST);
        Evidence evidence = new Evidence(0, 0, 0, 0, 0, 0);
        // From the second week to the fourth.
        long weeks = Duration.ofDays(14).toMillis();
        double chance = new BuyingModel(model.repeat(), model.decayed(), weeks).pBuy(evidence, weeks);
        assertThat(1 - Math.exp(-outlook.hazards().get(3))).isCloseTo(chance, within(1e-12));
    }

    @Test
    void departureAsksForAnOffer() {
        assertThat(facts(order("A", day(0), 5_000))).anySatisfy(fact -> {
            assertThat(fact.cause()).isEqualTo(Cause.DECLINE);
            assertThat(fact.event()).isNull();
        });
    }

    @Test
    void whoIsForgottenIsToldOfLast() {
        List<Fact> facts = facts(visit(day(0)));
        assertThat(facts.get(facts.size() - 1).cause()).isEqualTo(Cause.FORGOTTEN);
        assertThat(facts.get(facts.size() - 1).asOf()).isEqualTo(day(400));
    }
}

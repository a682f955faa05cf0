package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.back;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.partBack;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Counted;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.NaiveProfile;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R, F and M of a look-back window: what was told last holds at every instant. */
class LookBackTest {

    private static final String CUSTOMER = "c";

    private final Profile profile = new Profile();
    private final List<Effect> effects = new ArrayList<>();
    private Engine engine = engine(Shop.calm().withLookBack(30 * DAY), EngineRules.defaults());

    private static Engine engine(ScoringModel model, EngineRules rules) {
        ModelTimeline models = new ModelTimeline();
        models.add(model, 0);
        return new Engine(rules, models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
    }

    private int advance(long time, Event... events) {
        return engine.advance(CUSTOMER, profile, ListInbox.of(List.of(events)), time, time, effects::add)
                .applied();
    }

    private @Nullable Answer last() {
        return effects.stream()
                .filter(effect -> effect instanceof Answer || effect instanceof Effect.Forgotten)
                .reduce((a, b) -> b)
                .filter(Answer.class::isInstance)
                .map(Answer.class::cast)
                .orElse(null);
    }

    // ---- against the list of events

    @Property(tries = 400)
    void whatWasToldLastHoldsAtEveryInstantAlsoAfterLateEvents(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int size) {
        new LookBackTest().play(seed, size);
    }

    private void play(long seed, int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        Random random = new Random(seed);
        ScoringModel model = history.models().get(0).model().withLookBack((1 + random.nextInt(60)) * DAY);
        engine = engine(model, history.rules().until(EngineRules.ENDLESS));
        List<Event> events = NaiveEngine.sorted(history.events());
        List<Event> heldBack = new ArrayList<>();
        List<Event> applied = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (random.nextInt(5) == 0) {
                heldBack.add(event);
            } else if (engine.isLate(profile, event.time(), Long.MIN_VALUE)) {
                late(event, applied); // another one of its instant has been applied
            } else {
                lookAt(event.time() - 1, applied, model, random);
                if (advance(event.time(), event) > 0) {
                    applied.add(event);
                }
            }
            if (!heldBack.isEmpty() && random.nextInt(3) == 0) {
                Event late = heldBack.remove(random.nextInt(heldBack.size()));
                late(late, applied);
            }
            check(profile.appliedThrough(), applied, model);
        }
        lookAt(events.get(events.size() - 1).time() + 500 * DAY, applied, model, random);
    }

    private void late(Event event, List<Event> applied) {
        long watermark = Math.max(event.time(), profile.appliedThrough());
        if (engine.late(CUSTOMER, profile, event, watermark, effects::add) == Engine.LateVerdict.BOOKED) {
            applied.add(event);
        }
    }

    /** Instants up to {@code until} at which something leaves the window, the millisecond before, and any other. */
    private void lookAt(long until, List<Event> applied, ScoringModel model, Random random) {
        if (applied.isEmpty()) {
            return;
        }
        long from = profile.appliedThrough();
        TreeSet<Long> instants = new TreeSet<>(List.of(until));
        for (NaiveProfile.Piece piece : NaiveProfile.of(applied).pieces()) {
            instants.add(piece.time() + model.lookBackMillis() - 1);
            instants.add(piece.time() + model.lookBackMillis());
        }
        instants.add(from + (long) (random.nextDouble() * Math.max(0, until - from)));
        for (long instant : instants) {
            if (instant > from && instant <= until) {
                advance(instant);
                check(instant, applied, model);
            }
        }
    }

    private void check(long asOf, List<Event> applied, ScoringModel model) {
        Answer told = last();
        if (told == null) {
            applied.clear(); // forgotten
            return;
        }
        NaiveProfile.Window window = NaiveProfile.of(applied).within(model.lookBackMillis(), asOf);
        assertThat(told.keptOrders()).isEqualTo(window.keptOrders());
        assertThat(told.monetaryMinor()).isEqualTo(window.monetaryMinor());
        Long order = window.lastOrder();
        assertThat(told.standing().recency())
                .isEqualTo(order == null ? 0 : 5 - exceeded(model.recency().toList(), asOf - order));
        assertThat(told.standing().frequency())
                .isEqualTo(order == null ? 0 : 1 + exceeded(model.frequency().toList(), window.keptOrders()));
        assertThat(told.standing().monetary())
                .isEqualTo(order == null ? 0 : 1 + exceeded(model.monetary().toList(), window.monetaryMinor()));
        assertThat(told.standing().segment() == null).isEqualTo(order == null);
    }

    private static int exceeded(List<Long> cuts, long value) {
        return (int) cuts.stream().filter(cut -> value > cut).count();
    }

    // ---- by hand

    private void assertTold(long asOf, long orders, long minor) {
        assertThat(last().asOf()).isEqualTo(asOf);
        assertThat(last().keptOrders()).isEqualTo(orders);
        assertThat(last().monetaryMinor()).isEqualTo(minor);
    }

    @Test
    void anOrderIsOutAtTheMillisecondAtWhichItIsAsOldAsTheWindow() {
        advance(day(10), order("a", day(0), 1_000), order("b", day(10), 500));
        assertTold(day(10), 2, 1_500);
        advance(day(30) - 1);
        assertTold(day(10), 2, 1_500);
        advance(day(30));
        assertTold(day(30), 1, 500);
        advance(day(40) - 1);
        assertTold(day(30), 1, 500);
        advance(day(40));
        assertTold(day(40), 0, 0);
    }

    @Test
    void withoutAnOrderInTheWindowThereAreNoScoresButTheStageStands() {
        advance(day(0), order("a", day(0), 1_000));
        effects.clear();
        advance(day(30));
        assertThat(last().standing().recency()).isZero();
        assertThat(last().standing().segment()).isNull();
        assertThat(last().standing().stage()).isEqualTo(Stage.GROWTH);
        assertThat(last().lastOrder()).isEqualTo(day(0));
        assertThat(last().pAlive()).isPositive();
        Reason reason = new Reason(ReasonCode.NO_RECENT_ORDER, 30, 30);
        assertThat(last().scores())
                .filteredOn(score -> score.name().startsWith("rfm-"))
                .hasSize(3)
                .allSatisfy(score -> {
                    assertThat(score.value()).isNaN();
                    assertThat(score.reasons()).containsExactly(reason);
                });
        assertThat(effects)
                .filteredOn(Transition.class::isInstance)
                .singleElement()
                .satisfies(effect -> {
                    Transition out = (Transition) effect;
                    assertThat(out.kind()).isEqualTo(Transition.Kind.SEGMENT);
                    assertThat(out.current()).isNull();
                    assertThat(out.trigger()).isEqualTo(Trigger.SILENCE);
                    assertThat(out.reasons()).containsExactly(reason);
                });
    }

    @Test
    void aReturnLeavesWithItsOrderAndOneThatBelongsToNoneLeavesByItself() {
        advance(day(5), order("a", day(0), 1_000), partBack("a", day(5), 300));
        advance(day(20), back(day(8), 40), order("b", day(20), 600));
        assertTold(day(20), 2, 1_000 - 300 - 40 + 600);
        advance(day(30));
        assertTold(day(30), 1, 600 - 40);
        advance(day(31), partBack("a", day(31), 100)); // of an order that has left the window
        assertTold(day(31), 1, 600 - 40);
        advance(day(38));
        assertTold(day(38), 1, 600);
    }

    @Test
    void anOrderThatCameBackTakesNothingOutWhenItLeaves() {
        advance(day(25), order("a", day(0), 1_000), wholeBack("a", day(3)), order("b", day(25), 600));
        effects.clear();
        advance(day(31));
        assertThat(effects).isEmpty();
    }

    @Test
    void linesThatComeLaterBelongToTheTimeOfTheirOrder() {
        advance(day(20), order("a", day(0), 1_000), order("a", day(20), 500));
        assertTold(day(20), 1, 1_500);
        advance(day(30));
        assertTold(day(30), 0, 0);
    }

    @Test
    void aLateOrderLeavesByItsOwnTime() {
        advance(day(20), order("a", day(20), 1_000));
        engine.late(CUSTOMER, profile, order("z", day(5), 70), day(20), effects::add);
        assertTold(day(20), 2, 1_070);
        advance(day(35));
        assertTold(day(35), 1, 1_000);
    }

    @Test
    void thePopulationCountsWhatTheWindowHolds() {
        advance(day(10), order("a", day(0), 1_000), order("b", day(10), 500));
        effects.clear();
        advance(day(40));
        assertThat(effects)
                .filteredOn(Counted.class::isInstance)
                .extracting(effect -> ((Counted) effect).now().orders())
                .containsExactly(1L, 0L);
        assertThat(effects)
                .filteredOn(Counted.class::isInstance)
                .extracting(effect -> ((Counted) effect).before().monetaryMinor())
                .containsExactly(1_500L, 500L);
    }

    @Test
    void aNewWindowTakesEffectAtTheNextLook() {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        models.add(Shop.calm().withLookBack(30 * DAY).published("default", 2, day(50), false, ""), day(50));
        engine = new Engine(EngineRules.defaults(), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        advance(day(40), order("a", day(0), 1_000), order("b", day(40), 500));
        assertTold(day(40), 2, 1_500);
        advance(day(51), back(day(51), 1));
        assertTold(day(51), 1, 499);
        advance(day(70));
        assertTold(day(70), 0, -1);
    }
}

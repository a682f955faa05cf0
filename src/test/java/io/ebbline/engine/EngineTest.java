package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Effect.Transition.Kind;
import io.ebbline.engine.Effect.Transition.Moved;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Event;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.StageRules;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The engine's rules, a sentence each. The shipped model: R at 30, 60, 90, 180 days, hiatus 180 days. */
class EngineTest {

    private static final String CUSTOMER = "12583";
    private static final EngineRules RULES = EngineRules.defaults().until(day(3_000));

    private final ModelTimeline models = new ModelTimeline();
    private final Profile profile = new Profile();
    private final ListInbox inbox = new ListInbox();
    private final List<Effect> said = new ArrayList<>();

    EngineTest() {
        models.add(Shop.calm(), 0);
    }

    private static ScoringModel model(int version, Cuts recency, Cuts frequency, StageRules stages) {
        ScoringModel shipped = ScoringModel.shipped();
        return new ScoringModel(
                "default",
                version,
                0,
                false,
                recency,
                frequency,
                shipped.monetary(),
                shipped.segments(),
                stages,
                BuyingModel.shipped(),
                Shop.CALM,
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "");
    }

    private void advance(long watermark, Event... events) {
        advance(RULES, watermark, events);
    }

    private void advance(EngineRules rules, long watermark, Event... events) {
        inbox.addAll(List.of(events));
        new Engine(rules, models, NaiveEngine.TOPIC, "churn-signals", "score-changes")
                .advance(CUSTOMER, profile, inbox, watermark, Math.min(watermark, rules.until()), said::add);
    }

    private Stream<Transition> transitions(Kind kind) {
        return said.stream()
                .filter(Transition.class::isInstance)
                .map(Transition.class::cast)
                .filter(t -> t.kind() == kind);
    }

    private List<String> path(Kind kind) {
        return transitions(kind)
                .map(t -> (t.asOf() - day(0)) / DAY + ": " + t.previous() + " -> " + t.current() + ", " + t.trigger())
                .toList();
    }

    @Test
    void nothingIsSaidBeforeTheWatermarkHasPassedAnEvent() {
        advance(day(1) - 1, order("a", day(1), 1_000));
        assertThat(said).isEmpty();
        advance(day(1));
        assertThat(said)
                .hasOnlyElementsOfTypes(Transition.class, Effect.Counted.class, Effect.Changed.class, Answer.class)
                .hasSize(5);
    }

    @Test
    void aCustomerGoesThroughTheStagesByOrdersAndSilence() {
        advance(
                day(1_000),
                visit(day(0)),
                order("a", day(1), 1_000),
                order("b", day(20), 1_000),
                order("c", day(40), 1_000),
                order("d", day(400), 1_000));
        assertThat(path(Kind.STAGE))
                .containsExactly(
                        "0: null -> PROSPECT, TOUCHPOINT",
                        "1: PROSPECT -> GROWTH, PURCHASE",
                        "40: GROWTH -> MATURE, PURCHASE",
                        "220: MATURE -> DEPARTED, SILENCE",
                        "400: DEPARTED -> MATURE, PURCHASE",
                        "580: MATURE -> DEPARTED, SILENCE");
    }

    @Test
    void segmentsChangeByAgeAloneAtTheExactInstant() {
        advance(day(1_000), order("a", day(0), 1_000));
        assertThat(path(Kind.SEGMENT))
                .containsExactly(
                        "0: null -> New, PURCHASE",
                        "30: New -> Promising, SILENCE",
                        "60: Promising -> About To Sleep, SILENCE",
                        "90: About To Sleep -> Hibernating, SILENCE",
                        "180: Hibernating -> Lost, SILENCE");
        assertThat(transitions(Kind.SEGMENT).map(Effect::asOf))
                .containsExactly(day(0), day(30) + 1, day(60) + 1, day(90) + 1, day(180) + 1);
    }

    @Test
    void atOneInstantEventsComeBeforeDeadlines() {
        advance(day(100), order("a", day(0), 1_000), visit(day(30) + 1), order("b", day(60) + 1, 1_000));
        assertThat(path(Kind.SEGMENT))
                .startsWith(
                        "0: null -> New, PURCHASE",
                        "30: New -> Promising, TOUCHPOINT",
                        "60: Promising -> Potential Loyalist, PURCHASE");
    }

    @Test
    void aTransitionSaysSinceWhenThePreviousHeldAndWhy() {
        advance(day(300), order("a", day(0), 1_000));
        Transition departure = transitions(Kind.STAGE)
                .filter(t -> "DEPARTED".equals(t.current()))
                .findFirst()
                .orElseThrow();
        assertThat(departure.previousSince()).isEqualTo(day(0));
        assertThat(departure.reasons()).containsExactly(new Reason(ReasonCode.DAYS_OF_SILENCE, 180, 180));
        assertThat(departure.moved()).isEqualTo(Moved.CUSTOMER);
        assertThat(departure.modelRef()).isEqualTo("default/1");
        Transition aged = transitions(Kind.SEGMENT).skip(1).findFirst().orElseThrow();
        assertThat(aged.reasons())
                .containsExactly(
                        new Reason(ReasonCode.RECENCY_SCORE, 4, 5),
                        new Reason(ReasonCode.FREQUENCY_SCORE, 1, 1),
                        new Reason(ReasonCode.MONETARY_SCORE, 1, 1));
    }

    @Test
    void aWinBackSaysHowLongTheCustomerHadBeenAway() {
        advance(day(301), order("a", day(0), 1_000), order("b", day(300), 1_000));
        Transition back = transitions(Kind.STAGE).reduce((a, b) -> b).orElseThrow();
        assertThat(back.reasons())
                .containsExactly(
                        new Reason(ReasonCode.WIN_BACK, 120, Double.NaN), Reason.of(ReasonCode.KEPT_ORDERS, 2));
    }

    @Test
    void whoReturnsEverythingHasNoSegment() {
        advance(day(10), order("a", day(0), 1_000), wholeBack("a", day(9)));
        Transition last = transitions(Kind.SEGMENT).reduce((a, b) -> b).orElseThrow();
        assertThat(last.previous()).isEqualTo("New");
        assertThat(last.current()).isNull();
        assertThat(last.trigger()).isEqualTo(Trigger.RETURN);
        assertThat(last.reasons()).containsExactly(Reason.of(ReasonCode.NO_ORDER, 0));
    }

    @Test
    void whenTheSameOrdersFallElsewhereUnderANewModelTheBoundaryMoved() {
        ScoringModel shipped = ScoringModel.shipped();
        models.add(model(2, shipped.recency(), new Cuts(0, 0, 0, 0), shipped.stages()), day(10));
        advance(day(12), order("a", day(0), 1_000), visit(day(9)), visit(day(12)));
        Transition moved = transitions(Kind.SEGMENT).skip(1).findFirst().orElseThrow();
        assertThat(moved.asOf()).isEqualTo(day(12));
        assertThat(moved.previous() + " -> " + moved.current()).isEqualTo("New -> Potential Loyalist");
        assertThat(moved.moved()).isEqualTo(Moved.BOUNDARY);
        assertThat(moved.modelRef()).isEqualTo("default/2");
    }

    @Test
    void aNewModelReachesTheSilentAtTheirReview() {
        ScoringModel shipped = ScoringModel.shipped();
        Cuts ages = new Cuts(100 * DAY, 200 * DAY, 300 * DAY, 400 * DAY);
        ModelTimeline two = new ModelTimeline();
        two.add(model(1, ages, shipped.frequency(), shipped.stages()), 0);
        two.add(model(2, ages, shipped.frequency(), new StageRules(3, 20 * DAY)), day(10));
        inbox.addAll(List.of(order("a", day(0), 1_000)));
        new Engine(RULES, two, NaiveEngine.TOPIC, "churn-signals", "score-changes")
                .advance(CUSTOMER, profile, inbox, day(60), day(60), said::add);
        Transition departed = transitions(Kind.STAGE).reduce((a, b) -> b).orElseThrow();
        // Reviews stand 30 days apart, shifted by the customer's hash: the first one after the order.
        long shift = Math.floorMod(NaiveEngine.hash(CUSTOMER), 30 * DAY);
        assertThat(departed.asOf()).isEqualTo(day(0) + 30 * DAY - Math.floorMod(day(0) - shift, 30 * DAY));
        assertThat(departed.current()).isEqualTo("DEPARTED");
        assertThat(departed.moved()).isEqualTo(Moved.BOUNDARY);
    }

    @Test
    void beyondTheEndOfTheRunSilenceSaysNothing() {
        EngineRules ending = EngineRules.defaults().until(day(60));
        advance(ending, Long.MAX_VALUE, order("a", day(0), 1_000));
        assertThat(path(Kind.SEGMENT)).containsExactly("0: null -> New, PURCHASE", "30: New -> Promising, SILENCE");
    }

    @Test
    void anAnswerAtAnInstantSaysNothingAndChangesNothing() {
        advance(day(1), order("a", day(0), 1_000));
        Profile.Data before = profile.data();
        Answer answer = new Engine(RULES, models, NaiveEngine.TOPIC, "churn-signals", "score-changes")
                .answerAt(profile, day(200));
        assertThat(answer.standing().recency()).isEqualTo(1);
        assertThat(answer.standing().stage()).isEqualTo(Stage.DEPARTED);
        assertThat(profile.data()).isEqualTo(before);
        assertThat(profile.standing().recency()).isEqualTo(5);
    }

    @Test
    void onlyTheNewestAnswerOfAStepIsTold() {
        advance(day(1_000), order("a", day(0), 1_000), order("b", day(5), 1_000));
        assertThat(said.stream().filter(Answer.class::isInstance)).hasSize(1);
    }

    @Test
    void everyChangeHasItsOwnId() {
        advance(day(1_000), order("a", day(0), 1_000), wholeBack("a", day(0)), order("b", day(0), 1_000));
        List<String> ids = Stream.of(Kind.values())
                .flatMap(this::transitions)
                .map(Transition::eventId)
                .toList();
        assertThat(ids).hasSizeGreaterThan(6).doesNotHaveDuplicates();
    }

    @Test
    void thresholdsBeyondTheEndOfTimeAreNeverReachedAndDoNotStopTheEngine() {
        long never = Long.MAX_VALUE - 1;
        ScoringModel shipped = ScoringModel.shipped();
        ModelTimeline patient = new ModelTimeline();
        patient.add(model(9, new Cuts(DAY, never, never, never), shipped.frequency(), new StageRules(3, never)), 0);
        EngineRules rules = new EngineRules(day(1_000), DAY, never, ZoneOffset.UTC);
        inbox.addAll(List.of(order("a", day(0), 1_000), order("b", day(50), 1_000)));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> new Engine(rules, patient, NaiveEngine.TOPIC, "churn-signals", "score-changes")
                        .advance(CUSTOMER, profile, inbox, Long.MAX_VALUE, day(1_000), said::add));
        assertThat(path(Kind.STAGE)).containsExactly("0: null -> GROWTH, PURCHASE");
        assertThat(profile.deadline()).isGreaterThan(day(1_000));
    }

    @Test
    void aRunNeedsAnEndBeforeTheEndOfAllTimeAndPositiveSpans() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineRules(Long.MAX_VALUE, 1, 1, ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineRules(0, 0, 1, ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineRules(0, 1, 0, ZoneOffset.UTC));
        assertThat(EngineRules.defaults().until(Long.MAX_VALUE).until()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(EngineRules.defaults())
                .isEqualTo(new EngineRules(Long.MAX_VALUE - 1, 2_592_000_000L, 2_592_000_000L, ZoneOffset.UTC));
    }

    @Property(tries = 300)
    void untilTheNextDeadlineNothingThatWasSaidChanges(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        ModelTimeline single = new ModelTimeline();
        single.add(history.models().get(0).model(), 0);
        Engine engine = new Engine(RULES, single, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        Profile customer = new Profile();
        long newest = history.events().get(size - 1).time();
        engine.advance(history.customer(), customer, ListInbox.of(history.events()), Long.MAX_VALUE, newest, e -> {});
        long from = customer.appliedThrough();
        long deadline = Math.min(customer.deadline(), from + 5_000 * DAY);
        for (long step = 1; from + step < deadline; step *= 3) {
            for (long instant : new long[] {from + step, deadline - step}) {
                var standing = engine.answerAt(customer, instant).standing();
                assertThat(standing.recency()).isEqualTo(customer.standing().recency());
                assertThat(standing.stage()).isEqualTo(customer.standing().stage());
                assertThat(standing.segment()).isEqualTo(customer.standing().segment());
            }
        }
    }
}

package io.ebbline.cli;

import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.Rebuilt.Came;
import io.ebbline.cli.Rebuilt.Outcome;
import io.ebbline.cli.Rebuilt.Said;
import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.state.EventCodec;
import io.ebbline.testing.ListInbox;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RebuiltTest {
    private static final String CUSTOMER = "vera";
    private static final EngineRules RULES = EngineRules.defaults();

    private final ModelTimeline models = new ModelTimeline();
    private final TimelineText text = new TimelineText(Currency.getInstance("GBP"));

    RebuiltTest() {
        models.add(ScoringModel.shipped(), 0);
    }

    private Rebuilt rebuilt(double days, Event... events) {
        return rebuilt(days, Arrays.asList(events));
    }

    private Rebuilt rebuilt(double days, List<Event> events) {
        List<Incoming> records = events.stream().map(RebuiltTest::record).toList();
        return Rebuilt.of(CUSTOMER, records, RULES, models, "GBP", day(days));
    }

    private static Incoming record(Event event) {
        Topic topic = event instanceof Touchpoint ? Topic.TOUCHPOINTS : Topic.PURCHASES;
        byte[] body = new EventCodec().encode(event);
        return new Incoming(CUSTOMER, event.time(), body, null, topic, 1, 2, event.time(), null, null, List.of());
    }

    private static List<Event> life() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(order("o" + i, day(20 * i), 1_000 + 100 * i));
            events.add(visit(day(20 * i + 3)));
        }
        events.add(wholeBack("o3", day(65)));
        events.add(order("again", day(700), 2_500));
        return events;
    }

    private static List<Outcome> outcomes(Rebuilt rebuilt) {
        return rebuilt.steps().stream()
                .filter(Came.class::isInstance)
                .map(step -> ((Came) step).outcome())
                .toList();
    }

    private static List<Effect> said(Rebuilt rebuilt) {
        return rebuilt.steps().stream()
                .filter(Said.class::isInstance)
                .map(step -> ((Said) step).effect())
                .toList();
    }

    @Test
    void whateverOrderTheyArrivedInItSaysWhatAnEngineSaysThatGoesDayByDay() {
        Engine engine = new Engine(
                RULES,
                models,
                Topic.LIFECYCLE_TRANSITIONS.topicName(),
                Topic.CHURN_SIGNALS.topicName(),
                Topic.SCORE_CHANGES.topicName());
        List<Effect> expected = new ArrayList<>();
        Profile profile = new Profile();
        ListInbox inbox = ListInbox.of(life());
        for (int i = 0; i <= 900; i++) {
            engine.advance(CUSTOMER, profile, inbox, day(i), day(i), expected::add);
        }
        List<Event> shuffled = life();
        Collections.shuffle(shuffled, new Random(5));

        Rebuilt rebuilt = rebuilt(900, shuffled);

        assertThat(said(rebuilt))
                .isEqualTo(expected.stream()
                        .filter(effect -> effect instanceof Effect.Transition
                                || effect instanceof Effect.Signal
                                || effect instanceof Effect.Changed)
                        .toList());
        assertThat(said(rebuilt)).hasAtLeastOneElementOfType(Effect.Signal.class);
        List<Effect> answers =
                expected.stream().filter(Answer.class::isInstance).toList();
        assertThat(rebuilt.told()).isEqualTo(answers.get(answers.size() - 1));
        assertThat(rebuilt.now()).isEqualTo(engine.answerAt(profile, day(900)));
        assertThat(rebuilt.steps()).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
    }

    @Test
    void whatIsLaterThanTheInstantIsNotLookedAt() {
        assertThat(outcomes(rebuilt(20, life()))).hasSize(3).containsOnly(Outcome.APPLIED);
        assertThat(rebuilt(-1, life()).steps()).isEmpty();
        assertThat(rebuilt(-1, life()).now()).isNull();
    }

    @Test
    void anEventThatCameTwiceIsAppliedOnce() {
        Rebuilt rebuilt = rebuilt(1, order("a", day(0), 1_000), order("a", day(0), 1_000));

        assertThat(outcomes(rebuilt)).containsExactly(Outcome.APPLIED, Outcome.REPEATED);
        assertThat(text.text(rebuilt.steps().get(rebuilt.steps().size() - 1))).contains("passed over");
    }

    @Test
    void whatHasNoExchangeRateIsRefusedAndSaidInItsOwnCurrency() {
        List<Line> lines = List.of(Line.of("tea", null, BigDecimal.ONE, new BigDecimal("5.00")));
        Rebuilt rebuilt = rebuilt(1, new Purchase("x", day(0), "x", "USD", null, null, lines, 500));

        Came came = (Came) rebuilt.steps().get(0);
        assertThat(came.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(came.why()).isEqualTo(RejectReason.NO_EXCHANGE_RATE);
        assertThat(text.text(came)).isEqualTo("order x, 5.00 USD: tea; refused (no-exchange-rate)");
        assertThat(rebuilt.told()).isNull();
    }

    @Test
    void whoIsErasedIsForgottenAndMayComeBack() {
        Event erasure = new Erasure("e", day(5));
        Rebuilt gone = rebuilt(6, order("a", day(0), 1_000), erasure);
        assertThat(outcomes(gone)).containsOnly(Outcome.APPLIED);
        assertThat(said(gone)).hasAtLeastOneElementOfType(Effect.Forgotten.class);
        assertThat(gone.told()).isNull();

        Rebuilt back = rebuilt(8, order("a", day(0), 1_000), erasure, visit(day(5)), order("b", day(7), 500));
        assertThat(outcomes(back)).containsExactly(Outcome.APPLIED, Outcome.APPLIED, Outcome.REFUSED, Outcome.APPLIED);
        assertThat(back.told()).isNotNull();
        assertThat(back.told().monetaryMinor()).isEqualTo(500);
    }

    @Test
    void aLifeReadsAsATimeline() {
        Rebuilt rebuilt = rebuilt(600, life());
        List<String> lines = text.timeline(rebuilt.steps());

        assertThat(lines.get(0))
                .startsWith("  " + TimelineText.instant(day(0)) + " ")
                .contains("purchase", "order o0, 10.00 GBP");
        assertThat(lines)
                .anyMatch(line -> line.contains("none -> GROWTH, first order: the first order"))
                .anyMatch(line -> line.contains("all of order o3 came back"))
                .anyMatch(line -> line.contains("  contact    visit"))
                .anyMatch(line -> line.contains("signal     slipping") && line.contains("since the last order"))
                .anyMatch(line -> line.contains("DECLINE -> DEPARTED, gone"));
        assertThat(text.answer(rebuilt.now())).first().asString().startsWith("  stage DEPARTED since ");
    }
}

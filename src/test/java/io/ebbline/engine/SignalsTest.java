package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Effect.Signal;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Event;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Churn signals, a sentence each, under the shipped model: least dwell 7 days, hiatus 180 days. */
class SignalsTest {

    private static final String CUSTOMER = "12583";
    private static final EngineRules RULES = EngineRules.defaults().until(day(3_000));
    private static final ScoringModel MODEL = ScoringModel.shipped();

    private final Profile profile = new Profile();
    private final ListInbox inbox = new ListInbox();
    private final List<Effect> said = new ArrayList<>();
    private final Engine engine;

    SignalsTest() {
        ModelTimeline models = new ModelTimeline();
        models.add(MODEL, 0);
        engine = new Engine(RULES, models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
    }

    private void advance(long watermark, Event... events) {
        inbox.addAll(Arrays.asList(events));
        engine.advance(CUSTOMER, profile, inbox, watermark, watermark, said::add);
    }

    private List<Signal> signals() {
        return said.stream()
                .filter(Signal.class::isInstance)
                .map(Signal.class::cast)
                .toList();
    }

    private List<SignalKind> kinds() {
        return signals().stream().map(Signal::kind).toList();
    }

    private Signal last() {
        List<Signal> signals = signals();
        return signals.get(signals.size() - 1);
    }

    /** When a customer declines who ordered on day 0 and never again. */
    private static long declineOfOneOrder() {
        SignalsTest shop = new SignalsTest();
        shop.advance(day(170), order("a", day(0), 1_000));
        return shop.signals().get(0).asOf();
    }

    @Test
    void aOneTimeBuyerIsNotCertainToBeAliveAndDeclinesSomeTimeAfterTheOrder() {
        advance(day(0), order("a", day(0), 1_000));
        assertThat(said.stream().filter(Effect.Answer.class::isInstance).map(a -> ((Effect.Answer) a).pAlive()))
                .allSatisfy(alive -> assertThat(alive).isBetween(0.01, 0.99));
        assertThat(signals()).isEmpty();
        advance(day(170));
        Signal decline = signals().get(0);
        assertThat(decline.kind()).isEqualTo(SignalKind.DECLINE);
        assertThat(decline.asOf()).isGreaterThan(day(1));
        assertThat(decline.pBuy())
                .isLessThan(MODEL.churn().declineShareOnce() * profile.rhythm().fresh());
        assertThat(profile.rhythm().pBuy(MODEL, decline.asOf() - 1))
                .as("a millisecond before")
                .isGreaterThanOrEqualTo(
                        MODEL.churn().threshold(0, profile.rhythm().fresh()));
    }

    @Test
    void anEpisodeHasOneDeclineAndOneEscalationToHighHoweverManyVisitsFollow() {
        Event[] visits = new Event[60];
        for (int i = 0; i < visits.length; i++) {
            visits[i] = visit(day(5 * i + 0.5));
        }
        advance(day(0), order("a", day(0), 1_000));
        advance(day(300), visits);
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.ESCALATION);
        Signal decline = signals().get(0);
        Signal escalation = signals().get(1);
        assertThat(List.of(decline.before(), decline.now(), escalation.before(), escalation.now()))
                .containsExactly(Risk.NONE, Risk.ELEVATED, Risk.ELEVATED, Risk.HIGH);
        assertThat(escalation.episode()).isEqualTo(decline.episode());
        assertThat(escalation.since()).isEqualTo(decline.since()).isEqualTo(decline.asOf());
        assertThat(escalation.trigger()).isEqualTo(Trigger.SILENCE);
        double severe = MODEL.churn().severeShare()
                * MODEL.churn().threshold(0, profile.rhythm().fresh());
        assertThat(escalation.pBuy()).isLessThan(severe);
        assertThat(profile.rhythm().pBuy(MODEL, escalation.asOf() - 1)).isGreaterThanOrEqualTo(severe);
    }

    @Test
    void aComplaintInDeclineEscalatesAndAnotherOneDoesNot() {
        long decline = declineOfOneOrder();
        advance(
                decline + 3 * DAY,
                order("a", day(0), 1_000),
                touch(TouchpointType.COMPLAINT, decline + DAY),
                touch(TouchpointType.COMPLAINT, decline + 2 * DAY));
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.ESCALATION);
        assertThat(last().asOf()).isEqualTo(decline + DAY);
        assertThat(last().trigger()).isEqualTo(Trigger.TOUCHPOINT);
        assertThat(last().reasons()).contains(new Reason(ReasonCode.NEGATIVE, 0, 30, "COMPLAINT"));
    }

    @Test
    void anOrderAfterTheDwellWakesUpAndEndsTheEpisodeAtOnce() {
        long decline = declineOfOneOrder();
        advance(decline + 9 * DAY, order("a", day(0), 1_000), order("b", decline + 7 * DAY, 1_000));
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.WAKE_UP);
        assertThat(last().asOf()).isEqualTo(decline + 7 * DAY);
        assertThat(last().now()).isEqualTo(Risk.NONE);
        assertThat(last().since()).isEqualTo(decline);
        assertThat(last().reasons().get(0)).isEqualTo(Reason.of(ReasonCode.WAKE_UP, 7));
        assertThat(profile.standing().stage()).isEqualTo(Stage.GROWTH);
    }

    @Test
    void anOrderBeforeTheDwellIsOverWakesUpOnceAndTheCustomerRecoversWhenItIs() {
        long decline = declineOfOneOrder();
        advance(
                decline + 7 * DAY - 1,
                order("a", day(0), 1_000),
                order("b", decline + DAY, 1_000),
                order("c", decline + 2 * DAY, 1_000));
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.WAKE_UP);
        assertThat(last().asOf()).isEqualTo(decline + DAY);
        assertThat(profile.standing().stage()).isEqualTo(Stage.DECLINE);
        advance(decline + 7 * DAY);
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.WAKE_UP, SignalKind.RECOVERY);
        assertThat(last().asOf()).isEqualTo(decline + 7 * DAY);
        assertThat(last().trigger()).isEqualTo(Trigger.SILENCE);
        assertThat(last().now()).isEqualTo(Risk.NONE);
        assertThat(profile.standing().stage()).isEqualTo(Stage.MATURE);
    }

    @Test
    void silenceGoesOnToDepartureAndAnOrderThenIsAWinBack() {
        advance(day(2_000), order("a", day(0), 1_000));
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.ESCALATION, SignalKind.DEPARTURE);
        assertThat(last().now()).isEqualTo(Risk.LOST);
        assertThat(last().asOf()).isGreaterThanOrEqualTo(day(180));
        assertThat(last().pBuy()).isLessThan(MODEL.churn().departBelow());
        String episode = last().episode();
        advance(day(2_000.5), order("b", day(2_000.25), 1_000));
        assertThat(last().kind()).isEqualTo(SignalKind.WIN_BACK);
        assertThat(last().episode()).isEqualTo(episode);
        assertThat(last().before()).isEqualTo(Risk.LOST);
        assertThat(last().now()).isEqualTo(Risk.NONE);
    }

    @Test
    void moreLinesOfAnOldOrderWinNobodyBack() {
        advance(day(390), order("a", day(0), 1_000), visit(day(10)));
        int before = signals().size();
        assertThat(last().kind()).isEqualTo(SignalKind.DEPARTURE);
        advance(day(399), visit(day(394)), order("a", day(395), 500));
        assertThat(signals()).hasSize(before);
        assertThat(profile.keptOrders()).isEqualTo(1);
        assertThat(profile.standing().stage()).isEqualTo(Stage.DEPARTED);
    }

    @Test
    void whenEveryOrderComesBackTheEpisodeEnds() {
        long decline = declineOfOneOrder();
        advance(decline + DAY, order("a", day(0), 1_000), wholeBack("a", decline + DAY));
        assertThat(kinds()).containsExactly(SignalKind.DECLINE, SignalKind.ENDED);
        assertThat(last().trigger()).isEqualTo(Trigger.RETURN);
        assertThat(last().since()).isEqualTo(decline);
        assertThat(last().lastOrder()).isEqualTo(Profile.NEVER);
        assertThat(profile.standing().stage()).isEqualTo(Stage.PROSPECT);
    }

    @Test
    void theBeginningAndTheFarEndOfTimeStopNobody() {
        long far = Long.MAX_VALUE / 2;
        ModelTimeline models = new ModelTimeline();
        models.add(MODEL, 0);
        EngineRules endless = new EngineRules(EngineRules.ENDLESS, 30 * DAY, 30 * DAY, ZoneId.of("Europe/London"));
        inbox.addAll(List.of(
                order("a", 0, 1_000),
                touch(TouchpointType.CLICK, 0),
                order("b", far, -1_000),
                touch(TouchpointType.COMPLAINT, far),
                visit(far),
                wholeBack("b", far)));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> new Engine(endless, models, NaiveEngine.TOPIC, "churn-signals", "score-changes")
                        .advance(CUSTOMER, profile, inbox, far + 1_000 * DAY, far + 1_000 * DAY, said::add));
        assertThat(kinds())
                .startsWith(SignalKind.DECLINE, SignalKind.ESCALATION, SignalKind.DEPARTURE, SignalKind.WIN_BACK)
                .endsWith(SignalKind.DEPARTURE);
        assertThat(signals()).allSatisfy(signal -> assertThat(signal.pBuy()).isBetween(0.0, 1.0));
    }

    // ---- over histories made up

    /** All that is said of a history, and the profile at its end. */
    private record Told(List<Effect> effects, Profile profile) {
        static Told of(RandomHistory history) {
            List<Effect> effects = new ArrayList<>();
            Profile profile = new Profile();
            new Engine(history.rules(), history.timeline(), NaiveEngine.TOPIC, "churn-signals", "score-changes")
                    .advance(
                            history.customer(),
                            profile,
                            ListInbox.of(history.events()),
                            Long.MAX_VALUE,
                            history.rules().until(),
                            effects::add);
            return new Told(effects, profile);
        }

        <E extends Effect> Stream<E> of(Class<E> type) {
            return effects.stream().filter(type::isInstance).map(type::cast);
        }
    }

    /** D: decline, E: escalation, W: wake-up, R: recovery, L: lost by departure, B: win-back, X: ended. */
    private static String letter(SignalKind kind) {
        return switch (kind) {
            case DECLINE -> "D";
            case ESCALATION -> "E";
            case WAKE_UP -> "W";
            case RECOVERY -> "R";
            case DEPARTURE -> "L";
            case WIN_BACK -> "B";
            case ENDED -> "X";
        };
    }

    @Property(tries = 500)
    void anEpisodeIsToldInItsOrderAndNothingTwice(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        Map<String, String> episodes = new LinkedHashMap<>();
        Told.of(RandomHistory.of(seed, size))
                .of(Signal.class)
                .forEach(signal -> episodes.merge(signal.episode(), letter(signal.kind()), String::concat));
        assertThat(episodes.values()).allMatch(told -> told.matches("DE*(WE*)?(R|X|L[BX]?)?|L[BX]?"));
    }

    @Property(tries = 500)
    void everySignalAndTransitionHasItsOwnId(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        Told told = Told.of(RandomHistory.of(seed, size));
        List<String> ids = Stream.concat(
                        told.of(Signal.class).map(Signal::eventId),
                        told.of(Effect.Transition.class).map(Effect.Transition::eventId))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Told.of(RandomHistory.of(seed, size)).effects()).isEqualTo(told.effects());
    }

    @Property(tries = 500)
    void whoIsWonBackDoesNotDeclineAtOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        List<Signal> signals =
                Told.of(RandomHistory.of(seed, size)).of(Signal.class).toList();
        for (int i = 1; i < signals.size(); i++) {
            if (signals.get(i - 1).kind() == SignalKind.WIN_BACK
                    && signals.get(i).kind() == SignalKind.DECLINE
                    && signals.get(i).trigger() == Trigger.SILENCE) {
                assertThat(signals.get(i).asOf())
                        .isGreaterThan(signals.get(i - 1).asOf() + 1);
            }
        }
    }
}

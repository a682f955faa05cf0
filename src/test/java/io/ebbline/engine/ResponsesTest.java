package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Responded;
import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Exposure.Step;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Profile;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What comes of offers that are shown: told once each, at its instant, however time advances. */
class ResponsesTest {

    private static final long LIFE = 10 * DAY;
    private static final long END = day(1_000);

    private static Engine engine(EngineRules rules) {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm().published("m", 1, 0, true, ""), 0);
        return new Engine(
                rules.until(END), models, NaiveEngine.TOPIC, "churn-signals", "score-changes", (offerId, at) -> LIFE);
    }

    private static Touchpoint contact(TouchpointType type, String offerId, long at, int number) {
        return new Touchpoint(type + "/" + number, at, type, "app", null, null, null, offerId, null);
    }

    private static List<Effect> play(EngineRules rules, List<Event> events, long... steps) {
        List<Effect> effects = new ArrayList<>();
        Profile profile = new Profile();
        ListInbox inbox = ListInbox.of(events);
        for (long step : steps) {
            engine(rules).advance("anna", profile, inbox, step, step, effects::add);
        }
        return effects;
    }

    private static List<Responded> responses(List<Effect> effects) {
        return effects.stream()
                .filter(Responded.class::isInstance)
                .map(Responded.class::cast)
                .toList();
    }

    private static List<Event> random(Random random) {
        TouchpointType[] types = {
            TouchpointType.OFFER_SHOWN,
            TouchpointType.OFFER_SHOWN,
            TouchpointType.OFFER_ACCEPTED,
            TouchpointType.OFFER_REJECTED
        };
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long at = day(0) + random.nextInt(240) * DAY / 4;
            events.add(
                    random.nextInt(4) == 0
                            ? order("o" + i, at, 100)
                            : contact(types[random.nextInt(types.length)], "offer" + random.nextInt(3), at, i));
        }
        return events;
    }

    @Property(tries = 200)
    void eachThatIsShownEndsOnceAtTheEndOfItsLifeHoweverTimeAdvances(@ForAll long seed) {
        Random random = new Random(seed);
        List<Event> events = random(random);
        EngineRules rules = EngineRules.defaults().withOffers();
        List<Effect> atOnce = play(rules, events, END);
        long[] steps = new long[200];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i == steps.length - 1 ? END : day(0) + i * DAY / 2 + random.nextInt((int) (DAY / 2));
        }

        assertThat(responses(play(rules, events, steps))).isEqualTo(responses(atOnce));

        Map<Step, Integer> counts = new HashMap<>();
        for (Responded one : responses(atOnce)) {
            counts.merge(one.step(), 1, Integer::sum);
            if (one.step() == Step.ENDED) {
                assertThat(one.asOf()).isEqualTo(one.exposure().ends());
                assertThat(one.exposure().ends() - one.exposure().shown()).isEqualTo(LIFE);
            }
        }
        assertThat(counts.get(Step.ENDED)).isEqualTo(counts.get(Step.SHOWN));
        assertThat(responses(atOnce).stream()
                        .filter(one ->
                                one.step() == Step.ENDED && one.exposure().answer() == Exposure.Answer.ACCEPTED)
                        .count())
                .isEqualTo(counts.getOrDefault(Step.ACCEPTED, 0).longValue());
    }

    @Property(tries = 100)
    void whatElseIsSaidDoesNotDependOnIt(@ForAll long seed) {
        List<Event> events = random(new Random(seed));

        List<Effect> with = new ArrayList<>(play(EngineRules.defaults().withOffers(), events, END));
        with.removeIf(effect ->
                effect instanceof Responded || effect instanceof Effect.Noted || effect instanceof Effect.Bought);

        assertThat(with).isEqualTo(play(EngineRules.defaults(), events, END));
    }

    @Test
    void thePaceIsThatOfBeforeTheOffer() {
        List<Responded> told = responses(play(
                EngineRules.defaults().withOffers(),
                List.of(
                        contact(TouchpointType.OFFER_SHOWN, "none", day(0), 1),
                        order("a", day(1), 100),
                        contact(TouchpointType.OFFER_SHOWN, "same instant", day(1), 2),
                        contact(TouchpointType.OFFER_SHOWN, "one", day(2), 3),
                        order("b", day(3), 100),
                        contact(TouchpointType.OFFER_SHOWN, "two", day(4), 4),
                        order("c", day(5), 100),
                        order("d", day(6), 100),
                        contact(TouchpointType.OFFER_SHOWN, "four", day(7), 5),
                        contact(TouchpointType.OFFER_SHOWN, "a week later", day(13), 6),
                        contact(TouchpointType.OFFER_SHOWN, "a month later", day(36), 7),
                        contact(TouchpointType.OFFER_SHOWN, "long after", day(97), 8)),
                END));

        assertThat(told.stream()
                        .filter(one -> one.step() == Step.SHOWN)
                        .map(one -> one.exposure().pace()))
                .containsExactly(
                        Pace.NEVER,
                        Pace.NEVER,
                        Pace.ONCE,
                        Pace.TWICE,
                        Pace.OFTEN,
                        Pace.MONTH,
                        Pace.QUARTER,
                        Pace.LONG_AGO);
    }

    @Test
    void nothingEndsBeyondTheEndOfTheRun() {
        List<Responded> told = responses(play(
                EngineRules.defaults().withOffers(),
                List.of(contact(TouchpointType.OFFER_SHOWN, "a", END - LIFE + 1, 1)),
                Long.MAX_VALUE));

        assertThat(told).hasSize(1).allMatch(one -> one.step() == Step.SHOWN);
    }

    @Test
    void aLateAnswerIsToWhatStillWaits() {
        Profile profile = new Profile();
        Engine engine = engine(EngineRules.defaults().withOffers());
        List<Effect> effects = new ArrayList<>();
        engine.advance(
                "anna",
                profile,
                ListInbox.of(List.of(contact(TouchpointType.OFFER_SHOWN, "a", day(0), 1), order("o", day(5), 100))),
                day(6),
                day(6),
                effects::add);
        engine.late("anna", profile, contact(TouchpointType.OFFER_ACCEPTED, "a", day(3), 2), day(6), effects::add);
        engine.advance("anna", profile, ListInbox.of(List.of()), END, END, effects::add);

        assertThat(responses(effects).stream().map(Responded::step))
                .containsExactly(Step.SHOWN, Step.ACCEPTED, Step.ENDED);
        assertThat(responses(effects).stream().map(Responded::asOf)).containsExactly(day(0), day(5), day(10));
    }
}

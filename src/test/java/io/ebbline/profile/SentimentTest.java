package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.profile.Sentiment.Voice;
import io.ebbline.testing.Contacts;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Decayed voices against plain sums over the list of events. */
class SentimentTest {

    private static Sentiment counted(List<? extends Event> events, long halfLife) {
        Sentiment sentiment = new Sentiment();
        for (Event event : events) {
            if (event instanceof Touchpoint touchpoint) {
                sentiment.contact(touchpoint, halfLife, event.time());
            } else {
                sentiment.returned(event.time(), halfLife, event.time());
            }
        }
        return sentiment;
    }

    private static boolean isRated(Event event) {
        return event instanceof Touchpoint touchpoint
                && (touchpoint.type() == TouchpointType.SURVEY || touchpoint.type() == TouchpointType.REVIEW)
                && touchpoint.value() != null;
    }

    private static Predicate<Event> of(TouchpointType type) {
        return event -> event instanceof Touchpoint touchpoint && touchpoint.type() == type;
    }

    @Property(tries = 500)
    void voicesAreThePlainSums(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 400) int halfLifeDays) {
        long halfLife = halfLifeDays * DAY;
        List<Event> events = new ArrayList<>();
        for (Touchpoint contact : Contacts.of(random, day(0), count, 9 * DAY, 3)) {
            events.add(random.nextInt(5) == 0 ? Shop.back(contact.time(), 100) : contact);
        }
        long asOf = events.get(count - 1).time() + random.nextInt(90) * DAY;
        ToDoubleFunction<Event> weight = event -> Math.pow(2, -(double) (asOf - event.time()) / halfLife);
        Sentiment sentiment = counted(events, halfLife);

        double answers = sum(events, SentimentTest::isRated, weight);
        double complaints = sum(events, of(TouchpointType.COMPLAINT), weight);
        double service = sum(events, of(TouchpointType.SERVICE_CONTACT), weight);
        double returns = sum(events, Return.class::isInstance, weight);
        // Made-up values run from 0 to 5: what is below 1 is 1.
        double stars = sum(
                events,
                SentimentTest::isRated,
                event -> weight.applyAsDouble(event) * Math.max(1, ((Touchpoint) event).value()));
        assertThat(sentiment.level(Voice.COMPLAINTS, asOf)).isCloseTo(complaints, within(1e-9));
        assertThat(sentiment.level(Voice.SERVICE_CONTACTS, asOf)).isCloseTo(service, within(1e-9));
        assertThat(sentiment.level(Voice.RETURNS, asOf)).isCloseTo(returns, within(1e-9));
        assertThat(sentiment.level(Voice.REFERRALS, asOf))
                .isCloseTo(sum(events, of(TouchpointType.REFERRAL), weight), within(1e-9));
        if (answers == 0) {
            assertThat(sentiment.meanRating()).isNaN();
        } else {
            assertThat(sentiment.meanRating()).isCloseTo(stars / answers, within(1e-9));
        }
        if (answers + complaints == 0) {
            assertThat(sentiment.satisfaction()).isNaN();
        } else {
            double said = answers + complaints;
            double expected = (stars - answers) / 4 / (said + Math.min(said, returns / 2 + service / 4));
            assertThat(sentiment.satisfaction()).isCloseTo(expected, within(1e-9));
        }
    }

    private static double sum(List<Event> events, Predicate<Event> which, ToDoubleFunction<Event> weight) {
        return events.stream().filter(which).mapToDouble(weight).sum();
    }

    @Example
    void ratingsBeyondTheScaleAreItsEnds() {
        for (double[] rated :
                new double[][] {{-3, 0}, {1, 0}, {3, 0.5}, {5, 1}, {99, 1}, {Double.POSITIVE_INFINITY, 1}}) {
            Sentiment sentiment = counted(List.of(Contacts.valued(TouchpointType.SURVEY, day(0), rated[0])), DAY);
            assertThat(sentiment.satisfaction()).isEqualTo(rated[1]);
            assertThat(sentiment.meanRating()).isEqualTo(1 + 4 * rated[1]);
        }
    }

    @Example
    void anAnswerWithoutARatingSaysNothing() {
        List<Touchpoint> answers = List.of(
                touch(TouchpointType.SURVEY, day(0)), Contacts.valued(TouchpointType.REVIEW, day(1), Double.NaN));
        assertThat(counted(answers, DAY).satisfaction()).isNaN();
    }

    @Example
    void returnsAndServiceContactsSayNothingAlone() {
        List<Event> events = List.of(Shop.back(day(0), 100), touch(TouchpointType.SERVICE_CONTACT, day(1)));
        assertThat(counted(events, DAY).satisfaction()).isNaN();
    }

    @Example
    void aComplaintIsTheWorstAnswer() {
        assertThat(counted(List.of(touch(TouchpointType.COMPLAINT, day(0))), DAY)
                        .satisfaction())
                .isZero();
        List<Event> both =
                List.of(Contacts.valued(TouchpointType.SURVEY, day(0), 5), touch(TouchpointType.COMPLAINT, day(0)));
        assertThat(counted(both, DAY).satisfaction()).isEqualTo(0.5);
    }

    @Example
    void manyReturnsCountNoMoreThanWhatWasSaid() {
        List<Event> events = new ArrayList<>(List.of(Contacts.valued(TouchpointType.SURVEY, day(0), 5)));
        events.add(Shop.back(day(0), 1));
        assertThat(counted(events, DAY).satisfaction()).isEqualTo(1 / 1.5);
        for (int i = 0; i < 9; i++) {
            events.add(Shop.back(day(0), 1));
        }
        assertThat(counted(events, DAY).satisfaction()).isEqualTo(0.5);
    }
}

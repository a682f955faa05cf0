package io.ebbline.profile;

import static io.ebbline.event.TouchpointType.OFFER_ACCEPTED;
import static io.ebbline.event.TouchpointType.OFFER_REJECTED;
import static io.ebbline.event.TouchpointType.OFFER_SHOWN;
import static io.ebbline.profile.Exposure.Answer.ACCEPTED;
import static io.ebbline.profile.Exposure.Answer.NONE;
import static io.ebbline.profile.Exposure.Answer.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.profile.Exposure.Answer;
import io.ebbline.profile.Exposure.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposuresTest {

    private static final long LIFE = 100;

    private record Seen(Step step, String offerId, long shown, Answer answer) {}

    private final Exposures exposures = new Exposures();
    private final List<Seen> seen = new ArrayList<>();

    private void see(Step step, Exposure one) {
        seen.add(new Seen(step, one.offerId(), one.shown(), one.answer()));
    }

    private void contact(TouchpointType type, String offerId, long at) {
        Touchpoint contact = new Touchpoint("t" + at, at, type, "app", null, null, null, offerId, null);
        exposures.contact(contact, Pace.ONCE, (id, shown) -> LIFE, this::see);
    }

    private List<Seen> endedAt(long asOf) {
        seen.clear();
        exposures.end(asOf, this::see);
        return seen.stream().filter(one -> one.step == Step.ENDED).toList();
    }

    @Test
    void anOfferWaitsForItsLifeHoweverEarlyItIsAnswered() {
        contact(OFFER_SHOWN, "a", 0);
        contact(OFFER_SHOWN, "b", 10);
        contact(OFFER_ACCEPTED, "a", 20);

        assertThat(seen)
                .containsExactly(
                        new Seen(Step.SHOWN, "a", 0, NONE),
                        new Seen(Step.SHOWN, "b", 10, NONE),
                        new Seen(Step.ACCEPTED, "a", 0, ACCEPTED));
        assertThat(exposures.next()).isEqualTo(LIFE);
        assertThat(endedAt(99)).isEmpty();
        assertThat(endedAt(100)).containsExactly(new Seen(Step.ENDED, "a", 0, ACCEPTED));
        assertThat(endedAt(1_000)).containsExactly(new Seen(Step.ENDED, "b", 10, NONE));
        assertThat(endedAt(2_000)).isEmpty();
        assertThat(exposures.next()).isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void anAnswerAtTheLastInstantCountsAndOneAfterItIsToAnother() {
        contact(OFFER_SHOWN, "a", 0);
        contact(OFFER_ACCEPTED, "a", 100);
        assertThat(endedAt(100)).containsExactly(new Seen(Step.ENDED, "a", 0, ACCEPTED));

        contact(OFFER_ACCEPTED, "a", 101);
        assertThat(endedAt(500)).containsExactly(new Seen(Step.ENDED, "a", 101, ACCEPTED));
    }

    @Test
    void anAcceptanceStandsAndOverrulesARejection() {
        contact(OFFER_SHOWN, "a", 0);
        contact(OFFER_REJECTED, "a", 1);
        contact(OFFER_SHOWN, "b", 2);
        contact(OFFER_REJECTED, "b", 3);
        contact(OFFER_ACCEPTED, "b", 4);
        contact(OFFER_REJECTED, "b", 5);
        contact(OFFER_ACCEPTED, "b", 6);

        assertThat(seen.stream().filter(one -> one.step == Step.ACCEPTED)).hasSize(1);
        assertThat(endedAt(1_000))
                .containsExactly(new Seen(Step.ENDED, "a", 0, REJECTED), new Seen(Step.ENDED, "b", 2, ACCEPTED));
    }

    @Test
    void whatIsShownAgainIsOneAndWaitsOnWhenNothingWasSaid() {
        contact(OFFER_SHOWN, "a", 0);
        contact(OFFER_SHOWN, "a", 30);
        contact(OFFER_SHOWN, "a", 60);

        assertThat(endedAt(100)).containsExactly(new Seen(Step.ENDED, "a", 0, NONE));
        assertThat(seen).contains(new Seen(Step.SHOWN, "a", 60, NONE));
        contact(OFFER_ACCEPTED, "a", 150);
        assertThat(endedAt(160)).containsExactly(new Seen(Step.ENDED, "a", 60, ACCEPTED));
    }

    @Test
    void whatIsShownAfterAnAnswerIsAnother() {
        contact(OFFER_SHOWN, "a", 0);
        contact(OFFER_ACCEPTED, "a", 10);
        contact(OFFER_SHOWN, "a", 20);
        contact(OFFER_ACCEPTED, "a", 30);

        assertThat(endedAt(1_000))
                .containsExactly(new Seen(Step.ENDED, "a", 0, ACCEPTED), new Seen(Step.ENDED, "a", 20, ACCEPTED));
    }

    @Test
    void whatIsAcceptedUnseenWasShownJustThen() {
        contact(OFFER_ACCEPTED, "a", 5);
        assertThat(seen).containsExactly(new Seen(Step.SHOWN, "a", 5, NONE), new Seen(Step.ACCEPTED, "a", 5, ACCEPTED));

        // The display comes late, or after it at the same instant.
        contact(OFFER_SHOWN, "a", 5);
        contact(OFFER_SHOWN, "a", 4);
        assertThat(endedAt(1_000)).containsExactly(new Seen(Step.ENDED, "a", 5, ACCEPTED));
    }

    @Test
    void whatComesTooLateEndsAtOnceAndOnlyOnce() {
        contact(OFFER_SHOWN, "a", 0);
        assertThat(endedAt(500)).hasSize(1);
        contact(OFFER_SHOWN, "a", 50);
        contact(OFFER_SHOWN, "a", 60);

        assertThat(endedAt(500))
                .containsExactly(new Seen(Step.ENDED, "a", 50, NONE), new Seen(Step.ENDED, "a", 60, NONE));
        assertThat(exposures.open()).isEmpty();
    }

    @Test
    void aRejectionOfWhatWasNotShownSaysNothing() {
        contact(OFFER_REJECTED, "a", 5);
        contact(TouchpointType.VIEW, "a", 6);

        assertThat(seen).isEmpty();
        assertThat(exposures.open()).isEmpty();
    }

    @Test
    void holdsSoManyAndNoMore() {
        for (int i = 0; i < Exposures.CAPACITY + 5; i++) {
            contact(OFFER_SHOWN, "o" + i, i);
        }
        contact(OFFER_ACCEPTED, "o" + (Exposures.CAPACITY + 1), 90);

        assertThat(exposures.open()).hasSize(Exposures.CAPACITY);
        assertThat(seen).hasSize(Exposures.CAPACITY);
    }
}

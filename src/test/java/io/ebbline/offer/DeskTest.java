package io.ebbline.offer;

import static io.ebbline.offer.DeskScene.CUSTOMER;
import static io.ebbline.offer.DeskScene.DAY;
import static io.ebbline.offer.DeskScene.HOUR;
import static io.ebbline.offer.DeskScene.START;
import static io.ebbline.offer.DeskScene.TOPIC;
import static io.ebbline.offer.DeskScene.context;
import static io.ebbline.offer.DeskScene.decision;
import static io.ebbline.offer.DeskScene.ids;
import static io.ebbline.offer.DeskScene.offer;
import static io.ebbline.offer.DeskScene.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.EventIds;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.OfferPolicy.Cap;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.OfferEffect.Passed;
import io.ebbline.offer.OfferEffect.Passed.Ground;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferEffect.Withdrawn.Why;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands, what is withdrawn, and what came of it, case by case. */
class DeskTest {

    private DeskScene scene = new DeskScene(new PolicyBuilder()).products("tea.a", "tea.b", "cup.c", "cup.d");

    private static Passed passed(long asOf, Ground ground) {
        return new Passed(asOf, ground);
    }

    private static List<String> withdrawn(List<OfferEffect> said, Why why) {
        return only(Withdrawn.class, said).stream()
                .filter(one -> one.why() == why)
                .map(Withdrawn::offerId)
                .toList();
    }

    @Test
    void anOrderIsAnsweredByTheBestOfWhatIsNotOwned() {
        Decision decision = decision(scene.buys(START, "tea.a"));
        assertThat(ids(List.of(decision))).containsExactly("sku:tea.b", "sku:cup.c", "sku:cup.d");
        assertThat(decision.eventId()).isEqualTo(EventIds.of(TOPIC, CUSTOMER, "DECISION", START, 0));
        assertThat(decision.expires()).isEqualTo(START + 14 * DAY);
        assertThat(decision.modelRef()).isEqualTo("model/1");
        assertThat(decision.offersRef()).isEqualTo("policy/1");
        assertThat(decision.cause()).isEqualTo(Fact.Cause.ORDER);
        assertThat(decision.segment()).isEqualTo("segment");
        assertThat(scene.book.deadline()).isEqualTo(decision.expires());
    }

    @Test
    void aNoteAsksForNothing() {
        assertThat(scene.note(scene.purchase(START, "tea.a"))).isEmpty();
        assertThat(scene.book.shelf().get("tea.a")).isNotNull();
    }

    /** Who turns out to be somebody else owns what they own. */
    @Test
    void whatIsOwnedFromNowOnIsNotOffered() {
        scene.buys(START, "cup.c");
        Shelf shelf = new Shelf();
        shelf.put(scene.purchase(START, "tea.a", "tea.b"), true);
        scene.fact(new Fact(START + DAY, null, Fact.Cause.NOTE, scene.context, shelf));
        assertThat(ids(List.of(decision(scene.asks(START + 2 * DAY, Fact.Cause.STAGE)))))
                .containsExactlyInAnyOrder("sku:cup.c", "sku:cup.d");
        assertThat(scene.book.shelf().orders()).isEqualTo(1);
    }

    @Test
    void nothingLeftToOfferIsPassed() {
        assertThat(scene.buys(START, "tea.a", "tea.b", "cup.c", "cup.d"))
                .containsExactly(passed(START, Ground.NOTHING));
    }

    @Test
    void whatIsBoughtMeanwhileIsWithdrawnOnceAndCountsAsBought() {
        Decision decision = decision(scene.asks(START, Fact.Cause.STAGE));
        List<OfferEffect> said = scene.note(scene.purchase(START + 1, "tea.b", "cup.d"));
        assertThat(said)
                .containsExactly(new Withdrawn(
                        EventIds.of(TOPIC, CUSTOMER, "WITHDRAWN", START + 1, 0),
                        START + 1,
                        decision.eventId(),
                        "sku:tea.b",
                        Kind.EXPLORE,
                        Why.BOUGHT));
        assertThat(scene.note(scene.purchase(START + 2, "tea.b"))).isEmpty();
        List<Outcome> outcomes = only(Outcome.class, scene.deadline(decision.expires()));
        assertThat(outcomes).extracting(Outcome::offerId).containsExactly("sku:tea.a", "sku:tea.b", "sku:cup.c");
        assertThat(outcomes).extracting(Outcome::bought).containsExactly(false, true, false);
        assertThat(outcomes).extracting(Outcome::rank).containsExactly(1, 2, 3);
        assertThat(outcomes).extracting(Outcome::asOf).containsOnly(decision.expires());
        assertThat(scene.book.deadline()).isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void whatIsBoughtAtTheInstantAtWhichItExpiresIsTooLate() {
        long expires = decision(scene.asks(START, Fact.Cause.STAGE)).expires();
        assertThat(scene.note(scene.purchase(expires, "tea.a"))).isEmpty();
        assertThat(only(Outcome.class, scene.deadline(expires)))
                .hasSize(3)
                .extracting(Outcome::bought)
                .containsOnly(false);
    }

    @Test
    void aLaterDecisionTakesThePlaceOfTheOneThatStands() {
        Decision first = decision(scene.asks(START, Fact.Cause.STAGE));
        List<OfferEffect> said = scene.buys(START + DAY, "tea.a");
        assertThat(withdrawn(said, Why.BOUGHT)).containsExactly("sku:tea.a");
        assertThat(only(Withdrawn.class, said)).hasSize(1);
        assertThat(first.replaces()).isNull();
        assertThat(decision(said).replaces()).isEqualTo(first.eventId());
        assertThat(decision(said).eventId()).isEqualTo(EventIds.of(TOPIC, CUSTOMER, "DECISION", START + DAY, 1));
        assertThat(only(Outcome.class, scene.deadline(first.expires()))).hasSize(3);
        assertThat(only(Outcome.class, scene.deadline(first.expires() + DAY))).hasSize(3);
    }

    @Test
    void whatHasExpiredIsNotReplaced() {
        Decision first = decision(scene.asks(START, Fact.Cause.STAGE));
        assertThat(decision(scene.asks(first.expires(), Fact.Cause.STAGE)).replaces())
                .isNull();
    }

    /** Another salt has put the customer into the holdout group: nobody was told of anything newer. */
    @Test
    void whatWasToldStandsUntilSomethingElseIsTold() {
        Decision first = decision(scene.asks(START, Fact.Cause.STAGE));
        scene.models.add(
                new PolicyBuilder()
                        .version(2)
                        .holdout(.5)
                        .salt(saltOf(true))
                        .from(START + 1)
                        .build(),
                0);
        assertThat(scene.asks(START + DAY, Fact.Cause.STAGE)).containsExactly(passed(START + DAY, Ground.HELD_OUT));
        assertThat(withdrawn(scene.note(scene.purchase(START + 2 * DAY, "tea.b")), Why.BOUGHT))
                .containsExactly("sku:tea.b");
        scene.models.add(
                new PolicyBuilder()
                        .version(3)
                        .holdout(.5)
                        .salt(saltOf(false))
                        .from(START + 3 * DAY)
                        .build(),
                0);
        assertThat(decision(scene.asks(START + 3 * DAY, Fact.Cause.STAGE)).replaces())
                .isEqualTo(first.eventId());
    }

    private static String saltOf(boolean heldOut) {
        String salt = "salt";
        while (Desk.isHeldOut(
                        CUSTOMER, new PolicyBuilder().holdout(.5).salt(salt).build())
                != heldOut) {
            salt += "y";
        }
        return salt;
    }

    @Test
    void whatComesBackIsWithdrawn() {
        scene.replenishable.add("tea.a");
        scene.buys(START, "tea.a");
        assertThat(withdrawn(scene.note(scene.goods(START + DAY, "tea.a")), Why.RETURNED))
                .containsExactly("sku:tea.a");
    }

    @Test
    void withTheConsentAllGoesThatStands() {
        scene.context = context(Stage.GROWTH, "email", .5);
        scene.asks(START, Fact.Cause.STAGE);
        assertThat(scene.touches(TouchpointType.UNSUBSCRIBE, START + 1, "sms", null, null))
                .isEmpty();
        assertThat(withdrawn(
                        scene.touches(TouchpointType.CONSENT, START + 2, "email", null, 0.0), Why.CONSENT_WITHDRAWN))
                .hasSize(3);
        assertThat(scene.asks(START + DAY, Fact.Cause.STAGE)).containsExactly(passed(START + DAY, Ground.NO_CONSENT));
        scene.touches(TouchpointType.CONSENT, START + 2 * DAY, "app", null, 1.0);
        assertThat(decision(scene.asks(START + 3 * DAY, Fact.Cause.STAGE)).channel())
                .isEqualTo("app");
    }

    @Test
    void whatIsRejectedIsWithdrawnAndNotOfferedForAsLongAsThePolicySays() {
        scene = new DeskScene(new PolicyBuilder().rejection(30 * DAY)).products("tea.a", "tea.b", "cup.c", "cup.d");
        scene.asks(START, Fact.Cause.STAGE);
        assertThat(withdrawn(
                        scene.touches(TouchpointType.OFFER_REJECTED, START + 1, null, "sku:tea.b", null), Why.REJECTED))
                .containsExactly("sku:tea.b");
        Decision second = decision(scene.asks(START + 30 * DAY, Fact.Cause.STAGE));
        assertThat(ids(List.of(second))).containsExactly("sku:tea.a", "sku:cup.c", "sku:cup.d");
        assertThat(second.refused())
                .containsExactly(new OfferEffect.Refused("sku:tea.b", OfferEffect.Refusal.REJECTED));
        assertThat(ids(scene.asks(START + 30 * DAY + 1, Fact.Cause.STAGE)))
                .containsExactly("sku:tea.a", "sku:tea.b", "sku:cup.c");
    }

    @Test
    void withTheOfferOfAProductTheProductIsRejected() {
        scene = new DeskScene(new PolicyBuilder().rejection(30 * DAY))
                .products("tea.a", "tea.b")
                .offers(offer("half", "tea.a", null));
        scene.touches(TouchpointType.OFFER_SHOWN, START, null, "half", null);
        List<String> first = ids(scene.asks(START + 1, Fact.Cause.STAGE));
        assertThat(first).containsExactly("half", "sku:tea.b");
        assertThat(withdrawn(scene.touches(TouchpointType.OFFER_REJECTED, START + 2, null, "half", null), Why.REJECTED))
                .containsExactly("half");
        assertThat(ids(scene.asks(START + DAY, Fact.Cause.STAGE))).containsExactly("sku:tea.b");
    }

    @Test
    void outcomesSayWhatWasShownAcceptedAndRejected() {
        scene.asks(START, Fact.Cause.STAGE);
        scene.touches(TouchpointType.OFFER_SHOWN, START + 1, "app", "sku:tea.a", null);
        scene.touches(TouchpointType.OFFER_SHOWN, START + 1, "app", "sku:tea.b", null);
        scene.touches(TouchpointType.OFFER_ACCEPTED, START + 2, "app", "sku:tea.b", null);
        scene.touches(TouchpointType.OFFER_REJECTED, START + 3, "app", "sku:cup.c", null);
        List<Outcome> outcomes = only(Outcome.class, scene.deadline(START + 100 * DAY));
        assertThat(outcomes).extracting(Outcome::shown).containsExactly(true, true, false);
        assertThat(outcomes).extracting(Outcome::accepted).containsExactly(false, true, false);
        assertThat(outcomes).extracting(Outcome::rejected).containsExactly(false, false, true);
        assertThat(outcomes).extracting(Outcome::asOf).containsOnly(START + 14 * DAY);
        assertThat(outcomes.get(0).propensity()).isBetween(.2, .3);
    }

    @Test
    void whoIsForgottenIsOfferedNothingAnyMore() {
        scene.buys(START, "tea.a");
        List<OfferEffect> said = scene.asks(START + DAY, Fact.Cause.FORGOTTEN);
        assertThat(withdrawn(said, Why.FORGOTTEN)).hasSize(3);
        assertThat(only(Outcome.class, said))
                .hasSize(3)
                .extracting(Outcome::asOf)
                .containsOnly(START + DAY);
        assertThat(scene.book.isEmpty()).isTrue();
        assertThat(scene.book.deadline()).isEqualTo(Profile.NO_DEADLINE);
        assertThat(scene.book.shelf().items()).isEmpty();
        assertThat(scene.deadline(START + 1_000 * DAY)).isEmpty();
    }

    @Test
    void theHoldoutGroupIsOfferedNothingAndItsOutcomesAreChecked() {
        scene = new DeskScene(new PolicyBuilder().holdout(.5).caps(new Cap(null, 1, 10 * DAY)))
                .products("tea.a", "tea.b");
        String out = "held out";
        int heldOut = 0;
        for (int i = 0; i < 1_000; i++) {
            boolean held =
                    Desk.isHeldOut("c" + i, new PolicyBuilder().holdout(.5).build());
            heldOut += held ? 1 : 0;
            out = held ? "c" + i : out;
        }
        assertThat(heldOut).isBetween(450, 550);
        Fact asks = new Fact(START, null, Fact.Cause.STAGE, scene.context);
        assertThat(scene.fact(out, asks)).containsExactly(passed(START, Ground.HELD_OUT));
        Fact buys = new Fact(START + 1, scene.purchase(START + 1, "tea.a"), Fact.Cause.ORDER, scene.context);
        assertThat(scene.fact(out, buys)).containsExactly(passed(START + 1, Ground.CAPPED));
        List<Outcome> outcomes = only(Outcome.class, scene.deadline(START + 14 * DAY));
        assertThat(outcomes).extracting(Outcome::heldOut).containsExactly(true, true);
        assertThat(outcomes).extracting(Outcome::bought).containsExactly(true, false);
    }

    @Test
    void whoHasBeenContactedEnoughCostsNoRanking() {
        scene = new DeskScene(new PolicyBuilder().caps(new Cap(null, 2, 7 * DAY))).products("tea.a", "tea.b");
        scene.asks(START, Fact.Cause.STAGE);
        scene.asks(START + 1, Fact.Cause.STAGE);
        int rankings = scene.rankings;
        assertThat(scene.asks(START + 7 * DAY - 1, Fact.Cause.STAGE))
                .containsExactly(passed(START + 7 * DAY - 1, Ground.CAPPED));
        assertThat(scene.rankings).isEqualTo(rankings);
        assertThat(ids(scene.asks(START + 7 * DAY, Fact.Cause.STAGE))).isNotEmpty();
    }

    @Test
    void aCappedChannelLeavesTheOthersOpen() {
        scene = new DeskScene(new PolicyBuilder().caps(new Cap("email", 1, 7 * DAY))).products("tea.a", "tea.b");
        scene.context = context(Stage.GROWTH, "email", .5);
        scene.touches(TouchpointType.CONSENT, START, "app", null, null);
        assertThat(decision(scene.asks(START, Fact.Cause.STAGE)).channel()).isEqualTo("email");
        assertThat(decision(scene.asks(START + 1, Fact.Cause.STAGE)).channel()).isEqualTo("app");
    }

    @Test
    void capsHoldForWhenItIsSentNotForWhenItIsDecided() {
        scene = new DeskScene(new PolicyBuilder().caps(new Cap(null, 1, DAY)).quiet(21, 8)).products("tea.a", "tea.b");
        Decision first = decision(scene.asks(START + 22 * HOUR, Fact.Cause.STAGE));
        assertThat(first.sendFrom()).isEqualTo(START + 32 * HOUR);
        assertThat(scene.asks(START + 46 * HOUR + 1, Fact.Cause.STAGE)).hasAtLeastOneElementOfType(Decision.class);
        assertThat(scene.asks(START + 56 * HOUR, Fact.Cause.STAGE))
                .containsExactly(passed(START + 56 * HOUR, Ground.CAPPED));
    }

    @Test
    void showsCountInPlaceOfDecisionsWhereTheChannelReportsThem() {
        scene = new DeskScene(new PolicyBuilder().life(DAY).caps(new Cap("app", 1, 7 * DAY)))
                .products("tea.a", "tea.b");
        scene.context = context(Stage.GROWTH, "app", .5);
        scene.touches(TouchpointType.OFFER_SHOWN, START - 8 * DAY, "app", "something", null);
        scene.asks(START, Fact.Cause.STAGE);
        assertThat(scene.asks(START + 1, Fact.Cause.STAGE)).containsExactly(passed(START + 1, Ground.CAPPED));
        // It expired and was not shown.
        Decision second = decision(scene.asks(START + 2 * DAY, Fact.Cause.STAGE));
        scene.touches(TouchpointType.OFFER_SHOWN, START + 2 * DAY + 5, "app", "sku:tea.a", null);
        assertThat(second.expires()).isEqualTo(START + 3 * DAY);
        assertThat(scene.asks(START + 9 * DAY + 4, Fact.Cause.STAGE))
                .contains(passed(START + 9 * DAY + 4, Ground.CAPPED));
        assertThat(ids(scene.asks(START + 9 * DAY + 5, Fact.Cause.STAGE))).isNotEmpty();
    }

    @Test
    void aNeedAsksForAnOfferAtItsInstant() {
        scene.needs = (shelf, market, asOf) -> asOf < START + 30 * DAY ? START + 30 * DAY : Profile.NO_DEADLINE;
        scene.buys(START, "tea.a");
        assertThat(scene.deadline(START + 30 * DAY - 1)).hasOnlyElementsOfType(Outcome.class);
        assertThat(scene.book.deadline()).isEqualTo(START + 30 * DAY);
        Decision decision = decision(scene.deadline(START + 31 * DAY));
        assertThat(decision.asOf()).isEqualTo(START + 30 * DAY);
        assertThat(decision.cause()).isEqualTo(Fact.Cause.NEED);
        assertThat(scene.book.deadline()).isEqualTo(decision.expires());
    }

    @Test
    void nothingIsDoneBeyondTheEndOfTheRun() {
        scene.until = START + 14 * DAY - 1;
        scene.buys(START, "tea.a");
        assertThat(scene.deadline(Long.MAX_VALUE)).isEmpty();
        assertThat(scene.book.deadline()).isEqualTo(START + 14 * DAY);
    }

    @Test
    void aLateFactIsTakenAtTheCustomersLatestInstant() {
        Decision decision = decision(scene.asks(START, Fact.Cause.STAGE));
        List<OfferEffect> said = scene.fact(
                new Fact(START - DAY, scene.purchase(START - DAY, "tea.a"), Fact.Cause.ORDER, scene.context));
        assertThat(said).extracting(OfferEffect::asOf).containsOnly(START);
        assertThat(withdrawn(said, Why.BOUGHT)).containsExactly("sku:tea.a");
        assertThat(decision(said).eventId()).isNotEqualTo(decision.eventId());
        // It was bought before it was offered.
        assertThat(only(Outcome.class, scene.deadline(START + 14 * DAY)))
                .extracting(Outcome::bought)
                .containsOnly(false);
    }
}

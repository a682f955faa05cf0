package io.ebbline.score;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.back;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.testing.Contacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Satisfaction, relationship quality and loyalty. Events at one instant, so that nothing has faded there. */
class BondScoresTest {

    private static final ScoringModel MODEL = ScoringModel.shipped();

    private static ScoreValue value(Score score, Event... events) {
        return score.evaluate(profile(events), MODEL, day(0));
    }

    private static void mustBeUnknown(ScoreValue value, ReasonCode why) {
        assertThat(value.value()).isNaN();
        assertThat(value.label()).isNull();
        assertThat(value.reasons()).containsExactly(Reason.of(why, 0));
    }

    @Test
    void satisfactionPutsOneToFiveOntoNothingToAHundred() {
        assertThat(value(new Satisfaction(), Contacts.valued(TouchpointType.SURVEY, day(0), 4)))
                .isEqualTo(new ScoreValue("satisfaction", 75, List.of(Reason.of(ReasonCode.RATING, 4))));
    }

    @Test
    void satisfactionNamesWhatLowersIt() {
        ScoreValue value = value(
                new Satisfaction(),
                Contacts.valued(TouchpointType.REVIEW, day(0), 5),
                touch(TouchpointType.COMPLAINT, day(0)),
                touch(TouchpointType.SERVICE_CONTACT, day(0)),
                back(day(0), 100));
        assertThat(value.value()).isCloseTo(100 * 1 / (2 + 0.5 + 0.25), within(1e-9));
        assertThat(value.reasons())
                .containsExactly(
                        Reason.of(ReasonCode.RATING, 5),
                        Reason.of(ReasonCode.COMPLAINTS, 1),
                        Reason.of(ReasonCode.RETURNS, 1),
                        Reason.of(ReasonCode.SERVICE_CONTACTS, 1));
    }

    @Test
    void aComplaintAloneIsKnownDissatisfaction() {
        assertThat(value(new Satisfaction(), touch(TouchpointType.COMPLAINT, day(0))))
                .isEqualTo(new ScoreValue("satisfaction", 0, List.of(Reason.of(ReasonCode.COMPLAINTS, 1))));
    }

    @Test
    void nobodyIsSatisfiedUnasked() {
        mustBeUnknown(value(new Satisfaction(), order("a", day(0), 100)), ReasonCode.NO_SURVEY);
        mustBeUnknown(value(new Satisfaction(), back(day(0), 100)), ReasonCode.NO_SURVEY);
    }

    /** 25 responses are half of e, a referral half of a; three orders are half of coming back. */
    @Test
    void relationshipQualityIsTheMeanOfSatisfactionAndTrust() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(order("o" + i, day(0), 1_000));
        }
        events.add(back(day(0), 600));
        for (int i = 0; i < 24; i++) {
            events.add(touch(TouchpointType.VIEW, day(0)));
        }
        events.add(touch(TouchpointType.REFERRAL, day(0)));
        ScoreValue trusted = value(new RelationshipQuality(), events.toArray(Event[]::new));
        double trust = 100 * (0.75 + 0.5 + 0.8) / 3;
        assertThat(trusted.value()).isCloseTo(trust, within(1e-9));
        assertThat(trusted.reasons())
                .extracting(Reason::code)
                .containsExactly(ReasonCode.NO_SURVEY, ReasonCode.TRUST, ReasonCode.REFERRALS, ReasonCode.KEPT_SHARE);
        assertThat(trusted.reasons().get(1).value()).isCloseTo(trust, within(1e-9));
        assertThat(trusted.reasons().get(2).value()).isEqualTo(1);
        assertThat(trusted.reasons().get(3).value()).isCloseTo(0.8, within(1e-12));

        events.set(3, Contacts.valued(TouchpointType.SURVEY, day(0), 4)); // no return, and one response more
        double more = 100 * (1 - 25.0 / 51 / 2 + 0.5 + 1) / 3;
        ScoreValue quality = value(new RelationshipQuality(), events.toArray(Event[]::new));
        assertThat(quality.value()).isCloseTo((75 + more) / 2, within(1e-9));
        assertThat(quality.reasons().get(0)).isEqualTo(Reason.of(ReasonCode.SATISFACTION, 75));
    }

    @Test
    void aRelationshipTakesAnOrderAndAContact() {
        mustBeUnknown(value(new RelationshipQuality(), touch(TouchpointType.VIEW, day(0))), ReasonCode.NO_ORDER);
        mustBeUnknown(value(new RelationshipQuality(), order("a", day(0), 1)), ReasonCode.NO_CONTACT);
    }

    @Test
    void whoGaveBackMoreThanTheyBoughtKeepsNothing() {
        ScoreValue value = value(
                new RelationshipQuality(),
                order("a", day(0), 100),
                back(day(0), 500),
                touch(TouchpointType.IMPRESSION, day(0)));
        assertThat(value.reasons().get(3)).isEqualTo(Reason.of(ReasonCode.KEPT_SHARE, 0));
        assertThat(value.value()).isCloseTo(100 * (0 + 0.25 + 0) / 3, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, false, NONE",
        "3, 0, true, LATENT",
        "3, 10, false, PRICE",
        "3, 10, true, PRICE",
        "4, 10, false, INCENTIVE",
        "4, 10, true, INCENTIVE",
        "4, 0, false, INERTIA",
        "4, 0, true, PREMIUM",
    })
    void attachmentRepeatsAndDealsMakeTheLoyalty(int orders, long off, boolean attached, String kind) {
        ScoreValue value = value(new LoyaltyType(), life(orders, off, attached));
        assertThat(value.label()).isEqualTo(kind);
        assertThat(value.value())
                .isEqualTo(List.of("NONE", "PRICE", "LATENT", "INCENTIVE", "INERTIA", "PREMIUM")
                        .indexOf(kind));
        assertThat(value.reasons().get(1)).isEqualTo(new Reason(ReasonCode.KEPT_ORDERS, orders, 3));
        assertThat(value.reasons().get(2)).isEqualTo(new Reason(ReasonCode.DEAL_SHARE, off == 0 ? 0 : 1, 0.5));
        assertThat(value.reasons().get(0).reference()).isEqualTo(0.5);
    }

    @Test
    void attachmentIsTheMeanOfTurningToTheShopAndSatisfaction() {
        Event[] events = life(4, 0, true); // 26 responses
        assertThat(value(new LoyaltyType(), events).reasons().get(0).value()).isCloseTo(26 / 51.0, within(1e-12));
        List<Event> rated = new ArrayList<>(List.of(events));
        rated.add(Contacts.valued(TouchpointType.SURVEY, day(0), 2));
        ScoreValue value = value(new LoyaltyType(), rated.toArray(Event[]::new));
        assertThat(value.reasons().get(0).value()).isCloseTo((27 / 52.0 + 0.25) / 2, within(1e-12));
        assertThat(value.label()).isEqualTo("INERTIA");
    }

    @Test
    void attachmentFadesWithTheContacts() {
        Profile profile = profile(life(4, 0, true));
        assertThat(new LoyaltyType()
                        .evaluate(profile, MODEL, day(0) + 91 * DAY)
                        .reasons()
                        .get(0)
                        .value())
                .isCloseTo(13.0 / 38, within(1e-12));
    }

    @Test
    void whereDiscountsAreUnknownLoyaltySaysSo() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            events.add(order("o" + i, day(0), 100));
        }
        events.add(touch(TouchpointType.IMPRESSION, day(0)));
        ScoreValue value = value(new LoyaltyType(), events.toArray(Event[]::new));
        assertThat(value.label()).isEqualTo("INERTIA");
        assertThat(value.reasons().get(2)).isEqualTo(Reason.of(ReasonCode.NO_DISCOUNT_KNOWN, 0));
    }

    @Test
    void loyaltyTakesASecondOrderAndAContact() {
        mustBeUnknown(value(new LoyaltyType(), touch(TouchpointType.VIEW, day(0))), ReasonCode.NO_ORDER);
        mustBeUnknown(
                value(new LoyaltyType(), order("a", day(0), 1), touch(TouchpointType.VIEW, day(0))),
                ReasonCode.ONE_ORDER);
        mustBeUnknown(value(new LoyaltyType(), order("a", day(0), 1), order("b", day(0), 1)), ReasonCode.NO_CONTACT);
    }

    /** Orders with a discount in cents, and an impression, or 26 responses. */
    private static Event[] life(int orders, long off, boolean attached) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            Line line = new Line("sku", null, 10_000, 10_000, null);
            events.add(new Purchase("o" + i, day(0), "o" + i, "GBP", null, 100 * off, List.of(line), 100));
        }
        for (int i = 0; i < 26; i++) {
            events.add(touch(attached ? TouchpointType.VIEW : TouchpointType.IMPRESSION, day(0)));
        }
        return events.toArray(Event[]::new);
    }
}

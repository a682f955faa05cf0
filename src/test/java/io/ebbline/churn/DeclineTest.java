package io.ebbline.churn;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.partBack;
import static io.ebbline.testing.Shop.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.TouchpointType;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each sign of decline, alone, at its exact instant, with its reason. */
class DeclineTest {

    private static final double NEVER_LOW = 1e-9;
    private static final double NEVER_SLOW = 1e9;
    private static final double NEVER_LESS = 1e-9;

    /** Low below a chance, or half the customer's own; severe below half of that; a negative event counts 30 days. */
    private static ScoringModel model(double low, double alarm, double fall) {
        return Shop.under(new ChurnRules(low, 0.5, 0.5, 0.5, 1e-9, 0, 0, 0.5, alarm, fall, 5, 30 * DAY, 30 * DAY, 2));
    }

    /** Three orders, ten days apart: P(buy) by MBG/NBD and by the decayed count, as ALGORITHMS has them. */
    private static Profile regular() {
        return Shop.profile(order("a", day(0), 1_000), order("b", day(10), 1_000), order("c", day(20), 1_000));
    }

    private static double chance(double silence) {
        double n = .6371 + 2;
        double alive = 1 / (1 + .8075 / (1.2284 + 2) * Math.pow((51.17 + 20 + silence) / (51.17 + 20), n));
        double mbg = alive * (1 - Math.pow((51.17 + 20 + silence) / (51.17 + 20 + silence + 182), n));
        double count = (1 + Math.exp(-.00934 * 10)) * Math.exp(-.00934 * silence);
        double exposure = (1 - Math.exp(-.00934 * (20 + silence))) / .00934;
        double decayed = 1 - Math.pow((139.1 + exposure) / (139.1 + exposure + 182), .279 + count);
        return (mbg + decayed) / 2;
    }

    /** The silence in days, to the millisecond, after which the chance is below a level. */
    private static long lowFrom(double level) {
        long above = 0;
        long below = 3_650 * DAY;
        while (below - above > 1) {
            long middle = (above + below) / 2;
            if (chance((double) middle / DAY) < level) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return day(20) + below;
    }

    /** A sign comes at that instant or a millisecond beside it, as rounding has it, and {@code appears} knows when. */
    private static long comesAt(int sign, Profile profile, ScoringModel model, long expected) {
        long at = Decline.appears(sign, profile, model, day(20), Profile.NO_DEADLINE);
        assertThat(at).isBetween(expected - 1, expected + 1);
        assertThat(Decline.signs(profile, model, at) & sign).isEqualTo(sign);
        assertThat(Decline.signs(profile, model, at - 1) & sign).isZero();
        return at;
    }

    @Test
    void aLowChance() {
        ScoringModel model = model(0.4, NEVER_SLOW, NEVER_LESS);
        Profile profile = regular();
        long at = comesAt(Decline.LOW, profile, model, lowFrom(Math.min(0.4, 0.5 * chance(0))));
        assertThat(Decline.signs(profile, model, at)).isEqualTo(Decline.LOW);
        assertThat(Decline.signs(profile, model, at - 1)).isZero();
        List<Reason> reasons = Decline.reasons(Decline.LOW, profile, model, at);
        assertThat(reasons).extracting(Reason::code).containsExactly(ReasonCode.LOW_REPURCHASE, ReasonCode.OVERDUE);
        assertThat(reasons.get(0).value()).isCloseTo(reasons.get(0).reference(), within(1e-8));
        assertThat(reasons.get(0).reference()).isCloseTo(Math.min(0.4, 0.5 * chance(0)), within(1e-12));
    }

    @Test
    void aSeverelyLowChance() {
        ScoringModel model = model(0.4, NEVER_SLOW, NEVER_LESS);
        Profile profile = regular();
        long at = comesAt(Decline.SEVERE, profile, model, lowFrom(0.5 * Math.min(0.4, 0.5 * chance(0))));
        assertThat(Decline.signs(profile, model, at)).isEqualTo(Decline.LOW | Decline.SEVERE);
        assertThat(Decline.signs(profile, model, at - 1)).isEqualTo(Decline.LOW);
    }

    @Test
    void theChanceOfLastResortMeansDeparture() {
        ScoringModel model =
                Shop.under(new ChurnRules(0.4, 0.5, 0.5, 0.5, 0.15, 0, 0, 0.5, NEVER_SLOW, NEVER_LESS, 5, 0, 0, 2));
        Profile profile = regular();
        long at = Decline.falls(0.15, profile, model, day(20), Profile.NO_DEADLINE);
        assertThat(at).isBetween(lowFrom(0.15) - 1, lowFrom(0.15) + 1);
        assertThat(Decline.gone(profile, model, at)).isTrue();
        assertThat(Decline.gone(profile, model, at - 1)).isFalse();
    }

    @Test
    void beyondTheLookAheadNothingAppears() {
        ScoringModel model = model(0.4, NEVER_SLOW, NEVER_LESS);
        Profile profile = regular();
        long at = Decline.appears(Decline.LOW, profile, model, day(20), Profile.NO_DEADLINE);
        assertThat(Decline.appears(Decline.LOW, profile, model, day(20), at - 1))
                .isEqualTo(Profile.NO_DEADLINE);
        assertThat(Decline.appears(Decline.LOW, profile, model, day(20), at)).isEqualTo(at);
    }

    /** After the third order the sum is 0 and grows by half the rate, (r + 2) / (alpha + 20 days). */
    /** Parameters at the edge of what doubles hold can take a threshold to 0. */
    @Test
    void noChanceIsBelowNothing() {
        ScoringModel model = model(NEVER_LOW, NEVER_SLOW, NEVER_LESS);
        assertThat(Decline.falls(0, regular(), model, day(21), Profile.NO_DEADLINE))
                .isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void aSlowdown() {
        ScoringModel model = model(NEVER_LOW, 1, NEVER_LESS);
        Profile profile = regular();
        double days = 1 / (0.5 * (.6371 + 2) / (51.17 + 20));
        long at = comesAt(Decline.SLOW, profile, model, day(20 + days));
        assertThat(Decline.signs(profile, model, at)).isEqualTo(Decline.SLOW);
        assertThat(Decline.signs(profile, model, at - 1)).isZero();
        List<Reason> reasons = Decline.reasons(Decline.SLOW, profile, model, day(80));
        assertThat(reasons.get(0).code()).isEqualTo(ReasonCode.FREQUENCY_FALL);
        assertThat(reasons.get(0).value()).isCloseTo(60 / days, within(1e-9));
        assertThat(reasons.get(0).reference()).isEqualTo(1);
        assertThat(reasons.get(1)).isEqualTo(new Reason(ReasonCode.OVERDUE, 60, 10));
    }

    /** The ratio is (fast / 21) / (slow / 91) of the sums and falls by the difference of the decays. */
    @Test
    void aFallOfSpend() {
        ScoringModel model = model(NEVER_LOW, NEVER_SLOW, 0.5);
        Profile profile = regular();
        double fast = 1 + Math.pow(2, -10.0 / 21) + Math.pow(2, -20.0 / 21);
        double slow = 1 + Math.pow(2, -10.0 / 91) + Math.pow(2, -20.0 / 91);
        double ratio = fast / 21 / (slow / 91);
        double days = Math.log(ratio / 0.5) / (Math.log(2) / 21 - Math.log(2) / 91);
        long at = fallOf(Decline.SPEND, profile, model, day(20 + days));
        List<Reason> reasons = Decline.reasons(Decline.SPEND, profile, model, at);
        assertThat(reasons).extracting(Reason::code).containsExactly(ReasonCode.OVERDUE, ReasonCode.SPEND_FALL);
        assertThat(reasons.get(1).value()).isCloseTo(0.5, within(1e-6));
        assertThat(reasons.get(1).reference()).isEqualTo(0.5);
    }

    @Test
    void aFallOfEngagementTakesFiveContacts() {
        ScoringModel model = model(NEVER_LOW, NEVER_SLOW, 0.5);
        Profile profile = Shop.profile(order("a", day(0), 1_000));
        for (int i = 1; i <= 4; i++) {
            Shop.apply(profile, touch(TouchpointType.CLICK, day(i)));
        }
        assertThat(Decline.signs(profile, model, day(5_000))).isZero();
        Shop.apply(profile, touch(TouchpointType.CLICK, day(5)));
        double fast = 0;
        double slow = 0;
        for (int age = 0; age < 5; age++) {
            fast += Math.pow(2, -age / 21.0);
            slow += Math.pow(2, -age / 91.0);
        }
        double days = Math.log(fast / 21 / (slow / 91) / 0.5) / (Math.log(2) / 21 - Math.log(2) / 91);
        long at = fallOf(Decline.ENGAGEMENT, profile, model, day(5 + days));
        Reason reason = Decline.reasons(Decline.ENGAGEMENT, profile, model, at).get(0);
        assertThat(reason.code()).isEqualTo(ReasonCode.ENGAGEMENT_FALL);
        assertThat(reason.value()).isCloseTo(0.5, within(1e-6));
    }

    private static long fallOf(int sign, Profile profile, ScoringModel model, long expected) {
        long at = expected - 2;
        while (Decline.signs(profile, model, at) == 0 && at <= expected + 2) {
            at++;
        }
        assertThat(at).isBetween(expected - 1, expected + 2);
        assertThat(Decline.signs(profile, model, at)).isEqualTo(sign);
        return at;
    }

    @Test
    void aNegativeEventForThirtyDays() {
        ScoringModel model = model(NEVER_LOW, NEVER_SLOW, NEVER_LESS);
        Profile profile = regular();
        Shop.apply(profile, touch(TouchpointType.COMPLAINT, day(25)));
        assertThat(Decline.signs(profile, model, day(25))).isEqualTo(Decline.NEGATIVE);
        assertThat(Decline.signs(profile, model, day(55) - 1)).isEqualTo(Decline.NEGATIVE);
        assertThat(Decline.signs(profile, model, day(55))).isZero();
        assertThat(Decline.negativeEnds(profile, model)).isEqualTo(day(55));
        assertThat(Decline.reasons(Decline.NEGATIVE, profile, model, day(28)))
                .containsExactly(new Reason(ReasonCode.NEGATIVE, 3, 30, "COMPLAINT"));
    }

    @Test
    void threeReturnsAreANegativeEvent() {
        ScoringModel model = model(NEVER_LOW, NEVER_SLOW, NEVER_LESS);
        Profile profile = regular();
        for (String id : List.of("a", "b", "c")) {
            Shop.apply(profile, partBack(id, day(22), 10));
        }
        assertThat(Decline.signs(profile, model, day(22))).isEqualTo(Decline.NEGATIVE);
    }

    @Test
    void twoOrdersAreNoRhythmThatCouldSlowDownNorAUsualSpend() {
        ScoringModel model = model(NEVER_LOW, 1, 0.5);
        Profile profile = Shop.profile(order("a", day(0), 1_000), order("b", day(10), 1_000));
        assertThat(Decline.signs(profile, model, day(5_000))).isZero();
        assertThat(Decline.appears(Decline.SLOW, profile, model, day(10), Profile.NO_DEADLINE))
                .isEqualTo(Profile.NO_DEADLINE);
        assertThat(Decline.pairs(profile, model, day(10))).isEqualTo(Profile.NO_DEADLINE);
    }

    @ParameterizedTest
    @CsvSource({
        "0,false",
        "1,true",
        "2,true",
        "4,false",
        "8,false",
        "16,false",
        "12,true",
        "20,true",
        "24,true",
        "28,true",
        "32,false",
        "5,true",
        "36,false"
    })
    void aTellingSignOrTwoLesserOnesAreDecline(int signs, boolean declines) {
        assertThat(Decline.declines(signs)).isEqualTo(declines);
    }

    @Test
    void aPairComesWithTheFirstFallIfANegativeEventStillCountsElseWithTheSecond() {
        ScoringModel model = model(NEVER_LOW, NEVER_SLOW, 0.5);
        Profile profile = regular();
        for (int i = 30; i < 35; i++) {
            Shop.apply(profile, touch(TouchpointType.CLICK, day(i)));
        }
        long spend = profile.spend().fallsBelow(0.5, model.decay());
        long engagement = profile.contacts().fallsBelow(0.5, model.decay());
        assertThat(engagement).isGreaterThan(spend);
        assertThat(Decline.pairs(profile, model, day(34))).isEqualTo(engagement);
        Shop.apply(profile, touch(TouchpointType.COMPLAINT, spend - 30 * DAY));
        assertThat(Decline.pairs(profile, model, spend - 1))
                .as("it counts no more when spend falls")
                .isEqualTo(engagement);
        Shop.apply(profile, touch(TouchpointType.COMPLAINT, spend - 30 * DAY + 1));
        assertThat(Decline.pairs(profile, model, spend - 1)).isEqualTo(spend);
    }
}

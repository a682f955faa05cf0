package io.ebbline.churn;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Event;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.StageRules;
import io.ebbline.profile.Episode;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    /** MATURE at three kept orders, DEPARTED after 100 days. */
    private static final ScoringModel MODEL = calm(new StageRules(3, 100 * DAY));

    /** Nobody declines. */
    private static ScoringModel calm(StageRules stages) {
        ScoringModel calm = Shop.calm();
        return new ScoringModel(
                calm.modelId(),
                calm.version(),
                0,
                true,
                calm.recency(),
                calm.frequency(),
                calm.monetary(),
                calm.segments(),
                stages,
                calm.buying(),
                calm.churn(),
                calm.decay(),
                calm.value(),
                calm.matrix(),
                calm.ranking(),
                calm.lookBackMillis(),
                "");
    }

    private static Stage stage(Profile profile, ScoringModel model, long asOf, boolean ordered) {
        int signs = profile.keptOrders() == 0 ? 0 : Decline.signs(profile, model, asOf);
        return Lifecycle.stage(profile, model, asOf, ordered, signs);
    }

    private static long changesAt(Profile profile, ScoringModel model, long asOf) {
        return Lifecycle.changesAt(profile, model, asOf, Profile.NO_DEADLINE);
    }

    private static Stage silently(Profile profile, long asOf) {
        return stage(profile, MODEL, asOf, false);
    }

    private static Profile departed(Event... events) {
        Profile profile = profile(events);
        profile.standing(new Standing(1, 1, 1, 1, "Lost", 0, Stage.DEPARTED, 0, Episode.NONE, "m/1", 0, 0));
        return profile;
    }

    @Test
    void whoHasNoKeptOrderIsAProspect() {
        assertThat(silently(new Profile(), day(0))).isEqualTo(Stage.PROSPECT);
        assertThat(silently(profile(visit(day(0))), day(500))).isEqualTo(Stage.PROSPECT);
        assertThat(silently(profile(order("a", day(0), 1), wholeBack("a", day(1))), day(1)))
                .isEqualTo(Stage.PROSPECT);
    }

    @Test
    void theFirstKeptOrderIsGrowth() {
        assertThat(silently(profile(order("a", day(0), 1)), day(0))).isEqualTo(Stage.GROWTH);
    }

    @Test
    void threeOrdersInARhythmAreMature() {
        Profile profile = profile(order("a", day(0), 1), order("b", day(99), 1));
        assertThat(silently(profile, day(99))).isEqualTo(Stage.GROWTH);
        Shop.apply(profile, order("c", day(198), 1));
        assertThat(silently(profile, day(198))).isEqualTo(Stage.MATURE);
    }

    @Test
    void aMeanGapOfTheHiatusIsNoRhythm() {
        assertThat(silently(profile(order("a", day(0), 1), order("b", day(1), 1), order("c", day(200), 1)), day(200)))
                .isEqualTo(Stage.GROWTH);
        assertThat(silently(
                        profile(order("a", day(0), 1), order("b", day(1), 1), order("c", day(200) - 1, 1)), day(200)))
                .isEqualTo(Stage.MATURE);
    }

    @Test
    void aRhythmThatIsReturnedIsNone() {
        Profile profile = profile(order("a", day(0), 1), order("b", day(10), 1), order("c", day(20), 1));
        Shop.apply(profile, wholeBack("c", day(21)));
        assertThat(silently(profile, day(21))).isEqualTo(Stage.GROWTH);
    }

    @Test
    void silenceForTheHiatusIsDeparture() {
        Profile profile = profile(order("a", day(0), 1));
        assertThat(silently(profile, day(100) - 1)).isEqualTo(Stage.GROWTH);
        assertThat(silently(profile, day(100))).isEqualTo(Stage.DEPARTED);
        assertThat(changesAt(profile, MODEL, day(0))).isEqualTo(day(100));
    }

    @Test
    void aVisitPostponesDeparture() {
        Profile profile = profile(order("a", day(0), 1), visit(day(90)));
        assertThat(silently(profile, day(189))).isEqualTo(Stage.GROWTH);
        assertThat(silently(profile, day(190))).isEqualTo(Stage.DEPARTED);
        assertThat(changesAt(profile, MODEL, day(90))).isEqualTo(day(190));
    }

    @Test
    void anOpenedMailDoesNotPostponeDeparture() {
        Profile profile = profile(order("a", day(0), 1), touch(TouchpointType.OPEN, day(90)));
        assertThat(silently(profile, day(100))).isEqualTo(Stage.DEPARTED);
    }

    @Test
    void aVisitDoesNotBringADepartedCustomerBack() {
        Profile profile = departed(order("a", day(0), 1), visit(day(150)));
        assertThat(silently(profile, day(150))).isEqualTo(Stage.DEPARTED);
        assertThat(changesAt(profile, MODEL, day(150))).isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void anOrderWinsADepartedCustomerBack() {
        Profile profile = departed(order("a", day(0), 1), order("b", day(150), 1));
        assertThat(stage(profile, MODEL, day(150), true)).isEqualTo(Stage.GROWTH);
    }

    @Test
    void whoseWinningOrderComesBackDepartsAtOnce() {
        Profile profile = profile(order("a", day(0), 1), order("b", day(150), 1), wholeBack("b", day(151)));
        assertThat(silently(profile, day(151))).isEqualTo(Stage.DEPARTED);
    }

    @Test
    void aDepartedCustomerWhoReturnsEverythingIsAProspectAgain() {
        Profile profile = departed(order("a", day(0), 1), wholeBack("a", day(150)));
        assertThat(silently(profile, day(150))).isEqualTo(Stage.PROSPECT);
        assertThat(changesAt(profile, MODEL, day(150))).isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void aHiatusWithoutEndNeverEnds() {
        Profile profile = profile(order("a", day(0), 1));
        assertThat(changesAt(profile, calm(new StageRules(3, Long.MAX_VALUE)), day(1)))
                .isEqualTo(Profile.NO_DEADLINE);
    }

    @Property(tries = 300)
    void theStageHoldsUntilTheInstantThatItNamesAndChangesThere(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        ScoringModel rules = calm(history.models().get(0).model().stages());
        Profile profile = profile(history.events().toArray(Event[]::new));
        long asOf = history.events().get(history.events().size() - 1).time();
        Stage now = stage(profile, rules, asOf, false);
        profile.standing(new Standing(0, 0, 0, 0, null, 0, now, asOf, Episode.NONE, "m/1", 0, asOf));
        long change = changesAt(profile, rules, asOf);
        long horizon = change == Profile.NO_DEADLINE ? asOf + 5_000 * DAY : change;
        assertThat(horizon).isGreaterThan(asOf);
        for (long step = 1; asOf + step < horizon; step *= 2) {
            assertThat(stage(profile, rules, asOf + step, false)).isEqualTo(now);
            assertThat(stage(profile, rules, horizon - step, false)).isEqualTo(now);
        }
        if (change != Profile.NO_DEADLINE) {
            assertThat(stage(profile, rules, change, false)).isNotEqualTo(now);
        }
    }
}

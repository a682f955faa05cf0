package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Checked;
import io.ebbline.event.Event;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions and their outcomes, case by case; the oracle's tests have them at random. */
class ChecksTest {

    private static final String CUSTOMER = "anna";

    private final Profile profile = new Profile();
    private final ListInbox inbox = new ListInbox();
    private final List<Checked> checked = new ArrayList<>();
    private long horizon = 60 * DAY;
    private long until = day(3_000);

    private Engine engine() {
        ScoringModel calm = Shop.calm();
        BuyingModel buying =
                new BuyingModel(calm.buying().repeat(), calm.buying().decayed(), horizon);
        ModelTimeline models = new ModelTimeline();
        models.add(calm.withBuying(buying, calm.churn()).published("m", 1, 0, true, ""), 0);
        return new Engine(
                EngineRules.defaults().until(until), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
    }

    private void advance(long watermark, Event... events) {
        inbox.addAll(Arrays.asList(events));
        engine().advance(CUSTOMER, profile, inbox, watermark, watermark, this::say);
    }

    private void say(Effect effect) {
        if (effect instanceof Checked told) {
            checked.add(told);
        }
    }

    /** The first instant of the customer's grid that is not before that day. */
    private long grid(int day) {
        return day(day) + Math.floorMod(NaiveEngine.hash(CUSTOMER) % horizon - day(day), horizon);
    }

    @Test
    void whatIsSaidOnTheGridIsHeldAgainstTheOrdersUpToTheEndOfTheHorizon() {
        long made = grid(0);
        advance(made - 1, order("a", day(0), 100));
        assertThat(profile.prediction()).isNull();
        advance(made);
        double chance = engine().answerAt(profile, made).pBuy();
        assertThat(profile.prediction()).isEqualTo(new Prediction(made, made + horizon, chance, made - day(0)));

        advance(made + horizon - 1, order("b", made + horizon - 1, 100));
        assertThat(checked).isEmpty();
        advance(made + horizon);
        assertThat(checked)
                .containsExactly(new Checked(
                        made + horizon,
                        new Prediction(made, made + horizon, chance, made - day(0), made + horizon - 1)));
        assertThat(profile.prediction()).isNotNull();
        assertThat(profile.prediction().made()).isEqualTo(made + horizon);
        assertThat(profile.prediction().silence()).isEqualTo(1);
    }

    @Test
    void anOrderOfTheSameDayIsNoOccasionAndNeitherAreMoreLinesNorAVisit() {
        long made = grid(0);
        long dayAfter = (Math.floorDiv(made, DAY) + 1) * DAY;
        advance(
                made + horizon,
                order("a", made - 1, 100),
                order("b", made + 1, 100),
                order("a", dayAfter, 100),
                visit(dayAfter + 1));
        assertThat(checked).extracting(c -> c.prediction().bought()).containsExactly(false);
    }

    @Test
    void anOrderAtTheEndCountsAndOneAtTheBeginningDoesNot() {
        long made = grid(0);
        advance(
                made + 2 * horizon,
                order("a", day(0) - DAY, 100),
                order("b", made, 100),
                order("c", made + horizon, 100));
        assertThat(checked).extracting(c -> c.prediction().boughtAt()).containsExactly(made + horizon, Profile.NEVER);
    }

    @Test
    void aLateOrderCountsUntilTheHorizonIsOver() {
        long made = grid(0);
        advance(made + 10 * DAY, order("a", day(0), 100), order("b", made + 9 * DAY, 100));
        engine().late(CUSTOMER, profile, order("late", made + 3 * DAY, 100), made + 10 * DAY, this::say);
        advance(made + horizon);
        assertThat(checked).extracting(c -> c.prediction().boughtAt()).containsExactly(made + 3 * DAY);
    }

    @Test
    void ofWhoDepartsWhatIsOpenIsCheckedAndNothingNewIsSaidUntilTheyAreBack() {
        advance(day(2_000), order("a", day(0), 100));
        assertThat(profile.standing().stage()).isEqualTo(Stage.DEPARTED);
        long departed = profile.standing().stageSince();
        assertThat(checked).isNotEmpty().allMatch(c -> c.prediction().made() < departed);
        assertThat(checked.get(checked.size() - 1).asOf()).isGreaterThanOrEqualTo(departed);
        assertThat(profile.prediction()).isNull();

        advance(grid(2_100), order("b", day(2_100), 100));
        assertThat(profile.prediction()).isNotNull();
        assertThat(profile.prediction().made()).isEqualTo(grid(2_100));
    }

    @Test
    void ofWhoHasNoKeptOrderNothingNewIsSaid() {
        long made = grid(0);
        advance(made + 3 * horizon, order("a", day(0), 100), wholeBack("a", made + DAY));
        assertThat(checked).extracting(Checked::asOf).containsExactly(made + horizon);
        assertThat(profile.prediction()).isNull();
    }

    @Test
    void whatIsOpenOfTheForgottenIsCheckedThen() {
        horizon = 1_000 * DAY;
        long made = grid(0);
        advance(made + 500 * DAY, order("a", made - DAY, 100), wholeBack("a", made + DAY));
        assertThat(checked).extracting(Checked::asOf).containsExactly(made + 401 * DAY);
        assertThat(profile.prediction()).isNull();
    }

    @Test
    void nothingIsCheckedBeyondTheEndOfTheRunButAJobThatGoesOnFindsWhatCameInTime() {
        long made = grid(0);
        until = made + horizon - 1;
        advance(
                Long.MAX_VALUE,
                order("a", day(0), 100),
                order("b", made + DAY, 100),
                order("c", made + 200 * DAY, 100));
        assertThat(checked).isEmpty();
        until = day(3_000);
        advance(made + 201 * DAY);
        assertThat(checked).extracting(Checked::asOf).containsExactly(made + 200 * DAY);
        assertThat(checked).extracting(c -> c.prediction().boughtAt()).containsExactly(made + DAY);
    }
}

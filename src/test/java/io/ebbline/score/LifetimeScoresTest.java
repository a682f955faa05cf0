package io.ebbline.score;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.partBack;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.Past;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.Profile;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimeScoresTest {

    private static final ScoringModel MODEL = ScoringModel.shipped();
    private static final List<Score> OF_VALUE = List.of(
            new ClvHistoric(), new ClvPredicted(), new ClvTotal(), new SpendForecast(), new ExpectedNextOrder());

    /** Three occasions over 40 days; 8,000 bought, 500 of it came back. */
    private static Profile customer() {
        return profile(
                order("a", day(0), 1_000),
                order("b", day(10), 2_000),
                order("c", day(40), 5_000),
                partBack("c", day(41), 500));
    }

    private static double reason(ScoreValue value, ReasonCode code) {
        return value.reasons().stream()
                .filter(reason -> reason.code() == code)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void whoHasNoOrderHasNoValue() {
        for (Profile profile : List.of(
                new Profile(), profile(visit(day(0))), profile(order("a", day(0), 100), wholeBack("a", day(1))))) {
            for (Score score : OF_VALUE) {
                ScoreValue value = score.evaluate(profile, MODEL, day(2));
                assertThat(value.value()).isNaN();
                assertThat(value.reasons()).containsExactly(new Reason(ReasonCode.NO_ORDER, 0, Double.NaN));
            }
        }
    }

    @Test
    void theHistoricValueIsWhatWasPaidLessWhatCameBack() {
        ScoreValue value = new ClvHistoric().evaluate(customer(), MODEL, day(60));
        assertThat(value.value()).isEqualTo(7_500);
        assertThat(value.label()).isEqualTo("PAID");
        assertThat(value.reasons())
                .containsExactly(Reason.of(ReasonCode.GROSS_SPEND, 8_000), Reason.of(ReasonCode.RETURNED, 500));
    }

    @Test
    void thePredictedValueIsTheModelsWithItsHorizonRateAndFormula() {
        Past past = new Past(2, 40, 20, 7_500, 0);
        ValueModel.Outlook outlook = MODEL.value().value(past);
        ScoreValue value = new ClvPredicted().evaluate(customer(), MODEL, day(60));
        assertThat(value.value()).isEqualTo(outlook.minor());
        assertThat(value.label()).isEqualTo("PARETO_NBD");
        assertThat(value.reasons())
                .containsExactly(
                        Reason.of(ReasonCode.EXPECTED_ORDERS, outlook.purchases()),
                        Reason.of(ReasonCode.EXPECTED_SPEND, outlook.perPurchaseMinor()),
                        Reason.of(ReasonCode.HORIZON, 364),
                        Reason.of(ReasonCode.DISCOUNT_RATE, .1));
        assertThat(new ClvTotal().evaluate(customer(), MODEL, day(60)).value()).isEqualTo(7_500 + outlook.minor());
    }

    @Test
    void theForecastLooksAsFarAheadAsTheChanceOfAnOrder() {
        ScoreValue value = new SpendForecast().evaluate(customer(), MODEL, day(60));
        double orders = MODEL.value().purchases().purchases(2, 40, 20, 182);
        assertThat(reason(value, ReasonCode.HORIZON)).isEqualTo(182);
        assertThat(reason(value, ReasonCode.EXPECTED_ORDERS)).isEqualTo(orders, within(1e-12));
        assertThat(value.value()).isEqualTo(orders * reason(value, ReasonCode.EXPECTED_SPEND), within(1e-9));
    }

    @Test
    void theNextOrderIsToBeExpectedWhenHalfOfSuchCustomersHaveOrdered() {
        ScoreValue value = new ExpectedNextOrder().evaluate(customer(), MODEL, day(60));
        double wait = reason(value, ReasonCode.EXPECTED_WAIT);
        double silent = MODEL.buying().repeat().logSurvival(2, 40, 20);
        double then = MODEL.buying().repeat().logSurvival(2, 40, 20 + wait);
        assertThat(Math.exp(then - silent)).isEqualTo(.5, within(1e-9));
        assertThat(value.value()).isEqualTo(Math.floor(day(60) / (double) DAY + wait));
        assertThat(value.label())
                .isEqualTo(LocalDate.ofEpochDay((long) value.value()).toString());
        assertThat(reason(value, ReasonCode.ALIVE))
                .isEqualTo(MODEL.buying().pAlive(2, 40 * DAY, 20 * DAY), within(1e-12));
    }

    @Test
    void whoOrderedOnOneDayOnlyHasNoRhythmThatCouldBeTold() {
        Profile once = profile(order("a", day(0), 1_000), order("b", day(0) + 1, 1_000));
        ScoreValue value = new ExpectedNextOrder().evaluate(once, MODEL, day(5));
        assertThat(value.value()).isNaN();
        assertThat(value.label()).isNull();
        assertThat(reason(value, ReasonCode.ONE_OCCASION)).isEqualTo(5, within(1e-6));
        assertThat(new ClvPredicted().evaluate(once, MODEL, day(5)).value()).isPositive();
    }
}

package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChurnRulesTest {

    /** The rules with the chances and shares given and nothing odd about the rest. */
    private static ChurnRules chances(
            double below, double share, double once, double severe, double depart, double slowTo, double fall) {
        return new ChurnRules(below, share, once, severe, depart, 0, 0, slowTo, 1, fall, 1, 0, 0, 2);
    }

    private static ChurnRules margin(double share, double once, double margin) {
        return new ChurnRules(0.5, share, once, 0.5, 0.5, margin, 0, 0.5, 1, 0.5, 1, 0, 0, 2);
    }

    private static ChurnRules spans(long dwell, int contacts, long negative, long spree) {
        return new ChurnRules(0.5, 0.5, 0.5, 0.5, 0.5, 0, dwell, 0.5, 1, 0.5, contacts, negative, spree, 2);
    }

    private static ChurnRules limits(double alarm, double rating) {
        return new ChurnRules(0.5, 0.5, 0.5, 0.5, 0.5, 0, 0, 0.5, alarm, 0.5, 1, 0, 0, rating);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void chancesAndSharesLieBetweenNothingAndAll(double bad) {
        double[] good = {.5, .5, .5, .5, .5, .5, .5};
        String[] names = {
            "declineBelow", "declineShare", "declineShareOnce", "severeShare", "departBelow", "slowTo", "trendFall"
        };
        for (int i = 0; i < names.length; i++) {
            double[] c = good.clone();
            c[i] = bad;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> chances(c[0], c[1], c[2], c[3], c[4], c[5], c[6]))
                    .withMessage(names[i] + " is " + bad + ": it must lie above 0 and below 1.");
        }
    }

    @Test
    void anOrderMustBeAbleToEndADecline() {
        assertThat(margin(0.8, 0.5, 0.25).recoverMargin()).isEqualTo(0.25);
        for (ThrowingMargin bad : new ThrowingMargin[] {
            () -> margin(0.8, 0.5, 0.26), () -> margin(0.5, 0.8, 0.26), () -> margin(.5, .5, -0.01)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(bad::make)
                    .withMessageEndingWith(
                            ": it must not be negative, and (1 + recoverMargin) x declineShare not exceed 1, or an order"
                                    + " would not end a decline.");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> margin(0.5, 0.5, Double.NaN))
                .withMessageStartingWith("recoverMargin is NaN: ");
    }

    private interface ThrowingMargin {
        ChurnRules make();
    }

    @ParameterizedTest
    @CsvSource({"-1,1,0,0", "0,0,0,0", "0,1,-1,0", "0,1,0,-1"})
    void spansAreNotNegative(long dwell, int contacts, long negative, long spree) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spans(dwell, contacts, negative, spree))
                .withMessage("dwellMillis, negativeMillis and spreeMillis must not be negative, and trendContacts be at"
                        + " least 1.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void anAlarmIsPositiveAndCanBeReached(double alarm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(alarm, 2))
                .withMessage("cusumAlarm is " + alarm + ": it must be positive.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void aRatingIsANumber(double rating) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(1, rating))
                .withMessage("badRating is " + rating + ": it must be a number.");
    }

    @Test
    void theThresholdIsTheLowerOfTheChanceAndTheShareOfTheCustomersOwn() {
        ChurnRules rules = chances(0.4, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5);
        assertThat(rules.threshold(3, 0.8)).isEqualTo(0.4);
        assertThat(rules.threshold(3, 0.2)).isEqualTo(0.9 * 0.2);
        assertThat(rules.threshold(0, 0.6)).isEqualTo(0.5 * 0.6);
    }
}

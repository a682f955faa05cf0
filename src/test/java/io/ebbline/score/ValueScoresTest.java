package io.ebbline.score;

import static io.ebbline.testing.Shop.back;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The value matrices under the shipped rules: more than 3 orders; above 50, 200 and 25 of the major unit; A 500, B 100. */
class ValueScoresTest {

    private static final ScoringModel MODEL = ScoringModel.shipped();

    private static Profile orders(int count, long eachMinor) {
        return profile(IntStream.range(0, count)
                .mapToObj(i -> order("o" + i, day(i), eachMinor))
                .toArray(Event[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100, B",
        "1, 1000000, B",
        "2, 5000, B",
        "2, 5001, D",
        "3, 5001, D",
        "3, 5000, B",
        "4, 5000, C",
        "4, 5001, E",
        "90, 1, C"
    })
    void frequencyAndAverageOrderMakeAField(int orders, long eachMinor, String field) {
        ScoreValue value = new FrequencyValueQuadrant().evaluate(orders(orders, eachMinor), MODEL, day(100));
        assertThat(value.label()).isEqualTo(field);
        assertThat(value.value()).isEqualTo(1 + "ABCDE".indexOf(field));
        assertThat(value.reasons())
                .containsExactly(
                        new Reason(ReasonCode.KEPT_ORDERS, orders, 3),
                        new Reason(ReasonCode.AVERAGE_ORDER, eachMinor, 5_000));
    }

    @Test
    void whoHasNoOrderYetIsAPotentialCustomer() {
        for (Profile profile :
                new Profile[] {profile(visit(day(0))), profile(order("a", day(0), 9), wholeBack("a", day(1)))}) {
            ScoreValue value = new FrequencyValueQuadrant().evaluate(profile, MODEL, day(2));
            assertThat(value.label()).isEqualTo("A");
            assertThat(value.value()).isEqualTo(1);
            assertThat(value.reasons()).containsExactly(new Reason(ReasonCode.KEPT_ORDERS, 0, 3));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, D, 0", "10000, C, 10000", "10001, B, 50000", "50000, B, 50000", "50001, A, "})
    void revenueMakesAClass(long minor, String label, Double next) {
        ScoreValue value = new RevenueClass().evaluate(orders(1, "D".equals(label) ? 0 : minor), MODEL, day(1));
        assertThat(value.label()).isEqualTo(label);
        assertThat(value.value()).isEqualTo(4 - "ABCD".indexOf(label));
        assertThat(value.reasons()).extracting(Reason::code).containsExactly(ReasonCode.NET_SPEND);
        assertThat(value.reasons()).extracting(Reason::reference).containsExactly(next == null ? Double.NaN : next);
    }

    @Test
    void whoGaveBackMoreThanTheyBoughtBringsNothing() {
        Profile profile = profile(order("a", day(0), 100), back(day(1), 500));
        ScoreValue value = new RevenueClass().evaluate(profile, MODEL, day(2));
        assertThat(value.label()).isEqualTo("D");
        assertThat(value.reasons()).containsExactly(new Reason(ReasonCode.NET_SPEND, -400, 0));
    }

    @ParameterizedTest
    @CsvSource({
        // One order just now: P(buy) of the shipped model is far from 0 and from 1.
        "1, 20001, 1, VIP",
        "1, 20000, 1, IMPROVABLE",
        "1, 20001, 5000, MAINTAINED",
        "1, 100, 1, ABANDONED",
        "201, 100, 1, MAINTAINED"
    })
    void currentAndPotentialValueMakeAField(int orders, long eachMinor, long silentDays, String field) {
        long asOf = day(orders - 1 + silentDays);
        Profile profile = orders(orders, eachMinor);
        ScoreValue value = new ValueMatrix().evaluate(profile, MODEL, asOf);
        assertThat(value.label()).isEqualTo(field);
        double potential = eachMinor * profile.rhythm().pBuy(MODEL, asOf);
        assertThat(value.value()).isEqualTo((orders * eachMinor > 20_000 ? 2 : 1) + (potential > 2_500 ? 2 : 0));
        assertThat(value.reasons().get(0)).isEqualTo(new Reason(ReasonCode.NET_SPEND, orders * eachMinor, 20_000));
        assertThat(value.reasons().get(1).value()).isCloseTo(potential, within(1e-9));
        assertThat(value.reasons().get(1).reference()).isEqualTo(2_500);
    }
}

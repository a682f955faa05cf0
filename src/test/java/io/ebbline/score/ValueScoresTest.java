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
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The value matrices under the shipped rules: more than 3 orders; above 50, 200 and 50 of the major unit; A 500, B 100. */
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
        "1, 20001, 1, VIP",
        "1, 20000, 1, IMPROVABLE",
        "1, 3800, 1, IMPROVABLE",
        "1, 3700, 1, ABANDONED",
        "1, 100, 1, ABANDONED",
        "1, 20001, 5000, MAINTAINED",
        "201, 100, 1, VIP",
        "201, 100, 600, MAINTAINED"
    })
    void currentAndPotentialValueMakeAField(int orders, long eachMinor, int silentDays, String field) {
        ScoreValue value = new ValueMatrix().evaluate(orders(orders, eachMinor), MODEL, day(orders - 1 + silentDays));
        double potential = potentialMinor(orders, eachMinor, silentDays);
        assertThat(value.label()).isEqualTo(field);
        assertThat(value.value()).isEqualTo((orders * eachMinor > 20_000 ? 2 : 1) + (potential > 5_000 ? 2 : 0));
        assertThat(value.reasons().get(0)).isEqualTo(new Reason(ReasonCode.NET_SPEND, orders * eachMinor, 20_000));
        assertThat(value.reasons().get(1).value()).isCloseTo(potential, within(1e-3 * potential + 1e-9));
        assertThat(value.reasons().get(1).reference()).isEqualTo(5_000);
    }

    /**
     * The year's value of who ordered day after day, by Simpson's rule and the parameters that {@link
     * io.ebbline.model.ValueModel#shipped} tells: the chance of being alive from the density of having left in the silence
     * (Schmittlein, Morrison, Colombo 1987), and purchases at the rate that falls as the living leave, each discounted to the
     * day. The engine discounts in quarters, which makes a thousandth at most.
     */
    private static double potentialMinor(int orders, long eachMinor, int silentDays) {
        double r = .5959 + orders - 1;
        double alpha = 81.15 + orders - 1;
        double s = .5535;
        double beta = 67.73 + orders - 1;
        double left = simpson(
                silentDays,
                t -> s
                        / (beta + t)
                        * Math.pow((alpha + silentDays) / (alpha + t), r)
                        * Math.pow((beta + silentDays) / (beta + t), s));
        double bought = simpson(
                364,
                t -> r
                        / (alpha + silentDays)
                        * Math.pow((beta + silentDays) / (beta + silentDays + t), s)
                        * Math.pow(1.1, -t / 365.25));
        double each = 10.83 * (693.2 + orders * eachMinor) / (10.83 * orders + 3.267 - 1);
        return bought / (1 + left) * each;
    }

    /** The integral from 0, in 20,000 steps. */
    private static double simpson(double to, DoubleUnaryOperator f) {
        double step = to / 20_000;
        return step
                / 3
                * IntStream.rangeClosed(0, 20_000)
                        .mapToDouble(i -> (i % 20_000 == 0 ? 1 : i % 2 == 0 ? 2 : 4) * f.applyAsDouble(i * step))
                        .sum();
    }
}

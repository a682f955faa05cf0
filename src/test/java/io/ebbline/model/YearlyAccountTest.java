package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.LifetimeValue.Model;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YearlyAccountTest {

    // ---- the textbook's worked examples, recomputed where it is wrong

    @ParameterizedTest
    @CsvSource({
        "2000, 400,  500,  10,  5, .09, 3944.83, 3505.93",
        "0,      0,  500,   0,  5, .09, 1944.83, 1944.83", // customer A, model 1
        "0,      0,  450,   0,  5, .09, 1750.34, 1750.34", // customer B, model 1
        "0,      0,  500, 200,  5, .09, 1944.83, 1166.90", // customer A, model 3
        "0,      0,  450, 100,  5, .09, 1750.34, 1361.38", // customer B, model 3
        "3000, 500, 1000, 100, 10, .08, 9710.08, 8539.07",
        "0,      0,  500, 200, 10, .08, 3355.04, 2013.02",
        "0,      0,  550, 300, 10, .08, 3690.54, 1677.52"
    })
    void givesTheTextbooksFigures(
            double p0, double c0, double in, double cs, int n, double r, double revenue, double contribution) {
        YearlyAccount account = new YearlyAccount(p0, c0, in, cs, 0, n, r);
        assertThat(account.revenue().minor()).isEqualTo(revenue, within(.005001));
        assertThat(account.contribution().minor()).isEqualTo(contribution, within(.005001));
    }

    @Test
    void theModelDecidesWhoIsWorthMore() {
        YearlyAccount a = new YearlyAccount(0, 0, 500, 200, 0, 5, .09);
        YearlyAccount b = new YearlyAccount(0, 0, 450, 100, 0, 5, .09);
        assertThat(a.revenue().minor()).isGreaterThan(b.revenue().minor());
        assertThat(a.contribution().minor()).isLessThan(b.contribution().minor());
    }

    @Test
    void everyValueSaysItsModel() {
        YearlyAccount account = new YearlyAccount(1, 1, 1, 1, 1, 1, .1);
        assertThat(account.revenue().model()).isEqualTo(Model.REVENUE);
        assertThat(account.profit().model()).isEqualTo(Model.PROFIT);
        assertThat(account.contribution().model()).isEqualTo(Model.CONTRIBUTION);
    }

    // ---- against the sums

    @Property
    void agreesWithTheSumsOverTheYears(
            @ForAll @DoubleRange(max = 1e6) double p0,
            @ForAll @DoubleRange(max = 1e6) double c0,
            @ForAll @DoubleRange(max = 1e6) double in,
            @ForAll @DoubleRange(max = 1e6) double cs,
            @ForAll @DoubleRange(max = 1e6) double overhead,
            @ForAll @IntRange(max = 60) int n,
            @ForAll @DoubleRange(max = 2) double r) {
        YearlyAccount account = new YearlyAccount(p0, c0, in, cs, overhead, n, r);
        double revenue = p0;
        double profit = p0 - c0;
        double contribution = p0 - c0;
        for (int t = 1; t <= n; t++) {
            double factor = Math.pow(1 + r, t);
            revenue += in / factor;
            profit += (in - (cs + overhead)) / factor;
            contribution += (in - cs) / factor;
        }
        assertThat(account.revenue().minor()).isEqualTo(revenue, within(1e-5));
        assertThat(account.profit().minor()).isEqualTo(profit, within(1e-5));
        assertThat(account.contribution().minor()).isEqualTo(contribution, within(1e-5));
    }

    @Test
    void aTinyRateIsNearlyNone() {
        YearlyAccount none = new YearlyAccount(0, 0, 500, 0, 0, 10, 0);
        YearlyAccount tiny = new YearlyAccount(0, 0, 500, 0, 0, 10, 1e-15);
        assertThat(none.revenue().minor()).isEqualTo(5000);
        assertThat(tiny.revenue().minor()).isEqualTo(5000, within(1e-9));
    }

    @Property
    void fallsWithTheRateAndGrowsWithTheHorizon(
            @ForAll @DoubleRange(min = 1, max = 1e6) double margin,
            @ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll @DoubleRange(max = .5) double r,
            @ForAll @DoubleRange(min = .01, max = .5) double more) {
        double value = contribution(margin, n, r);
        assertThat(contribution(margin, n, r + more)).isLessThan(value);
        assertThat(contribution(margin, n + 1, r)).isGreaterThan(value);
    }

    private static double contribution(double margin, int n, double r) {
        return new YearlyAccount(100, 200, margin + 30, 30, 0, n, r)
                .contribution()
                .minor();
    }

    @Test
    void argumentsOutOfRangeAreRefusedWithTheWayToMendThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new YearlyAccount(0, 0, 1, 0, 0, 5, -.01))
                .withMessage("The discount rate is -0.01: choose 0 or more; write 9 % as 0.09.");
        assertThatIllegalArgumentException().isThrownBy(() -> new YearlyAccount(0, 0, 1, 0, 0, 5, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new YearlyAccount(0, 0, 1, 0, 0, -1, .09))
                .withMessage("years is -1: choose a horizon of 0 years or more.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new YearlyAccount(0, 0, 1, -5, 0, 5, .09))
                .withMessage("directCost is -5.0: it must be 0 or more, and finite.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new YearlyAccount(0, 0, Double.POSITIVE_INFINITY, 0, 0, 5, .09));
    }
}

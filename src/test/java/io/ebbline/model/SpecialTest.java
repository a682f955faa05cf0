package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SpecialTest {

    @Test
    void logGammaOfWholeNumbersIsThatOfTheFactorials() {
        BigInteger factorial = BigInteger.ONE; // (n - 1)!
        for (int n = 1; n <= 170; n++) {
            double exact = Math.log(factorial.doubleValue());
            assertThat(Special.logGamma(n)).isEqualTo(exact, within(1e-14 * Math.max(1, exact)));
            factorial = factorial.multiply(BigInteger.valueOf(n));
        }
    }

    @Test
    void logGammaOfHalvesIsThatOfTheFactorialsTimesTheRootOfPi() {
        double gamma = Math.sqrt(Math.PI); // Gamma(1/2)
        for (int n = 0; n <= 160; n++) {
            double exact = Math.log(gamma);
            assertThat(Special.logGamma(n + .5)).isEqualTo(exact, within(1e-13 * Math.max(1, Math.abs(exact))));
            gamma *= n + .5;
        }
    }

    /** Legendre: Gamma(x) Gamma(x + 1/2) = 2^(1 - 2x) sqrt(pi) Gamma(2x). */
    @Property
    void logGammaKeepsTheDuplicationFormula(@ForAll @DoubleRange(min = -300, max = 7) double magnitude) {
        double x = Math.pow(10, magnitude);
        double left = Special.logGamma(x) + Special.logGamma(x + .5);
        double right = (1 - 2 * x) * Math.log(2) + Math.log(Math.PI) / 2 + Special.logGamma(2 * x);
        assertThat(left).isEqualTo(right, within(1e-13 * Math.max(1, Math.abs(Special.logGamma(2 * x)))));
    }

    @Test
    void logBetaOfWholeNumbers() {
        assertThat(Special.logBeta(3, 4)).isEqualTo(-Math.log(60), within(1e-14));
        assertThat(Special.logBeta(1, 1e9)).isEqualTo(-Math.log(1e9), within(1e-5)); // a difference of 10^10
    }

    @Property
    void saturationPassesThroughZero(@ForAll @DoubleRange(min = -20, max = 0) double y) {
        assertThat(Special.saturation(0, y)).isEqualTo(-y);
        assertThat(Special.saturation(1e-18, y)).isEqualTo(-y, within(1e-13));
        assertThat(Special.saturation(-1e-12, y)).isEqualTo(-y, within(1e-9));
        assertThat(Special.saturation(2, y)).isEqualTo((1 - Math.exp(2 * y)) / 2, within(1e-15));
    }

    /** 2F1(1, a; c; z) as the series that defines it. */
    @Property
    void gaussFractionIsTheSeries(
            @ForAll @DoubleRange(min = .01, max = 500) double a,
            @ForAll @DoubleRange(min = .01, max = 50) double more,
            @ForAll @DoubleRange(max = .98) double z) {
        double c = Math.max(a, 1) + more;
        double sum = 0;
        double term = 1;
        for (int n = 0; n < 5_000; n++) {
            sum += term;
            term *= (a + n) / (c + n) * z;
        }
        assertThat(Special.gaussFraction(a, c, z)).isEqualTo(sum, within(1e-12 * sum));
    }

    /** Abramowitz and Stegun 15.1.3, 15.1.4: where the series would take a million terms. */
    @Test
    void gaussFractionNearOneIsTheLogarithm() {
        for (double z : new double[] {1e-9, .5, .99, .9999, .999999}) {
            assertThat(Special.gaussFraction(1, 2, z)).isEqualTo(-Math.log1p(-z) / z, within(1e-10));
            double root = Math.sqrt(z);
            double atanh = Math.log((1 + root) / (1 - root)) / 2;
            assertThat(Special.gaussFraction(.5, 1.5, z)).isEqualTo(atanh / root, within(1e-9));
        }
    }
}

package io.ebbline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {

    private static final BigInteger LONGS = BigInteger.ONE.shiftLeft(63);

    private static Line line(String quantity, String price) {
        return Line.of("sku", null, new BigDecimal(quantity), new BigDecimal(price));
    }

    private static BigInteger exactly(long quantity, long price, int minorDigits) {
        return new BigDecimal(BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(price)), 8)
                .setScale(minorDigits, RoundingMode.HALF_UP)
                .unscaledValue();
    }

    private static boolean fits(BigInteger value) {
        return value.compareTo(LONGS) < 0 && value.compareTo(LONGS.negate()) >= 0;
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0.3350, 2, 101",
        "3, 0.3349, 2, 100",
        "-3, 0.3350, 2, -101",
        "-3, 0.3349, 2, -100",
        "0.5, 0.01, 2, 1",
        "-0.5, 0.01, 2, -1",
        "0.4999, 0.01, 2, 0",
        "0, 19.99, 2, 0",
        "6, 2.55, 2, 1530",
        "1, 2.5, 0, 3",
        "1, -2.5, 0, -3",
        "1, 1.0005, 3, 1001",
        "1, 1.2345, 4, 12345",
        "0.0001, 0.5, 4, 1"
    })
    void aTotalIsRoundedHalfUpAwayFromZero(String quantity, String price, int minorDigits, long total) {
        assertThat(line(quantity, price).totalMinor(minorDigits)).isEqualTo(total);
    }

    @Property(tries = 1000)
    void aTotalIsWhatBigDecimalSays(
            @ForAll long quantity, @ForAll long price, @ForAll @IntRange(max = 4) int minorDigits) {
        mustBeExact(quantity, price, minorDigits);
    }

    @Property(tries = 1000)
    void totalsAroundTheHalfAreExactToo(
            @ForAll @LongRange(min = -100_000, max = 100_000) long quantity,
            @ForAll @LongRange(min = -100_000, max = 100_000) long price,
            @ForAll @IntRange(max = 4) int minorDigits) {
        mustBeExact(quantity, price, minorDigits);
    }

    private static void mustBeExact(long quantity, long price, int minorDigits) {
        Line line = new Line("sku", null, quantity, price, null);
        BigInteger exact = exactly(quantity, price, minorDigits);
        if (fits(exact)) {
            assertThat(line.totalMinor(minorDigits)).isEqualTo(exact.longValueExact());
        } else {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> line.totalMinor(minorDigits));
        }
    }

    @Test
    void aProductThatNeedsMoreThanSixtyFourBitsIsStillExact() {
        Line line = line("1234567.1234", "987654.9876");
        BigDecimal exact = new BigDecimal("1234567.1234").multiply(new BigDecimal("987654.9876"));
        assertThat(line.totalMinor(2))
                .isEqualTo(
                        exact.setScale(2, RoundingMode.HALF_UP).unscaledValue().longValueExact());
    }

    @Test
    void aTotalThatDoesNotFitIsRefused() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> new Line("sku", null, Long.MAX_VALUE, Long.MAX_VALUE, null).totalMinor(2));
    }

    @Test
    void eachLineIsRoundedByItself() {
        assertThat(Line.sumMinor(List.of(line("0.5", "0.01"), line("0.5", "0.01")), 2))
                .isEqualTo(2);
        assertThat(Line.sumMinor(List.of(), 2)).isZero();
    }

    @Property(tries = 200)
    void aSumIsTheSumOfTheLinesOrRefused(
            @ForAll @Size(max = 6)
                    List<@LongRange(min = -4_000_000_000_000_000_000L, max = 4_000_000_000_000_000_000L) Long> totals) {
        List<Line> lines = totals.stream()
                .map(total -> new Line("sku", null, 10_000, total, null))
                .toList();
        BigInteger sum = BigInteger.ZERO;
        boolean fits = true;
        for (long total : totals) {
            sum = sum.add(exactly(10_000, total, 4));
            fits &= fits(sum);
        }
        if (fits) {
            assertThat(Line.sumMinor(lines, 4)).isEqualTo(sum.longValueExact());
        } else {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Line.sumMinor(lines, 4));
        }
    }

    @Test
    void aDecimalIsTakenAsTenThousandthsWhenItHasNoMore() {
        assertThat(Line.scaled(new BigDecimal("12.34"))).isEqualTo(123_400);
        assertThat(Line.scaled(new BigDecimal("-0.0001"))).isEqualTo(-1);
        assertThat(Line.scaled(new BigDecimal("1.00000000"))).isEqualTo(10_000);
        assertThat(Line.scaled(new BigDecimal("1E3"))).isEqualTo(10_000_000);
        assertThatThrownBy(() -> Line.scaled(new BigDecimal("0.00001"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Line.scaled(new BigDecimal("1E15"))).isInstanceOf(ArithmeticException.class);
    }
}

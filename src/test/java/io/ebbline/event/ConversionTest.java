package io.ebbline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static Line line(String quantity, String price) {
        return Line.of("tea", "drinks", new BigDecimal(quantity), new BigDecimal(price));
    }

    private static Purchase purchase(List<Line> lines) {
        return new Purchase("e", 5, "o", "EUR", "web", 25_000L, lines, -1);
    }

    private static Conversion into(String currency, int digits, String rate) {
        return new Conversion(currency, digits, new BigDecimal(rate));
    }

    @Test
    void eachLineIsRoundedAndTheSumIsOfTheRounded() {
        // 3 x 0.99 x 0.8462 = 2.513214; 1 x 0.01 x 0.8462 = 0.008462; -1 x 0.05 x 0.85 would be -0.0425.
        Purchase ours = into("GBP", 2, "0.8462").convert(purchase(List.of(line("3", "0.99"), line("1", "0.01"))));
        assertThat(ours.totalMinor()).isEqualTo(251 + 1);
        assertThat(ours.currency()).isEqualTo("GBP");
        assertThat(ours.discount()).as("2.5 x 0.8462 = 2.1155").isEqualTo(21_155);
        assertThat(ours.lines()).extracting(Line::unitPrice).containsExactly(8_377L, 85L);
        assertThat(ours.lines()).extracting(Line::quantity).containsExactly(30_000L, 10_000L);
        assertThat(ours.orderId() + ours.channel() + ours.id() + ours.time()).isEqualTo("owebe5");
    }

    @Test
    void halvesGoAwayFromZero() {
        Conversion half = into("GBP", 2, "0.5");
        assertThat(half.convert(purchase(List.of(line("1", "0.01")))).totalMinor())
                .isEqualTo(1);
        assertThat(half.convert(purchase(List.of(line("-1", "0.01")))).totalMinor())
                .isEqualTo(-1);
    }

    @Test
    void theMinorUnitIsThatOfTheShop() {
        // 2 x 10.50 EUR at 162.345 yen: 3,409.245; at 3.3851 dinars of three decimals: 71.0871.
        List<Line> lines = List.of(line("2", "10.50"));
        assertThat(into("JPY", 0, "162.345").convert(purchase(lines)).totalMinor())
                .isEqualTo(3_409);
        assertThat(into("TND", 3, "3.3851").convert(purchase(lines)).totalMinor())
                .isEqualTo(71_087);
    }

    @Test
    void aReturnIsConvertedToo() {
        Line cost = new Line("tea", null, 10_000, 100_000, 60_000L);
        Return ours = into("GBP", 2, "0.85").convert(new Return("e", 5, "o", false, "EUR", List.of(cost), 1_000));
        assertThat(ours)
                .isEqualTo(new Return(
                        "e", 5, "o", false, "GBP", List.of(new Line("tea", null, 10_000, 85_000, 51_000L)), 850));
        assertThat(into("GBP", 2, "0.85")
                        .convert(purchase(List.of(line("1", "1"))))
                        .lines()
                        .get(0)
                        .unitCost())
                .isNull();
    }

    /** In integers: the product is a whole number of 10^-8 x 10^-scale minor units x 10^digits. */
    @Property
    void theTotalIsExactlyThatOfIntegers(
            @ForAll @Size(max = 4) List<@LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) Long> amounts,
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long rate,
            @ForAll @IntRange(max = 12) int scale,
            @ForAll @IntRange(max = 4) int digits) {
        List<Line> lines = amounts.stream()
                .map(amount -> new Line("tea", null, amount % 1_000_003, amount / 17, null))
                .toList();
        BigInteger sum = BigInteger.ZERO;
        BigInteger divisor = BigInteger.TEN.pow(8 + scale - digits);
        for (Line line : lines) {
            BigInteger exact = BigInteger.valueOf(line.quantity())
                    .multiply(BigInteger.valueOf(line.unitPrice()))
                    .multiply(BigInteger.valueOf(rate));
            BigInteger twice = exact.abs().shiftLeft(1).add(divisor).divide(divisor.shiftLeft(1));
            sum = sum.add(exact.signum() < 0 ? twice.negate() : twice);
        }
        Conversion conversion = new Conversion("X", digits, BigDecimal.valueOf(rate, scale));
        if (sum.bitLength() < 63 && conversionFits(lines, rate, scale)) {
            assertThat(conversion.convert(purchase(lines)).totalMinor()).isEqualTo(sum.longValueExact());
        } else {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> conversion.convert(purchase(lines)));
        }
    }

    private static boolean conversionFits(List<Line> lines, long rate, int scale) {
        BigDecimal most = new BigDecimal(Long.MAX_VALUE);
        return lines.stream()
                .map(line -> new BigDecimal(line.unitPrice()).abs().multiply(BigDecimal.valueOf(rate, scale)))
                .allMatch(price -> price.compareTo(most) < 0);
    }

    @Test
    void atARateOfOneNothingChanges() {
        List<Line> lines = List.of(line("1.5", "0.3333"), line("-2", "7.77"));
        Purchase ours = into("EUR", 2, "1").convert(purchase(lines));
        assertThat(ours.lines()).isEqualTo(lines);
        assertThat(ours.totalMinor()).isEqualTo(Line.sumMinor(lines, 2));
    }
}

package io.ebbline.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of an order or of a return. Quantities and prices are exact: whole numbers of ten-thousandths.
 *
 * @param quantity how many or how much, in ten-thousandths
 * @param unitPrice price of one, net of discount, in ten-thousandths of the major unit
 * @param unitCost what one cost the shop, in ten-thousandths of the major unit; null where unknown
 */
public record Line(
        String sku,
        @Nullable String category,
        long quantity,
        long unitPrice,
        @Nullable Long unitCost) {

    /** Decimal places that quantities and prices carry. */
    public static final int SCALE = 4;

    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    /**
     * A line from decimals.
     *
     * @throws ArithmeticException when a number has more than four decimals or does not fit
     */
    public static Line of(String sku, @Nullable String category, BigDecimal quantity, BigDecimal unitPrice) {
        return new Line(sku, category, scaled(quantity), scaled(unitPrice), null);
    }

    /**
     * A decimal as ten-thousandths.
     *
     * @throws ArithmeticException when it has more than four decimals or does not fit
     */
    public static long scaled(BigDecimal value) {
        return value.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    /**
     * Quantity x unit price, exact, rounded half up (away from zero) to the minor unit.
     *
     * @param minorDigits decimals of the currency, 0 to 4
     * @throws ArithmeticException when the total does not fit into a long
     */
    public long totalMinor(int minorDigits) {
        long divisor = TENS[2 * SCALE - minorDigits];
        long high = Math.multiplyHigh(quantity, unitPrice);
        long low = quantity * unitPrice;
        if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
            return halfUp(low, divisor);
        }
        return new BigDecimal(BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(unitPrice)))
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long halfUp(long value, long divisor) {
        long quotient = value / divisor;
        long rest = Math.abs(value % divisor);
        return rest >= divisor - rest ? quotient + Long.signum(value) : quotient;
    }

    /**
     * The sum of the lines' totals in minor units.
     *
     * @throws ArithmeticException when it does not fit into a long
     */
    public static long sumMinor(List<Line> lines, int minorDigits) {
        long sum = 0;
        for (Line line : lines) {
            sum = Math.addExact(sum, line.totalMinor(minorDigits));
        }
        return sum;
    }
}

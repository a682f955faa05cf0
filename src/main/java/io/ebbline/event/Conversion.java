package io.ebbline.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From another currency into the shop's. A line comes to quantity x unit price x rate, exact, rounded half up (away from zero) to the
 * minor unit; an event to the sum of its lines. Prices, costs and discounts are rounded to ten-thousandths, and nothing is summed up
 * from them.
 *
 * @param currency ISO 4217 code of the shop's currency
 * @param minorDigits decimals of the shop's currency, 0 to 4
 * @param rate major units of the shop's currency for one of the other, above 0
 */
public record Conversion(String currency, int minorDigits, BigDecimal rate) {

    /**
     * An order in the shop's currency.
     *
     * @throws ArithmeticException when an amount does not fit into a long
     */
    public Purchase convert(Purchase purchase) {
        return new Purchase(
                purchase.id(),
                purchase.time(),
                purchase.orderId(),
                currency,
                purchase.channel(),
                amount(purchase.discount()),
                lines(purchase.lines()),
                totalMinor(purchase.lines()));
    }

    /**
     * A return in the shop's currency.
     *
     * @throws ArithmeticException when an amount does not fit into a long
     */
    public Return convert(Return goods) {
        return new Return(
                goods.id(),
                goods.time(),
                goods.orderId(),
                goods.whole(),
                currency,
                lines(goods.lines()),
                totalMinor(goods.lines()));
    }

    private List<Line> lines(List<Line> lines) {
        List<Line> converted = new ArrayList<>(lines.size());
        for (Line line : lines) {
            converted.add(new Line(
                    line.sku(), line.category(), line.quantity(), amount(line.unitPrice()), amount(line.unitCost())));
        }
        return converted;
    }

    private long totalMinor(List<Line> lines) {
        long sum = 0;
        for (Line line : lines) {
            BigDecimal total = BigDecimal.valueOf(line.quantity(), Line.SCALE)
                    .multiply(BigDecimal.valueOf(line.unitPrice(), Line.SCALE))
                    .multiply(rate);
            sum = Math.addExact(sum, rounded(total, minorDigits));
        }
        return sum;
    }

    private @Nullable Long amount(@Nullable Long tenThousandths) {
        return tenThousandths == null ? null : Long.valueOf(amount(tenThousandths.longValue()));
    }

    private long amount(long tenThousandths) {
        return rounded(BigDecimal.valueOf(tenThousandths, Line.SCALE).multiply(rate), Line.SCALE);
    }

    private static long rounded(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    }
}

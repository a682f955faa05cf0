package io.ebbline.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goods that came back, or an order cancelled.
 *
 * @param orderId the order they belong to; null where unknown
 * @param whole the whole order came back
 * @param currency ISO 4217 code of the amounts
 * @param lines what came back, quantities positive; may be empty when the whole order did
 * @param totalMinor sum of the lines' totals, minor units, normally positive
 */
public record Return(
        String id,
        long time,
        @Nullable String orderId,
        boolean whole,
        String currency,
        List<Line> lines,
        long totalMinor)
        implements Event {

    public Return {
        lines = List.copyOf(lines);
    }
}

package io.ebbline.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order, or more lines of an order already sent (same {@code orderId}).
 *
 * @param currency ISO 4217 code of the amounts
 * @param discount what was taken off in all, in ten-thousandths of the major unit; prices are net of it; null where unknown
 * @param totalMinor sum of the lines' totals, minor units
 */
public record Purchase(
        String id,
        long time,
        String orderId,
        String currency,
        @Nullable String channel,
        @Nullable Long discount,
        List<Line> lines,
        long totalMinor)
        implements Event {

    public Purchase {
        lines = List.copyOf(lines);
    }
}

package io.ebbline.profile;

import io.ebbline.event.Line;
import java.util.List;

/** What an order is an order of. */
public final class OrderCategory {

    /** The order says none. */
    public static final String UNKNOWN = "";

    private OrderCategory() {}

    /**
     * The category of the line that comes to most, by quantity times unit price, among those that name one; the first of equals.
     * A blank name, or one of more than {@value NamedSums#LONGEST_NAME} characters, is none.
     */
    public static String of(List<Line> lines) {
        String category = UNKNOWN;
        long high = 0;
        long low = 0;
        for (Line line : lines) {
            String name = line.category();
            if (name == null || name.isBlank() || name.length() > NamedSums.LONGEST_NAME) {
                continue;
            }
            long lineHigh = Math.multiplyHigh(line.quantity(), line.unitPrice());
            long lineLow = line.quantity() * line.unitPrice();
            boolean more = lineHigh > high || (lineHigh == high && Long.compareUnsigned(lineLow, low) > 0);
            if (category.isEmpty() || more) {
                category = name;
                high = lineHigh;
                low = lineLow;
            }
        }
        return category;
    }
}

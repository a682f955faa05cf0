package io.ebbline.config;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where in the input topics a replay starts: with neither a time nor offsets, at the first records that are still there.
 *
 * @param time at the first record of each partition whose Kafka time is not before this
 * @param offsets by {@code topic:partition}; the partitions that are not named start at their first records
 */
public record StartPoint(@Nullable Instant time, Map<String, Long> offsets) {

    /** The first records that are still there. */
    public static final StartPoint EARLIEST = new StartPoint(null, Map.of());

    public StartPoint {
        offsets = Map.copyOf(offsets);
    }

    /**
     * Reads {@code earliest}, an instant as in {@code 2024-01-01T00:00:00Z}, or offsets as in
     * {@code purchases:0=1200,touchpoints:3=88}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static StartPoint parse(String text) {
        if (text.equals("earliest")) {
            return EARLIEST;
        }
        try {
            return text.contains("=") ? offsets(text) : new StartPoint(Instant.parse(text), Map.of());
        } catch (DateTimeParseException | NumberFormatException e) {
            throw wrong(text, e);
        }
    }

    private static StartPoint offsets(String text) {
        Map<String, Long> offsets = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || !sides[0].matches("[^:]+:\\d+") || !sides[1].matches("\\d+")) {
                throw wrong(text, null);
            }
            if (offsets.put(sides[0], Long.valueOf(sides[1])) != null) {
                throw new IllegalArgumentException("\"" + text + "\" names the partition " + sides[0] + " twice.");
            }
        }
        return new StartPoint(null, offsets);
    }

    private static IllegalArgumentException wrong(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no place to start: write earliest, an instant as in 2024-01-01T00:00:00Z, or"
                        + " offsets as in purchases:0=1200,touchpoints:3=88.",
                cause);
    }
}

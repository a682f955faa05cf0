package io.ebbline.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 10s}, {@code 30d}, {@code 1h30min}, {@code 500ms}, or ISO 8601 ({@code PT10S}).
 * Units: ms, s, min (or m), h, d, w; a day has 24 hours. Never negative.
 */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,15})\\s*(ms|s|min|m|h|d|w)\\s*");
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", 86_400_000L);
        UNITS.put("h", 3_600_000L);
        UNITS.put("min", 60_000L);
        UNITS.put("s", 1_000L);
        UNITS.put("ms", 1L);
    }

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when the text is none, or longer than {@code Long.MAX_VALUE} milliseconds
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw wrong(text, null);
        }
        try {
            Duration parsed =
                    trimmed.startsWith("P") || trimmed.startsWith("p") ? Duration.parse(trimmed) : sum(trimmed);
            if (parsed.isNegative()) {
                throw wrong(text, null);
            }
            // Everything downstream counts milliseconds in a long.
            if (parsed.toMillis() < 0) {
                throw wrong(text, null);
            }
            return parsed;
        } catch (DateTimeParseException | ArithmeticException e) {
            throw wrong(text, e);
        }
    }

    private static Duration sum(String text) {
        Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
        long millis = 0;
        int end = 0;
        while (part.lookingAt()) {
            long unit = switch (part.group(2)) {
                case "w" -> 7 * 86_400_000L;
                case "m" -> 60_000L;
                default -> unit(part.group(2));
            };
            millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(part.group(1)), unit));
            end = part.end();
            part.region(end, text.length());
        }
        if (end == 0 || end != text.length()) {
            throw wrong(text, null);
        }
        return Duration.ofMillis(millis);
    }

    private static long unit(String name) {
        Long unit = UNITS.get(name);
        if (unit == null) {
            throw new IllegalStateException("No unit is named " + name);
        }
        return unit;
    }

    private static IllegalArgumentException wrong(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "\"" + text
                        + "\" is no duration: write a number with its unit (ms, s, min, h, d, w), as in 10s, 1h30min"
                        + " or 30d.",
                cause);
    }

    /** The shortest text that {@link #parse} reads back to the same milliseconds; {@code 0s} for none. */
    public static String format(Duration duration) {
        long rest = duration.toMillis();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            long count = rest / unit.getValue();
            rest %= unit.getValue();
            if (count > 0) {
                text.append(count).append(unit.getKey());
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}

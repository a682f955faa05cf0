package io.ebbline.connector.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes times. A time without a zone is read in the zone given; a date without a time is midnight. Where clocks
 * go back the earlier of two instants counts; where they go forward a time that does not exist moves by the gap.
 */
final class TimeFormat {

    private static final String ISO = "uuuu-MM-dd[['T'][' ']HH:mm[:ss[.SSSSSS][.SSS]][XXX]]";

    private final DateTimeFormatter formatter;
    private final ZoneId zone;
    private final String example;
    private final long unit;
    private String lastText = "";
    private long lastMillis;

    private TimeFormat(DateTimeFormatter formatter, ZoneId zone, String example, long unit) {
        this.formatter = formatter;
        this.zone = zone;
        this.example = example;
        this.unit = unit;
    }

    /**
     * A format.
     *
     * @param pattern as {@link DateTimeFormatter} has them, or {@code epoch-s} or {@code epoch-ms}; null for ISO 8601:
     *     {@code 2011-12-09}, {@code 2011-12-09 12:50}, {@code 2011-12-09T12:50:00Z}
     * @throws FeedException when the pattern is not understood
     */
    static TimeFormat of(@Nullable String pattern, ZoneId zone) {
        if (pattern != null && pattern.startsWith("epoch-")) {
            return switch (pattern) {
                case "epoch-s" -> epoch("1323435000", 1000);
                case "epoch-ms" -> epoch("1323435000000", 1);
                default ->
                    throw new FeedException("There is no time pattern \"" + pattern + "\": write epoch-s or epoch-ms.");
            };
        }
        try {
            // Strict, so that 31 February is an error and not the 28th; the era lets strict parsing accept yyyy.
            DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                    .appendPattern(pattern == null ? ISO : pattern)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
            String example = Instant.parse("2011-12-09T12:50:00Z")
                    .atZone(zone)
                    .format(
                            pattern == null
                                    ? DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                                    : formatter);
            return new TimeFormat(formatter, zone, example, 0);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new FeedException(
                    "The time pattern \"" + pattern + "\" is not understood: " + e.getMessage()
                            + ". Write one like dd.MM.yyyy HH:mm, or epoch-s, or epoch-ms.",
                    e);
        }
    }

    private static TimeFormat epoch(String example, long unit) {
        return new TimeFormat(DateTimeFormatter.ISO_INSTANT, ZoneOffset.UTC, example, unit);
    }

    /** A time as the file would write it. */
    String example() {
        return example;
    }

    /**
     * Milliseconds since the epoch.
     *
     * @throws DateTimeException when the text does not have the format
     * @throws ArithmeticException when the time is too far away
     */
    long millis(String text) {
        // Rows of one order follow each other and share their time: most of a big file is read from here.
        if (!text.equals(lastText)) {
            lastMillis = parse(text);
            lastText = text;
        }
        return lastMillis;
    }

    private long parse(String text) {
        if (unit > 0) {
            try {
                return Math.multiplyExact(Long.parseLong(text), unit);
            } catch (NumberFormatException e) {
                throw new DateTimeException("not a whole number", e);
            }
        }
        TemporalAccessor parsed = formatter.parse(text);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId own = parsed.query(TemporalQueries.zone());
        return ZonedDateTime.of(
                        LocalDate.from(parsed), time == null ? LocalTime.MIDNIGHT : time, own == null ? zone : own)
                .toInstant()
                .toEpochMilli();
    }
}

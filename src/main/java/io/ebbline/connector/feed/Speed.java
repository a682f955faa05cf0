package io.ebbline.connector.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a feed runs.
 *
 * @param millisPerSecond milliseconds of event time in a second of wall clock, above 0; {@link Long#MAX_VALUE} for as fast
 *     as it goes
 */
public record Speed(long millisPerSecond) {

    /** As fast as it goes. */
    public static final Speed MAX = new Speed(Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d|w)/s");

    public Speed {
        if (millisPerSecond < 1) {
            throw new IllegalArgumentException(
                    "A feed does not run at " + millisPerSecond + " ms of event time a second.");
        }
    }

    /**
     * Reads {@code max}, or event time per second of wall clock: a whole number, one of ms, s, m, h, d and w, then
     * {@code /s}. {@code 1d/s} is a day a second, {@code 1s/s} real time.
     *
     * @throws FeedException when the text is neither
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new FeedException("The speed is \"" + text
                    + "\". Write max, or event time per second like 1d/s, 12h/s or" + " 90s/s.");
        }
        long unit = switch (matcher.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            default -> 604_800_000L;
        };
        return new Speed(Long.parseLong(matcher.group(1)) * unit);
    }

    boolean isMax() {
        return millisPerSecond == Long.MAX_VALUE;
    }

    /** Nanoseconds of wall clock in which that many milliseconds of event time pass, at most {@link Long#MAX_VALUE}. */
    long nanosFor(long eventMillis) {
        double nanos = isMax() ? 0 : eventMillis * 1e9 / millisPerSecond;
        // The cast saturates.
        return (long) nanos;
    }
}

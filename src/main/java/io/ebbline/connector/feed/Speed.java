package io.ebbline.connector.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a feed runs: not faster than either limit. {@link Long#MAX_VALUE} is no limit.
 *
 * @param millisPerSecond milliseconds of event time in a second of wall clock, above 0
 * @param eventsPerSecond events in a second of wall clock, above 0
 */
public record Speed(long millisPerSecond, long eventsPerSecond) {

    /** As fast as it goes. */
    public static final Speed MAX = new Speed(Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d|w)/s");

    public Speed {
        if (millisPerSecond < 1 || eventsPerSecond < 1) {
            throw new IllegalArgumentException("A feed does not run at " + millisPerSecond + " ms of event time and "
                    + eventsPerSecond + " events a second.");
        }
    }

    /** So many milliseconds of event time a second, however many events that is. */
    public Speed(long millisPerSecond) {
        this(millisPerSecond, Long.MAX_VALUE);
    }

    /** So many events a second, whatever their times. */
    public static Speed ofEvents(long eventsPerSecond) {
        return new Speed(Long.MAX_VALUE, eventsPerSecond);
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

    /** Nanoseconds of wall clock that so much event time and so many events take, at most {@link Long#MAX_VALUE}. */
    long nanosFor(long eventMillis, long events) {
        return Math.max(nanos(eventMillis, millisPerSecond), nanos(events, eventsPerSecond));
    }

    private static long nanos(long amount, long perSecond) {
        double nanos = perSecond == Long.MAX_VALUE ? 0 : amount * 1e9 / perSecond;
        // The cast saturates.
        return (long) nanos;
    }
}

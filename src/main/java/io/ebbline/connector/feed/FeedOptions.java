package io.ebbline.connector.feed;

import java.time.Duration;

/**
 * How a feed is written. All but the speed decide the sequence of records in each partition: a feed is resumed with the
 * values that it was started with.
 *
 * @param lateness lateness bound of the job that reads, milliseconds, at least 0
 * @param clockEvery events between two rounds of clock records, at least 1
 * @param clockInterval event time between two rounds of clock records, milliseconds, at least 1: rounds stand at its
 *     multiples since the epoch, so that time goes on where a history is silent
 * @param speed how fast
 */
public record FeedOptions(long lateness, int clockEvery, long clockInterval, Speed speed) {

    public FeedOptions {
        if (lateness < 0 || clockEvery < 1 || clockInterval < 1) {
            throw new IllegalArgumentException(
                    "Lateness " + lateness + " ms, clocks every " + clockEvery + " events and every " + clockInterval
                            + " ms: the first must not be negative, the others be above 0.");
        }
    }

    /** Lateness 10 s, clocks every 1,000 events and every 6 hours, as fast as it goes. */
    public static FeedOptions defaults() {
        return new FeedOptions(
                Duration.ofSeconds(10).toMillis(), 1_000, Duration.ofHours(6).toMillis(), Speed.MAX);
    }

    /** These options at another speed. */
    public FeedOptions at(Speed newSpeed) {
        return new FeedOptions(lateness, clockEvery, clockInterval, newSpeed);
    }

    /** These options with another lateness bound, milliseconds. */
    public FeedOptions late(long newLateness) {
        return new FeedOptions(newLateness, clockEvery, clockInterval, speed);
    }
}

package io.ebbline.connector.feed;

/**
 * When a record is due on the wall clock. Time that was lost, to a slow broker say, is caught up.
 *
 * @param firstArrival arrival of the first record sent, milliseconds since the epoch
 * @param startNanos reading of {@link System#nanoTime()} when it was
 */
record Pace(Speed speed, long firstArrival, long startNanos) {

    /** Nanoseconds until a record that arrives then is due; not above 0 when it is. */
    long nanosUntil(long arrival, long nowNanos) {
        return speed.nanosFor(arrival - firstArrival) - (nowNanos - startNanos);
    }
}

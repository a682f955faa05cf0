package io.ebbline.connector.feed;

/**
 * When a record is due on the wall clock. Time that was lost, to a slow broker say, is caught up.
 *
 * @param firstArrival arrival of the first record sent, milliseconds since the epoch
 * @param firstEvents events of the feed up to it
 * @param startNanos reading of {@link System#nanoTime()} when it was
 */
record Pace(Speed speed, long firstArrival, long firstEvents, long startNanos) {

    /**
     * Nanoseconds until a record is due; not above 0 when it is.
     *
     * @param events of the feed up to it
     */
    long nanosUntil(long arrival, long events, long nowNanos) {
        return speed.nanosFor(arrival - firstArrival, events - firstEvents) - (nowNanos - startNanos);
    }
}

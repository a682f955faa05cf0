package io.ebbline.state;

import java.util.Arrays;

/**
 * Where a waiting event lies in the overflow of an inbox.
 *
 * @param time event time, milliseconds since the epoch
 * @param body the event by {@link EventCodec}
 * @param number tells identical events apart
 */
public record OverflowKey(long time, byte[] body, long number) implements Comparable<OverflowKey> {

    @Override
    public int compareTo(OverflowKey other) {
        int order = EventCodec.compare(time, body, other.time, other.body);
        return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OverflowKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(time) + Arrays.hashCode(body)) + Long.hashCode(number);
    }
}

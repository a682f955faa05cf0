package io.ebbline.state;

import java.util.Arrays;

/**
 * Encoded events in their total order: the head of a customer's inbox. In order of arrival it is touched at its ends only.
 */
public final class WaitingEvents {

    private long[] times = new long[2];
    private byte[][] bodies = new byte[2][];
    private int start;
    private int size;

    /** How many wait. */
    public int size() {
        return size;
    }

    /** Time of the i-th, milliseconds since the epoch. */
    public long time(int i) {
        return times[start + i];
    }

    /** Bytes of the i-th, by {@link EventCodec}. */
    public byte[] body(int i) {
        return bodies[start + i];
    }

    /** Whether an event belongs before the last one. */
    public boolean beforeLast(long time, byte[] body) {
        return size > 0 && EventCodec.compare(time, body, time(size - 1), body(size - 1)) < 0;
    }

    /** Puts an event where it belongs. */
    public void insert(long time, byte[] body) {
        if (start + size == times.length) {
            makeRoom();
        }
        int at = start + size;
        while (at > start && EventCodec.compare(time, body, times[at - 1], bodies[at - 1]) < 0) {
            times[at] = times[at - 1];
            bodies[at] = bodies[at - 1];
            at--;
        }
        times[at] = time;
        bodies[at] = body;
        size++;
    }

    /** Takes the first one out. */
    public void removeFirst() {
        bodies[start] = NOTHING;
        start++;
        size--;
        if (size == 0) {
            start = 0;
        }
    }

    /** Takes the last one out. */
    public void removeLast() {
        size--;
        bodies[start + size] = NOTHING;
    }

    private static final byte[] NOTHING = {};

    private void makeRoom() {
        int capacity = size > times.length / 2 ? 2 * times.length : times.length;
        times = Arrays.copyOf(Arrays.copyOfRange(times, start, start + size), capacity);
        bodies = Arrays.copyOf(Arrays.copyOfRange(bodies, start, start + size), capacity);
        start = 0;
    }
}

package io.ebbline.profile;

import java.util.Arrays;

/**
 * The returns of the last 400 days that belong to no order in the {@link Ledger}, at most {@value #CAPACITY}, so that they fall
 * out of a look-back window again. In the order in which they were booked. Mutable, for one thread.
 */
public final class LooseReturns {

    /** Returns kept at most; beyond, the oldest fall out early. */
    public static final int CAPACITY = 1_000;

    private static final long[] NONE = {};

    private long[] times = NONE;
    private long[] minor = NONE;
    private int size;

    /** How many returns are held. */
    public int size() {
        return size;
    }

    /** Time of the i-th return, milliseconds since the epoch. */
    public long time(int i) {
        return times[i];
    }

    /** What the i-th return came to, minor units; not 0. */
    public long minor(int i) {
        return minor[i];
    }

    /** Appends a return as it is; also how stored ones are read back. */
    public void append(long time, long amountMinor) {
        if (size == times.length) {
            int capacity = Math.max(2, 2 * size);
            times = Arrays.copyOf(times, capacity);
            minor = Arrays.copyOf(minor, capacity);
        }
        times[size] = time;
        minor[size++] = amountMinor;
    }

    /** Books a return; what is too old by then, or too much, falls out. */
    void add(long time, long amountMinor) {
        if (amountMinor != 0) {
            append(time, amountMinor);
        }
        int due = 0;
        while (due < size && (size - due > CAPACITY || times[due] < time - Ledger.KEPT_MILLIS)) {
            due++;
        }
        if (due > 0) {
            size -= due;
            System.arraycopy(times, due, times, 0, size);
            System.arraycopy(minor, due, minor, 0, size);
        }
    }
}

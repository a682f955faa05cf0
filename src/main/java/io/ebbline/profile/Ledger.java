package io.ebbline.profile;

import java.util.Arrays;

/**
 * The orders of the last 400 days, at most {@value #CAPACITY}, so that a return finds the order that it belongs to. What
 * falls out of it can't be returned any more and lives on in the profile's totals.
 *
 * <p>In the order in which orders were booked, which is event-time order but for late ones.
 */
public final class Ledger {

    /** How long an order can be returned: 400 days in milliseconds. */
    public static final long KEPT_MILLIS = 400L * 86_400_000;

    /** Orders kept at most; beyond, the oldest fall out early. */
    public static final int CAPACITY = 1_000;

    private long[] keys = new long[2];
    private long[] times = new long[2];
    private long[] gross = new long[2];
    private long[] returned = new long[2];
    private boolean[] whole = new boolean[2];
    private int start;
    private int size;

    /** How many orders are held. */
    public int size() {
        return size;
    }

    /** Hash of the i-th order's id. */
    public long key(int i) {
        return keys[start + i];
    }

    /** Time of the i-th order, milliseconds since the epoch. */
    public long time(int i) {
        return times[start + i];
    }

    /** What the i-th order came to, minor units. */
    public long gross(int i) {
        return gross[start + i];
    }

    /** What of the i-th order was returned, minor units, as a positive number. */
    public long returned(int i) {
        return returned[start + i];
    }

    /** Whether a return said that the whole i-th order came back. */
    public boolean whole(int i) {
        return whole[start + i];
    }

    /** Whether the i-th order still counts: it was not wholly returned, by word or by amount. */
    public boolean kept(int i) {
        int at = start + i;
        return !whole[at] && (returned[at] == 0 || returned[at] < gross[at]);
    }

    /** Position of an order; -1 when it is not held. */
    int find(long key) {
        for (int i = size - 1; i >= 0; i--) {
            if (keys[start + i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** Appends an order as it is; also how a stored ledger is read back. */
    public void append(long key, long time, long grossMinor, long returnedMinor, boolean wholeReturn) {
        if (start + size == keys.length) {
            makeRoom();
        }
        int at = start + size++;
        keys[at] = key;
        times[at] = time;
        gross[at] = grossMinor;
        returned[at] = returnedMinor;
        whole[at] = wholeReturn;
    }

    /** More lines of an order: what came back of it is no longer the whole. */
    void addLines(int i, long amountMinor) {
        gross[start + i] += amountMinor;
        whole[start + i] = false;
    }

    /** Books a return. */
    void addReturn(int i, long amountMinor, boolean wholeReturn) {
        returned[start + i] += amountMinor;
        whole[start + i] |= wholeReturn;
    }

    /** Whether the oldest order has to fall out at that instant. */
    boolean oldestIsDue(long asOf) {
        return size > CAPACITY || (size > 0 && times[start] < asOf - KEPT_MILLIS);
    }

    /** Drops the oldest order. */
    void dropOldest() {
        start++;
        size--;
    }

    /** Forgets everything. */
    void clear() {
        start = 0;
        size = 0;
    }

    private void makeRoom() {
        int capacity = size > keys.length / 2 ? 2 * keys.length : keys.length;
        keys = moved(keys, capacity);
        times = moved(times, capacity);
        gross = moved(gross, capacity);
        returned = moved(returned, capacity);
        boolean[] flags = new boolean[capacity];
        System.arraycopy(whole, start, flags, 0, size);
        whole = flags;
        start = 0;
    }

    private long[] moved(long[] from, int capacity) {
        return Arrays.copyOf(Arrays.copyOfRange(from, start, start + size), capacity);
    }
}

package io.ebbline.profile;

import java.util.Arrays;

/**
 * The ids of a customer's events of the last {@code horizon} of event time, so that a redelivery changes nothing.
 *
 * <p>Kept in order of event time in two parallel arrays. Beyond {@value #INDEXED} ids an open-addressing index is laid over
 * them, so that a customer with a thousand events a day costs no more per event than one with a single event. What has
 * expired is dropped when room is needed and never found.
 */
public final class SeenEvents {

    /** Up to this many ids a scan is faster than an index. */
    static final int INDEXED = 32;

    private long[] keys = new long[4];
    private long[] times = new long[4];
    private int start;
    private int size;
    /** Slots of the index hold position + 1 counted from the arrays' beginning; null while a scan does. */
    private int[] index = new int[0];

    /** How many ids are held. */
    public int size() {
        return size;
    }

    /** The i-th key, oldest first. */
    public long key(int i) {
        return keys[start + i];
    }

    /** The event time of the i-th key, milliseconds since the epoch. */
    public long time(int i) {
        return times[start + i];
    }

    /** Whether that id was seen at {@code since} or later. */
    public boolean contains(long key, long since) {
        return size <= INDEXED ? scan(key, since) : lookUp(key, since);
    }

    /**
     * Remembers an id.
     *
     * @param since ids older than this may be dropped
     */
    public void add(long key, long time, long since) {
        if (start + size == keys.length) {
            makeRoom(since);
        }
        int at = start + size;
        boolean inOrder = size == 0 || times[at - 1] <= time;
        if (!inOrder) {
            while (at > start && times[at - 1] > time) {
                keys[at] = keys[at - 1];
                times[at] = times[at - 1];
                at--;
            }
        }
        keys[at] = key;
        times[at] = time;
        size++;
        if (size > INDEXED) {
            if (inOrder && index.length >= 2 * size) {
                insert(at);
            } else {
                reindex();
            }
        }
    }

    /** Forgets everything. */
    public void clear() {
        start = 0;
        size = 0;
        index = new int[0];
    }

    private void makeRoom(long since) {
        int expired = 0;
        while (expired < size && times[start + expired] < since) {
            expired++;
        }
        int kept = size - expired;
        int capacity = kept > keys.length / 2 ? 2 * keys.length : keys.length;
        long[] newKeys = new long[capacity];
        long[] newTimes = new long[capacity];
        System.arraycopy(keys, start + expired, newKeys, 0, kept);
        System.arraycopy(times, start + expired, newTimes, 0, kept);
        keys = newKeys;
        times = newTimes;
        start = 0;
        size = kept;
        if (size > INDEXED) {
            reindex();
        } else {
            index = new int[0];
        }
    }

    private boolean scan(long key, long since) {
        for (int i = start + size - 1; i >= start && times[i] >= since; i--) {
            if (keys[i] == key) {
                return true;
            }
        }
        return false;
    }

    /** An id that expired and came again is in the index twice: what is too old is passed over. */
    private boolean lookUp(long key, long since) {
        if (index.length == 0) {
            reindex();
        }
        int mask = index.length - 1;
        for (int slot = slot(key, mask); index[slot] != 0; slot = (slot + 1) & mask) {
            int at = index[slot] - 1;
            if (keys[at] == key && times[at] >= since) {
                return true;
            }
        }
        return false;
    }

    private void insert(int at) {
        int mask = index.length - 1;
        int slot = slot(keys[at], mask);
        while (index[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        index[slot] = at + 1;
    }

    private void reindex() {
        int capacity = Integer.highestOneBit(4 * keys.length);
        if (index.length == capacity) {
            Arrays.fill(index, 0);
        } else {
            index = new int[capacity];
        }
        for (int i = start; i < start + size; i++) {
            insert(i);
        }
    }

    private static int slot(long key, int mask) {
        return (int) (key ^ (key >>> 32)) & mask;
    }
}

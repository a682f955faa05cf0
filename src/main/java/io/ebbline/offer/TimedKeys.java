package io.ebbline.offer;

import static io.ebbline.profile.Profile.NEVER;

import java.util.Arrays;

/**
 * Hashes of names, and when each was last heard of. Bounded: when all places are taken, the one heard of longest ago goes.
 * Mutable, for one thread. Instants are milliseconds since the epoch.
 */
public final class TimedKeys {

    private static final long[] NONE = {};

    private final int capacity;
    private long[] keys = NONE;
    private long[] times = NONE;
    private int size;

    /** No keys. */
    TimedKeys(int capacity) {
        this.capacity = capacity;
    }

    /** How many are held. */
    public int size() {
        return size;
    }

    /** How many are held at most. */
    public int capacity() {
        return capacity;
    }

    /** The i-th key, of the one heard of longest ago first. */
    public long key(int i) {
        return keys[i];
    }

    /** When the i-th was last heard of. */
    public long time(int i) {
        return times[i];
    }

    /** When a key was last heard of; {@link io.ebbline.profile.Profile#NEVER}. */
    public long last(long key) {
        int i = find(key);
        return i < 0 ? NEVER : times[i];
    }

    /** Whether a key was heard of at most so long before an instant, or after it. */
    public boolean isWithin(long key, long millis, long asOf) {
        long last = last(key);
        return last != NEVER && asOf - last < millis;
    }

    /** Hears of a key; also how stored ones are read back. */
    public void add(long key, long time) {
        long at = time;
        int known = find(key);
        if (known >= 0) {
            at = Math.max(at, times[known]);
            remove(known);
        } else if (size == capacity) {
            if (size == 0 || isBefore(time, key, 0)) {
                return;
            }
            remove(0);
        }
        if (size == keys.length) {
            int places = Math.min(capacity, Math.max(4, 2 * size));
            keys = Arrays.copyOf(keys, places);
            times = Arrays.copyOf(times, places);
        }
        int i = size++;
        for (; i > 0 && isBefore(at, key, i - 1); i--) {
            keys[i] = keys[i - 1];
            times[i] = times[i - 1];
        }
        keys[i] = key;
        times[i] = at;
    }

    /** Forgets what was last heard of at or before an instant. */
    void forgetUntil(long instant) {
        int gone = 0;
        while (gone < size && times[gone] <= instant) {
            gone++;
        }
        System.arraycopy(keys, gone, keys, 0, size - gone);
        System.arraycopy(times, gone, times, 0, size - gone);
        size -= gone;
    }

    /** Forgets all. */
    void clear() {
        size = 0;
    }

    /** Equal times are ordered by key, so that what goes first does not depend on the order of arrival. */
    private boolean isBefore(long time, long key, int i) {
        return time < times[i] || (time == times[i] && key < keys[i]);
    }

    private int find(long key) {
        for (int i = size - 1; i >= 0; i--) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    private void remove(int i) {
        System.arraycopy(keys, i + 1, keys, i, size - i - 1);
        System.arraycopy(times, i + 1, times, i, size - i - 1);
        size--;
    }
}

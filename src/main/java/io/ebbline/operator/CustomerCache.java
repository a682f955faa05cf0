package io.ebbline.operator;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * A write-back cache in front of a keyed store, of fixed capacity, with CLOCK eviction (Corbato 1968: second chance).
 *
 * <p>A key's value is loaded once, changed in memory, and stored when it is evicted or when the cache is flushed. An entry
 * stays valid until the next call of {@link #get}.
 *
 * <p>Not safe for use by several threads.
 */
final class CustomerCache<V> {

    /** Where values live. */
    interface Store<V> {
        /** The value of a key, made anew if there is none. */
        V load(String key) throws Exception;

        /** Stores a changed value; returns whether there was anything to keep. */
        boolean store(String key, V value) throws Exception;
    }

    /** A cached value. */
    static final class Entry<V> {
        private String key;
        private V value;
        private boolean dirty;
        private boolean referenced = true;

        private Entry(String key, V value) {
            this.key = key;
            this.value = value;
        }

        String key() {
            return key;
        }

        V value() {
            return value;
        }

        /** Has the value stored before it leaves the cache. */
        void changed() {
            dirty = true;
        }
    }

    /** No customer has this id. */
    private static final String NOBODY = "";

    private final Store<V> store;
    private final Entry<V>[] slots;
    private final Map<String, Entry<V>> entries;
    private int used;
    private int hand;

    /** The map is made for up to this many entries at once: growing it costs more than the memory is worth. */
    private static final int PRESIZED = 500_000;

    /** Bytes of heap that a cached customer of a dozen orders takes, about. */
    private static final long BYTES_PER_CUSTOMER = 1_400;

    /**
     * Entries for one of {@code subtasks} that share a heap: as configured, or where that is 0 what a quarter of the heap
     * holds, 1,000 at least.
     */
    static int capacity(int configured, long heapBytes, int subtasks) {
        if (configured > 0) {
            return configured;
        }
        return fitting(heapBytes / 4, subtasks, BYTES_PER_CUSTOMER);
    }

    /** Entries of a subtask: as configured, or where that is 0 what its share of an eighth of the heap holds, 1,000 at least. */
    static int capacity(int configured, TaskInfo task, long bytesPerEntry) {
        int sharing = Math.min(
                task.getNumberOfParallelSubtasks(), Runtime.getRuntime().availableProcessors());
        return configured > 0 ? configured : fitting(Runtime.getRuntime().maxMemory() / 8, sharing, bytesPerEntry);
    }

    private static int fitting(long bytes, int subtasks, long bytesPerEntry) {
        long fitting = bytes / Math.max(1, subtasks) / bytesPerEntry;
        return (int) Math.max(1_000, Math.min(fitting, 10_000_000));
    }

    /**
     * A cache.
     *
     * @param capacity entries, at least 1
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    CustomerCache(int capacity, Store<V> store) {
        if (capacity < 1) {
            throw new IllegalArgumentException("A cache of " + capacity + " entries holds nothing.");
        }
        this.store = store;
        this.slots = new Entry[capacity];
        this.entries = new HashMap<>(2 * Math.min(capacity, PRESIZED));
    }

    /** The entry of a key, loaded if need be. Evicts another when the cache is full. */
    Entry<V> get(String key) throws Exception {
        Entry<V> entry = entries.get(key);
        if (entry != null) {
            entry.referenced = true;
            return entry;
        }
        if (used < slots.length) {
            entry = new Entry<>(key, store.load(key));
            slots[used++] = entry;
        } else {
            entry = victim();
            if (entry.dirty) {
                store.store(entry.key, entry.value);
                entry.dirty = false;
            }
            V value = store.load(key);
            entries.remove(entry.key);
            entry.key = key;
            entry.value = value;
            entry.referenced = true;
        }
        entries.put(key, entry);
        return entry;
    }

    /** The entry of a key if it is cached; does not count as a use. */
    @Nullable
    Entry<V> peek(String key) {
        return entries.get(key);
    }

    /**
     * The entry of a key.
     *
     * @param guess the entry it had when it was seen last, which it mostly still has: that spares the look-up
     */
    Entry<V> get(String key, @Nullable Entry<V> guess) throws Exception {
        if (guess != null && guess.key.equals(key)) {
            guess.referenced = true;
            return guess;
        }
        return get(key);
    }

    /** Stores every changed value, and lets go of those of which nothing is kept; returns how many had changed. */
    int flush() throws Exception {
        int stored = 0;
        for (int i = 0; i < used; i++) {
            Entry<V> entry = slots[i];
            if (entry.dirty) {
                boolean kept = store.store(entry.key, entry.value);
                entry.dirty = false;
                stored++;
                if (!kept) {
                    drop(i--);
                }
            }
        }
        return stored;
    }

    private void drop(int slot) {
        Entry<V> entry = slots[slot];
        entries.remove(entry.key);
        entry.key = NOBODY; // Whoever still holds it as a hint must not take it for theirs.
        slots[slot] = slots[--used];
        slots[used] = null;
    }

    /** Entries held. */
    int size() {
        return used;
    }

    private Entry<V> victim() {
        while (true) {
            Entry<V> entry = slots[hand];
            hand = hand + 1 == slots.length ? 0 : hand + 1;
            if (!entry.referenced) {
                return entry;
            }
            entry.referenced = false;
        }
    }
}

package io.ebbline.offer;

import java.util.Arrays;

/** Two small counts by pair of numbers, each below 2^31: open addressing in two arrays. */
final class PairTable {

    private static final int LEAST = 64;
    private static final long FREE = -1;

    private long[] keys = new long[LEAST];
    private long[] counts = new long[LEAST];
    private int size;

    PairTable() {
        Arrays.fill(keys, FREE);
    }

    static long key(int from, int to) {
        return (long) from << 32 | to;
    }

    static int from(long key) {
        return (int) (key >>> 32);
    }

    static int to(long key) {
        return (int) key;
    }

    int size() {
        return size;
    }

    /** Adds to the first count times 2^32 plus the second. */
    void add(int from, int to, long packed) {
        long key = key(from, to);
        int at = place(keys, key);
        if (keys[at] == FREE) {
            if (2 * (size + 1) > keys.length) {
                grow();
                at = place(keys, key);
            }
            keys[at] = key;
            size++;
        }
        counts[at] += packed;
    }

    /** Told of a pair and its counts. */
    @FunctionalInterface
    interface Visitor {
        void visit(long key, long packed);
    }

    /** Shows all pairs, in no order. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                visitor.visit(keys[i], counts[i]);
            }
        }
    }

    private void grow() {
        long[] wider = new long[2 * keys.length];
        long[] moved = new long[wider.length];
        Arrays.fill(wider, FREE);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                int at = place(wider, keys[i]);
                wider[at] = keys[i];
                moved[at] = counts[i];
            }
        }
        keys = wider;
        counts = moved;
    }

    private static int place(long[] table, long key) {
        long hash = key * 0x9e3779b97f4a7c15L;
        int at = (int) (hash >>> 32) & (table.length - 1);
        while (table[at] != FREE && table[at] != key) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }
}

package io.ebbline.population;

import java.util.Arrays;

/**
 * A count and a sum for each of a few integers, both zero where nothing was added. What was added can be taken out again
 * exactly, and two of them merge by addition, in any order.
 *
 * <p>Open addressing over three arrays: an addition costs one probe and allocates nothing.
 */
public final class Cells {

    /** Sees each integer that has a count or a sum. */
    public interface Visitor {
        void see(int key, long count, long sum);
    }

    private static final int SMALLEST = 8;

    private int[] keys = new int[SMALLEST];
    private long[] counts = new long[SMALLEST];
    private long[] sums = new long[SMALLEST];
    private boolean[] used = new boolean[SMALLEST];
    private int size;

    /** Adds to an integer's count and sum; negative numbers take out. */
    public void add(int key, long count, long sum) {
        int slot = slot(key);
        if (!used[slot]) {
            if (2 * (size + 1) > keys.length) {
                grow();
                slot = slot(key);
            }
            used[slot] = true;
            keys[slot] = key;
            size++;
        }
        counts[slot] += count;
        sums[slot] += sum;
    }

    /** Adds another's counts and sums. */
    public void merge(Cells other) {
        other.forEach(this::add);
    }

    /** The count of an integer. */
    public long count(int key) {
        int slot = slot(key);
        return used[slot] ? counts[slot] : 0;
    }

    /** The sum of an integer. */
    public long sum(int key) {
        int slot = slot(key);
        return used[slot] ? sums[slot] : 0;
    }

    /** The count of all. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** The sum of all. */
    public long sum() {
        return Arrays.stream(sums).sum();
    }

    /** Whether every count and every sum is zero. */
    public boolean isEmpty() {
        return keys().length == 0;
    }

    /** The integers that have a count or a sum, ascending. */
    public int[] keys() {
        int[] found = new int[size];
        int n = 0;
        for (int slot = 0; slot < keys.length; slot++) {
            if (counts[slot] != 0 || sums[slot] != 0) {
                found[n++] = keys[slot];
            }
        }
        int[] sorted = Arrays.copyOf(found, n);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Shows every integer that has a count or a sum, ascending. */
    public void forEach(Visitor visitor) {
        for (int key : keys()) {
            int slot = slot(key);
            visitor.see(key, counts[slot], sums[slot]);
        }
    }

    /**
     * The smallest integer whose cumulative count is at least ceil(j N / n), N the count of all. Counts must not be negative.
     *
     * @throws IllegalStateException when the count of all is zero
     */
    public int quantile(int j, int n) {
        long all = count();
        // ceil(j N / n) without an overflow of j N.
        long wanted = all / n * j + (all % n * j + n - 1) / n;
        long seen = 0;
        for (int key : keys()) {
            seen += count(key);
            if (seen >= wanted) {
                return key;
            }
        }
        throw new IllegalStateException("There is nobody to divide.");
    }

    /** The slot that holds the key, or the free one that it would take. */
    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = ((key * 0x9E3779B9) >>> 7) & mask;
        while (used[slot] && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Twice the room, without the integers that have come to nothing. */
    private void grow() {
        Cells larger = new Cells();
        int room = 2 * keys.length;
        larger.keys = new int[room];
        larger.counts = new long[room];
        larger.sums = new long[room];
        larger.used = new boolean[room];
        for (int slot = 0; slot < keys.length; slot++) {
            if (used[slot] && (counts[slot] != 0 || sums[slot] != 0)) {
                larger.add(keys[slot], counts[slot], sums[slot]);
            }
        }
        keys = larger.keys;
        counts = larger.counts;
        sums = larger.sums;
        used = larger.used;
        size = larger.size;
    }
}

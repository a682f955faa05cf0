package io.ebbline.profile;

import java.util.Arrays;

/**
 * Positive sums by name, of a bounded number of names. When all places are taken, a name that is new takes that of the weakest:
 * with decayed sums the weakest is the one that was heard of least and longest ago. Mutable, for one thread.
 *
 * <p>Either the new name begins with what is its own, or it inherits the sum of the weakest too: SpaceSaving (Metwally, Agrawal,
 * El Abbadi: Efficient Computation of Frequent and Top-k Elements in Data Streams, ICDT 2005). Inherited sums are never too
 * small, too great by at most the weakest one, and so by at most the total / capacity; whatever really has more than that
 * share of the total is held.
 */
public final class NamedSums {

    /** Characters that a name has at most; a longer one is not a name and is not held. */
    public static final int LONGEST_NAME = 64;

    private static final String[] NO_NAMES = {};
    private static final double[] NO_SUMS = {};

    private final int capacity;
    private final boolean inherits;
    private String[] names = NO_NAMES;
    private double[] sums = NO_SUMS;
    private int size;

    /**
     * No sums.
     *
     * @param capacity names held at most, up to 62
     * @param inherits whether a name that takes a place takes over its sum
     */
    NamedSums(int capacity, boolean inherits) {
        this.capacity = capacity;
        this.inherits = inherits;
    }

    /** Names held at most. */
    public int capacity() {
        return capacity;
    }

    /** How many names are held. */
    public int size() {
        return size;
    }

    /** The i-th name. */
    public String name(int i) {
        return names[i];
    }

    /** Sum of the i-th name. */
    public double sum(int i) {
        return sums[i];
    }

    /** Adds a positive amount; also how stored sums are read back. */
    public void add(String name, double amount) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return;
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                sums[i] += amount;
                return;
            }
        }
        boolean room = size < capacity;
        int at = room ? size++ : weakest();
        makeRoom();
        names[at] = name;
        sums[at] = room || !inherits ? amount : sums[at] + amount;
    }

    /** Position of the strongest, of equals the first by name; -1 when none is held. */
    public int strongest() {
        return strongest(0);
    }

    /** The same of those whose positions are not among these bits. */
    public int strongest(long without) {
        int strongest = -1;
        for (int i = 0; i < size; i++) {
            if ((without & 1L << i) == 0 && (strongest < 0 || isStronger(i, strongest))) {
                strongest = i;
            }
        }
        return strongest;
    }

    /** The sum of the sums held, added in their order. */
    public double total() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += sums[i];
        }
        return total;
    }

    /** Multiplies every sum; what is no longer a normal number is dropped. */
    void scale(double factor) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double scaled = sums[i] * factor;
            if (scaled >= Double.MIN_NORMAL) {
                names[kept] = names[i];
                sums[kept++] = scaled;
            }
        }
        size = kept;
    }

    private int weakest() {
        int weakest = 0;
        for (int i = 1; i < size; i++) {
            if (isStronger(weakest, i)) {
                weakest = i;
            }
        }
        return weakest;
    }

    private boolean isStronger(int a, int b) {
        return sums[a] > sums[b] || (sums[a] == sums[b] && names[a].compareTo(names[b]) < 0);
    }

    private void makeRoom() {
        if (size > names.length) {
            int places = Math.min(capacity, 2 * size);
            names = Arrays.copyOf(names, places);
            sums = Arrays.copyOf(sums, places);
        }
    }
}

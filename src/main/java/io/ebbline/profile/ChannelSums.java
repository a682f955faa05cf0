package io.ebbline.profile;

import java.util.Arrays;

/**
 * Positive sums of at most {@value #CAPACITY} channels. When all places are taken, a channel that is new takes that of the
 * weakest: with decayed sums the weakest is the one that was heard of least and longest ago. Mutable, for one thread.
 */
public final class ChannelSums {

    /** Channels held at most. */
    public static final int CAPACITY = 8;

    /** Characters that a channel's name has at most; a longer one is not a name and is not held. */
    public static final int LONGEST_NAME = 64;

    private static final String[] NO_NAMES = {};
    private static final double[] NO_SUMS = {};

    private String[] names = NO_NAMES;
    private double[] sums = NO_SUMS;
    private int size;

    /** How many channels are held. */
    public int size() {
        return size;
    }

    /** Name of the i-th channel. */
    public String name(int i) {
        return names[i];
    }

    /** Sum of the i-th channel. */
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
        int at = size < CAPACITY ? size++ : weakest();
        makeRoom();
        names[at] = name;
        sums[at] = amount;
    }

    /** Position of the strongest channel, of equals the first by name; -1 when none is held. */
    public int strongest() {
        int strongest = -1;
        for (int i = 0; i < size; i++) {
            if (strongest < 0 || isStronger(i, strongest)) {
                strongest = i;
            }
        }
        return strongest;
    }

    /** The sum of the channels held, added in their order. */
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
            int capacity = Math.min(CAPACITY, 2 * size);
            names = Arrays.copyOf(names, capacity);
            sums = Arrays.copyOf(sums, capacity);
        }
    }
}

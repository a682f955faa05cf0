package io.ebbline.profile;

/** Positive sums in slots 0 to 63, of which only those that are there take room. Mutable, for one thread. */
public final class SparseSums {

    private static final double[] NONE = {};

    private long mask;
    /** The sums that are there, in order of their slots; may be longer. */
    private double[] sums = NONE;

    /** The slots that hold a sum, as bits. */
    public long mask() {
        return mask;
    }

    /** The sum of a slot; 0 when there is none. */
    public double get(int slot) {
        return (mask & 1L << slot) == 0 ? 0 : sums[at(slot)];
    }

    /** Adds a positive amount to a slot; also how stored sums are read back. */
    public void add(int slot, double amount) {
        int at = at(slot);
        if ((mask & 1L << slot) == 0) {
            makeRoom(at);
            mask |= 1L << slot;
            sums[at] = 0;
        }
        sums[at] += amount;
    }

    /** The sum of those slots, added in their order. */
    public double total(long slots) {
        double total = 0;
        int at = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            if ((slots & Long.lowestOneBit(rest)) != 0) {
                total += sums[at];
            }
            at++;
        }
        return total;
    }

    /** The slot of the greatest sum among those slots, the lowest of equals; -1 when there is none. */
    public int greatest(long slots) {
        int greatest = -1;
        double sum = 0;
        int at = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            if ((slots & Long.lowestOneBit(rest)) != 0 && sums[at] > sum) {
                sum = sums[at];
                greatest = Long.numberOfTrailingZeros(rest);
            }
            at++;
        }
        return greatest;
    }

    /** Multiplies every sum; what is no longer a normal number is dropped. */
    void scale(double factor) {
        int kept = 0;
        int at = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            double scaled = sums[at++] * factor;
            if (scaled < Double.MIN_NORMAL) {
                mask &= ~Long.lowestOneBit(rest);
            } else {
                sums[kept++] = scaled;
            }
        }
    }

    private int at(int slot) {
        return Long.bitCount(mask & ((1L << slot) - 1));
    }

    private void makeRoom(int at) {
        int size = Long.bitCount(mask);
        double[] room = size < sums.length ? sums : new double[size + 1 + size / 2];
        System.arraycopy(sums, 0, room, 0, at);
        System.arraycopy(sums, at, room, at + 1, size - at);
        sums = room;
    }
}

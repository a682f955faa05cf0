package io.ebbline.offer;

import java.util.Arrays;

/** Sums of few products out of many, by their numbers in the {@link Market}: open addressing in two arrays. Mutable, for one thread. */
final class ItemSums {

    private static final int FREE = -1;

    private final int[] items;
    private final double[] sums;

    /** A bit for the last six of each number that is watched: most products are seen not to be without looking further. */
    private long watched;

    /**
     * Nothing is watched yet.
     *
     * @param products how many will be at most
     */
    ItemSums(int products) {
        int places = Integer.highestOneBit(4 * products + 4);
        items = new int[places];
        sums = new double[places];
        Arrays.fill(items, FREE);
    }

    /** Sums what is added of a product from here on. */
    void watch(int item) {
        items[place(item)] = item;
        watched |= 1L << item;
    }

    /** Adds a factor times a number to the sum of a product, if that is watched. */
    void add(int item, double factor, double number) {
        if ((watched >>> item & 1) != 0) {
            int at = place(item);
            if (items[at] == item) {
                sums[at] += factor * number;
            }
        }
    }

    /** The sum of a product; 0 of one that is not watched. */
    double of(int item) {
        return item < 0 ? 0 : sums[place(item)];
    }

    private int place(int item) {
        int mask = items.length - 1;
        int at = ((item * 0x9e3779b9) >>> 15) & mask;
        while (items[at] != item && items[at] != FREE) {
            at = (at + 1) & mask;
        }
        return at;
    }
}

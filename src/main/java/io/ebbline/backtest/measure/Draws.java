package io.ebbline.backtest.measure;

import java.util.Arrays;

/** How often each customer is drawn. */
public final class Draws {

    private Draws() {}

    /** Everybody once: the history as it is. */
    public static int[] once(int customers) {
        int[] times = new int[customers];
        Arrays.fill(times, 1);
        return times;
    }

    /** The draws of some of the customers. */
    public static int[] of(int[] times, int[] customers) {
        return Arrays.stream(customers).map(customer -> times[customer]).toArray();
    }
}

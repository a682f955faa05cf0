package io.ebbline.fit;

import java.util.List;

/** How many customers a fit needs at least. */
final class Enough {

    private static final int CUSTOMERS = 50;
    private static final int AGAIN = 10;

    private Enough() {}

    static void customers(long count, String who) {
        if (count < CUSTOMERS) {
            throw new FitException("The history has " + count + " " + who + ": a fit needs " + CUSTOMERS
                    + " at least; keep the model in use, or fit to a longer history.");
        }
    }

    static void repeats(List<Buyer.Sample> samples) {
        customers(samples.size(), "customers");
        again(samples.stream().filter(sample -> sample.repeats() > 0).count());
    }

    static void again(long count) {
        if (count < AGAIN) {
            throw new FitException("Only " + count + " of the customers ordered again: a fit needs " + AGAIN
                    + " at least; keep the model in use, or fit to a longer history.");
        }
    }
}

package io.ebbline.fit;

import java.util.List;

/** How many customers a fit needs at least. */
final class Enough {

    private static final int CUSTOMERS = 50;
    private static final int TELLING = 10;

    private Enough() {}

    /** Refuses a fit to fewer than 50. */
    static void customers(long count, String who) {
        require(count, CUSTOMERS, who);
    }

    /** Refuses a fit where fewer than 10 have done what it is about. */
    static void telling(long count, String who) {
        require(count, TELLING, who);
    }

    /** Refuses a fit to too few customers, or too few who ordered again. */
    static void repeats(List<Buyer.Sample> samples) {
        customers(samples.size(), "customers");
        telling(
                samples.stream().filter(sample -> sample.repeats() > 0).count(),
                "customers who ordered again on another day");
    }

    private static void require(long count, int least, String who) {
        if (count < least) {
            throw new FitException("The history has " + count + " " + who + ", and a fit needs " + least
                    + " at least: fit to a longer history, and keep the model in use until then.");
        }
    }
}

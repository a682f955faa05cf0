package io.ebbline.connector.feed;

import java.util.List;

/**
 * How much goes wrong in the simulated shop, and how much it offers. Every rate is a share from 0 to 1.
 *
 * @param returns purchases from which something comes back
 * @param named of the returns, those that name their order
 * @param whole of the returns that name their order, those of all of it
 * @param duplicates events that are sent a second time
 * @param delayed events that may be overtaken by others within the lateness bound
 * @param late events that arrive after the lateness bound
 * @param future events followed by another one from a device whose clock is days ahead
 * @param anonymous events followed by one whose customer is not known
 * @param foreign purchases followed by another one in a currency that the shop does not take
 * @param broken events followed by bytes that are no event
 * @param campaigns customers who are shown an offer in any one week; 0: nobody ever
 */
public record ShopRates(
        double returns,
        double named,
        double whole,
        double duplicates,
        double delayed,
        double late,
        double future,
        double anonymous,
        double foreign,
        double broken,
        double campaigns) {

    public ShopRates {
        for (double rate : List.of(
                returns, named, whole, duplicates, delayed, late, future, anonymous, foreign, broken, campaigns)) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("A rate is " + rate + ", not a share from 0 to 1.");
            }
        }
    }

    /** A shop on an ordinary day. */
    public static ShopRates defaults() {
        return new ShopRates(0.06, 0.8, 0.3, 0.01, 0.05, 0.002, 0.001, 0.005, 0.001, 0.001, 0.1);
    }

    /** A shop with the usual returns in which no record goes wrong, and which offers nothing. */
    public static ShopRates clean() {
        return new ShopRates(0.06, 0.8, 0.3, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}

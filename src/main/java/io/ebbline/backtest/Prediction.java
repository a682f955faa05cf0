package io.ebbline.backtest;

import io.ebbline.fit.Buyer;
import io.ebbline.profile.Stage;

/**
 * A customer at a cut, what the engine said of them, and what came of it.
 *
 * @param customer which one: a place in the history's list of customers
 * @param known their orders up to the cut
 * @param stage what they were at the cut
 * @param pBuy chance of an order within the horizon as the engine said it; NaN when it said unknown
 * @param spendMinor net spend within the horizon as the engine said it, minor units; NaN when unknown, or not said
 * @param occasions days within the horizon on which an order began
 * @param netMinor what was bought within the horizon less what was returned, minor units
 * @param stageAfter what they were at the end of the horizon
 */
public record Prediction(
        int customer,
        Buyer.Sample known,
        Stage stage,
        double pBuy,
        double spendMinor,
        int occasions,
        long netMinor,
        Stage stageAfter) {

    /** Whether they ordered within the horizon. */
    public boolean bought() {
        return occasions > 0;
    }

    /** The baseline that knows the silence alone: the greater, the shorter it is. */
    public double recency() {
        return -known.silenceDays();
    }

    /** The baseline that counts orders alone: days with an order after the first. */
    public double frequency() {
        return known.repeats();
    }

    /** Whether they had ordered again by the cut, on another day than the first time. */
    public boolean isRepeatBuyer() {
        return known.repeats() > 0;
    }
}

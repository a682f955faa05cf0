package io.ebbline.offer;

import io.ebbline.model.RankingModel.Explore;
import io.ebbline.profile.Shelf;

/**
 * How ready a customer is for what they don't own, whatever it is: terms that {@link Explore} weights.
 *
 * @param breadth ln of the products that the customer bought, over how many others have bought in as many orders; little evidence
 *     is drawn towards 0, as of a rate with a gamma prior
 * @param fresh ln of how many products new to the customer the next order after so many holds, over how many an order holds
 */
public record Appetite(double breadth, double fresh) {

    /** That of nobody in particular. */
    static final Appetite USUAL = new Appetite(0, 0);

    /** That of a customer; while nothing is usual, as usual. */
    static Appetite of(Shelf shelf, Market market) {
        double usual = market.firstPerOrder();
        if (usual == 0) {
            return USUAL;
        }
        double prior = AffinityRules.BREADTH_SMOOTHING;
        return new Appetite(
                StrictMath.log((shelf.items().size() + prior) / (market.newInAll(shelf.orders()) + prior)),
                StrictMath.log(market.newInNext(shelf.orders()) / usual));
    }

    /** What it adds to the log odds of each product, with the intercept. */
    double logOdds(Explore weights) {
        return weights.intercept() + weights.breadth() * breadth + weights.fresh() * fresh;
    }
}

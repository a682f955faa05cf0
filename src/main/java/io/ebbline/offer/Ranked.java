package io.ebbline.offer;

import io.ebbline.model.RankingModel.Explore;

/**
 * A product not owned, with the terms that {@link Explore} weights.
 *
 * @param item number in the {@link Market}
 * @param appetite of the customer
 */
public record Ranked(
        int item,
        double popularity,
        double trend,
        double later,
        double together,
        double category,
        double price,
        Appetite appetite) {

    /** Log odds that it is in the customer's next order. */
    public double logOdds(Explore weights) {
        return score(weights) + appetite.logOdds(weights);
    }

    /** What it ranks by. */
    double score(Explore weights) {
        return weights.popularity() * popularity
                + weights.trend() * trend
                + weights.later() * later
                + weights.together() * together
                + weights.category() * category
                + weights.price() * price;
    }

    /** Chance that it is in the customer's next order, 0 to 1. */
    public double chance(Explore weights) {
        return 1 / (1 + StrictMath.exp(-logOdds(weights)));
    }
}

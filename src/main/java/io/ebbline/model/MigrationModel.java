package io.ebbline.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Lifetime value of customers who come and go and always give a share: Dwyer's migration model (Dwyer 1989), as the Markov
 * chain of Pfeifer and Carraway (2000), Modeling customer relationships as Markov chains. The chance of buying again depends
 * on recency. Retailing is the pattern.
 *
 * <p>State k = 1..n: the last purchase was in the k-th period back, 1 for the period that ends now. From k the customer buys
 * in the next period with chance p_k and is in state 1, or doesn't and is in state k + 1. After n periods without a purchase
 * they are lapsed: no more contacts, worth nothing. The horizon is without end.
 *
 * <p>V = (I - P / (1 + d))^-1 R with R_1 = margin - contact, R_k = -contact. It counts the state of now: for the periods to
 * come alone, subtract R_k.
 *
 * @param chances p_1..p_n by recency, each 0 to 1, at least one
 * @param margin minor units per purchase, before the contact's cost
 * @param contactCost minor units per period spent on a customer who is not lapsed, 0 or more
 * @param rate d, the discount rate of a period, 0 or more
 * @throws IllegalArgumentException when an argument is out of its range, or the value would have no bound
 */
public record MigrationModel(List<Double> chances, double margin, double contactCost, double rate) {

    public MigrationModel {
        chances = List.copyOf(chances);
        if (chances.isEmpty()) {
            throw new IllegalArgumentException("There is no chance of buying: give one per period of recency.");
        }
        for (double chance : chances) {
            Parameters.requireShare("A chance of buying", chance);
        }
        if (!Double.isFinite(margin)) {
            throw new IllegalArgumentException("margin is " + margin + ": give a finite amount in minor units.");
        }
        Parameters.requireAmount("contactCost", contactCost);
        Parameters.requireRate(rate);
        if (rate == 0 && chances.contains(1.0)) {
            throw new IllegalArgumentException("Who never lapses is worth more without end when nothing is discounted: "
                    + "choose chances below 1 or a rate above 0.");
        }
    }

    /** The values of a customer in the states 1..n, in this order. */
    public List<LifetimeValue> values() {
        // Row k of (I - P / (1 + d)) V = R is V_k = R_k + f p_k V_1 + f (1 - p_k) V_(k+1), f = 1 / (1 + d), V_(n+1) =
        // 0.
        // Eliminated from the last row up, V_k = own_k + (1 - rest_k) V_1. All terms of rest are positive, so none
        // cancel.
        int n = chances.size();
        double[] own = new double[n + 1];
        double[] rest = new double[n + 1];
        rest[n] = 1;
        for (int k = n - 1; k >= 0; k--) {
            double stays = (1 - chances.get(k)) / (1 + rate);
            own[k] = (k == 0 ? margin - contactCost : -contactCost) + stays * own[k + 1];
            rest[k] = rate / (1 + rate) + stays * rest[k + 1];
        }
        double bought = own[0] / rest[0];
        List<LifetimeValue> values = new ArrayList<>(n);
        for (int k = 0; k < n; k++) {
            double value = k == 0 ? bought : own[k] + (1 - rest[k]) * bought;
            values.add(new LifetimeValue(LifetimeValue.Model.MIGRATION, value));
        }
        return List.copyOf(values);
    }
}

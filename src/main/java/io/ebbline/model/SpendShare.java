package io.ebbline.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Lifetime value by spend share (支出分配): what a customer will spend on each brand, as their purchases switch between
 * brands. For one retailer read category or own brand.
 *
 * <p>CLV_j = sum over t = 0..T of F_t S_jt R_t / (1 + r)^t, S_t = S_(t-1) P, P the switching matrix.
 *
 * @param matrix P, a step of it being one period
 * @param rate r, the discount rate of a period, 0 or more
 * @throws IllegalArgumentException when the rate is out of its range
 */
public record SpendShare(SwitchingMatrix matrix, double rate) {

    public SpendShare {
        Parameters.requireRate(rate);
    }

    /**
     * The value of the customer to each brand, in the order of the matrix.
     *
     * @param shares S_0, the chances or shares of purchases by brand now, which sum to 1
     * @param purchases F_t, how many purchases in each period from now (t = 0) to the horizon (t = T), 0 or more
     * @param spend R_t, minor units per purchase in each of these periods, 0 or more
     * @throws IllegalArgumentException when the shares don't fit the matrix, the periods don't fit each other or
     *     there are none, or a number is out of its range
     */
    public List<LifetimeValue> values(double[] shares, double[] purchases, double[] spend) {
        if (purchases.length != spend.length) {
            throw new IllegalArgumentException("Purchases are given for " + purchases.length + " periods, spend for "
                    + spend.length + ": give both for the same periods, from now to the horizon.");
        }
        if (spend.length == 0) {
            throw new IllegalArgumentException("There is no period: give purchases and spend at least for now.");
        }
        double[] sums = new double[matrix.size()];
        double[] now = shares;
        double discount = 1;
        for (int t = 0; t < spend.length; t++) {
            Parameters.requireAmount("The number of purchases", purchases[t]);
            Parameters.requireAmount("The spend per purchase", spend[t]);
            double[] next = matrix.next(now);
            for (int j = 0; j < sums.length; j++) {
                sums[j] += purchases[t] * now[j] * spend[t] * discount;
            }
            now = next;
            discount /= 1 + rate;
        }
        List<LifetimeValue> values = new ArrayList<>(sums.length);
        for (double sum : sums) {
            values.add(new LifetimeValue(LifetimeValue.Model.SPEND_SHARE, sum));
        }
        return List.copyOf(values);
    }
}

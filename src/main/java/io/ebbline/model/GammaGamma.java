package io.ebbline.model;

/**
 * What a customer spends per order: the Gamma-Gamma model of Fader, Hardie, Lee (2005), as written out by Fader and Hardie
 * (2013). Orders vary around the customer's own mean, Gamma(p, nu); nu is Gamma(q, v) over customers. It knows nothing of how
 * often they buy, and takes the two to be unrelated.
 *
 * <p>Which orders count, all or the repeats alone, is settled by the fit and must be the same afterwards.
 *
 * @param p shape of a customer's orders, positive
 * @param q shape of the customers' scales, above 1
 * @param v their scale, in the unit of the money, positive
 * @throws IllegalArgumentException when a parameter is out of its range
 */
public record GammaGamma(double p, double q, double v) {

    public GammaGamma {
        Parameters.requirePositive("p", p);
        Parameters.requirePositive("v", v);
        if (!(q > 1 && q < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("q is " + q + ": it must be above 1 and finite, or the mean spend of all"
                    + " customers is endless; fit to more customers, or without the few largest orders.");
        }
    }

    /** The mean spend per order over all customers: p v / (q - 1). */
    public double populationMean() {
        return p * v / (q - 1);
    }

    /**
     * The expected spend per order of a customer: p (v + x m) / (p x + q - 1), between their own mean and that of all, the
     * nearer to their own the more orders they have. Fader and Hardie (2013), equation 5.
     *
     * @param orders x, 0 or more
     * @param meanSpend m, mean over those orders, 0 or more; without orders it does not count
     */
    public double expectedSpend(long orders, double meanSpend) {
        return orders == 0 ? populationMean() : p * (v + orders * meanSpend) / (p * orders + (q - 1));
    }

    /**
     * Natural logarithm of the density of a customer's mean spend, given the number of orders; Fader and Hardie (2013),
     * equation 1a.
     *
     * @param orders 1 or more
     * @param meanSpend positive
     * @throws IllegalArgumentException when there is no order or no spend: leave such customers out of the fit
     */
    public double logLikelihood(long orders, double meanSpend) {
        if (orders < 1 || !(meanSpend > 0)) {
            throw new IllegalArgumentException(
                    orders + " orders of " + meanSpend
                            + " on average have no likelihood: leave customers without an order or without spend out of the fit.");
        }
        double px = p * orders;
        double spend = orders * meanSpend;
        // (v / (x m + v))^q (x m / (x m + v))^(p x), over m
        return -Special.logBeta(px, q)
                - q * StrictMath.log1p(spend / v)
                - px * StrictMath.log1p(v / spend)
                - StrictMath.log(meanSpend);
    }
}

package io.ebbline.model;

/**
 * Lifetime value of customers who, once they stop, are lost for good: Dwyer's retention model (Dwyer 1989, Customer lifetime
 * valuation to support marketing decision making). A subscription is the pattern. Each period the customer stays with the
 * same chance; the horizon is without end.
 *
 * <p>m r / (1 + i - r) = sum over t from 1 of m r^t / (1 + i)^t: the margin of the period that has just been paid for is not
 * in it, and the cost of winning the customer isn't either.
 *
 * @param retention r, the chance of staying for one more period, 0 to 1
 * @param rate i, the discount rate of a period, 0 or more
 * @throws IllegalArgumentException when an argument is out of its range, or the value would have no bound
 */
public record RetentionModel(double retention, double rate) {

    public RetentionModel {
        Parameters.requireShare("retention", retention);
        Parameters.requireRate(rate);
        if (!(rate + (1 - retention) > 0)) {
            throw new IllegalArgumentException("Who never leaves is worth more without end when nothing is discounted: "
                    + "choose a retention below 1 or a rate above 0.");
        }
    }

    /**
     * The value of the periods to come.
     *
     * @param margin m, minor units per period of staying; negative when serving costs more
     */
    public LifetimeValue value(double margin) {
        // 1 - r first: exact for r from .5, where 1 + i - r would round a small rate away.
        return new LifetimeValue(LifetimeValue.Model.RETENTION, margin * (retention / (rate + (1 - retention))));
    }
}

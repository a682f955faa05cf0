package io.ebbline.model;

/**
 * What a customer brings and costs when every year is like the next: the textbook's CLV models 1 to 3. Amounts are in minor
 * units. The first payment and cost are of today, the yearly ones fall at the end of each year. Any other period will do for
 * the year, if the rate is of the same.
 *
 * <p>With the annuity A(c) = sum over t = 1..n of c / (1 + r)^t.
 *
 * @param firstPayment P0, what the customer pays at first, 0 or more
 * @param firstCost C0, what it costs to win them, 0 or more
 * @param income In, what they pay in each year after, 0 or more
 * @param directCost Cs, what serving them costs directly in each year after, 0 or more
 * @param overhead their part of the other costs of each year, 0 or more; all costs C = Cs + overhead
 * @param years n, the horizon, 0 or more
 * @param rate r, the yearly discount rate, 0 or more, .09 for 9 %
 * @throws IllegalArgumentException when an argument is out of its range
 */
public record YearlyAccount(
        double firstPayment,
        double firstCost,
        double income,
        double directCost,
        double overhead,
        int years,
        double rate) {

    public YearlyAccount {
        Parameters.requireAmount("firstPayment", firstPayment);
        Parameters.requireAmount("firstCost", firstCost);
        Parameters.requireAmount("income", income);
        Parameters.requireAmount("directCost", directCost);
        Parameters.requireAmount("overhead", overhead);
        if (years < 0) {
            throw new IllegalArgumentException("years is " + years + ": choose a horizon of 0 years or more.");
        }
        Parameters.requireRate(rate);
    }

    /** Model 1: P0 + A(In). */
    public LifetimeValue revenue() {
        return new LifetimeValue(LifetimeValue.Model.REVENUE, firstPayment + annuity(income));
    }

    /** Model 2: P0 - C0 + A(In - C). */
    public LifetimeValue profit() {
        return new LifetimeValue(
                LifetimeValue.Model.PROFIT, firstPayment - firstCost + annuity(income - directCost - overhead));
    }

    /** Model 3: P0 - C0 + A(In - Cs). */
    public LifetimeValue contribution() {
        return new LifetimeValue(
                LifetimeValue.Model.CONTRIBUTION, firstPayment - firstCost + annuity(income - directCost));
    }

    private double annuity(double amount) {
        if (rate == 0) {
            return amount * years;
        }
        // (1 - (1 + r)^-n) / r, which for small rates loses no digits this way.
        return amount * (-StrictMath.expm1(-years * StrictMath.log1p(rate)) / rate);
    }
}

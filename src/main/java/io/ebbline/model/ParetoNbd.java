package io.ebbline.model;

/**
 * Whether and how often a customer still buys, when they may leave at any moment: the Pareto/NBD of Schmittlein, Morrison,
 * Colombo (1987), in the form of Fader and Hardie (2005). While alive a customer buys at random at a rate of their own,
 * Gamma(r, alpha) over customers, and leaves at a rate of their own, Gamma(s, beta).
 *
 * <p>A customer is given by {@code repeats}, the purchase occasions after the first, 0 or more; {@code spanDays}, from the
 * first occasion to the last, 0 or more; and {@code silenceDays}, since the last, 0 or more.
 *
 * @param r shape of the purchase rates, positive
 * @param alphaDays their scale, days, positive
 * @param s shape of the rates of leaving, positive
 * @param betaDays their scale, days, positive
 * @throws IllegalArgumentException when a parameter is out of its range
 */
public record ParetoNbd(double r, double alphaDays, double s, double betaDays) implements ExpectedPurchases {

    /** Step of the trapezoidal rule over ln u: the integrand is analytic up to i pi / 2, so the error is about 1e-17. */
    private static final double STEP = .25;

    public ParetoNbd {
        Parameters.requirePositive("r", r);
        Parameters.requirePositive("alphaDays", alphaDays);
        Parameters.requirePositive("s", s);
        Parameters.requirePositive("betaDays", betaDays);
    }

    /** The chance that the customer has not left; falls in silence. Fader and Hardie (2005), equation 7. */
    @Override
    public double pAlive(long repeats, double spanDays, double silenceDays) {
        double n = r + repeats;
        double alpha = alphaDays + spanDays;
        double beta = betaDays + spanDays;
        double silent = StrictMath.exp(logStays(n, alpha, beta, silenceDays));
        return silent == 0 ? 0 : Math.min(1, silent / silence(n, alpha, beta, silenceDays));
    }

    /**
     * The chance of a purchase within the next {@code horizonDays}: who is alive is like a new customer of a population with
     * r + x, alpha + T and beta + T.
     */
    public double pBuy(long repeats, double spanDays, double silenceDays, double horizonDays) {
        double age = spanDays + silenceDays;
        double none = silence(r + repeats, alphaDays + age, betaDays + age, horizonDays);
        return pAlive(repeats, spanDays, silenceDays) * Math.max(0, 1 - none);
    }

    /**
     * Expected purchases within the next {@code horizonDays} of who is alive now: (r + x) (beta + T) / ((alpha + T) (s - 1))
     * (1 - ((beta + T) / (beta + T + t))^(s - 1)); Fader and Hardie (2005), equation 9.
     */
    @Override
    public double whileAlive(long repeats, double ageDays, double horizonDays) {
        double beta = betaDays + ageDays;
        return rate(repeats, ageDays) * beta * Special.saturation(s - 1, -StrictMath.log1p(horizonDays / beta));
    }

    /** Expected repeat purchases of somebody in the days after their first purchase. */
    public double purchasesOfNew(double days) {
        return purchases(0, 0, 0, days);
    }

    /**
     * All purchases that are still expected, each discounted by e^(-delta t), t when it comes (DERT): P(alive) (r + x) (beta +
     * T) / (alpha + T) times the integral over u from 0 of e^(-delta (beta + T) u) (1 + u)^(-s). Fader, Hardie, Lee (2005),
     * "RFM and CLV: using iso-value curves".
     *
     * @param deltaPerDay continuous rate, positive: ln(1 + yearly rate) / 365.25
     */
    public double discountedPurchases(long repeats, double spanDays, double silenceDays, double deltaPerDay) {
        double age = spanDays + silenceDays;
        double beta = betaDays + age;
        return pAlive(repeats, spanDays, silenceDays) * rate(repeats, age) * beta * discounted(deltaPerDay * beta);
    }

    /**
     * Natural logarithm of the density of the customer's purchases over time, per day to the power of {@code repeats}; Fader
     * and Hardie (2005), equation 2.
     */
    public double logLikelihood(long repeats, double spanDays, double silenceDays) {
        double n = r + repeats;
        double alpha = alphaDays + spanDays;
        double beta = betaDays + spanDays;
        return Special.logGamma(n)
                - Special.logGamma(r)
                - r * StrictMath.log1p(spanDays / alphaDays)
                - repeats * StrictMath.log(alpha)
                - s * StrictMath.log1p(spanDays / betaDays)
                + StrictMath.log(silence(n, alpha, beta, silenceDays));
    }

    /** Mean purchases a day of who is alive. */
    private double rate(long repeats, double age) {
        return (r + repeats) / (alphaDays + age);
    }

    /** Natural logarithm of the chance that for so long they neither buy nor leave. */
    private double logStays(double n, double alpha, double beta, double days) {
        return -n * StrictMath.log1p(days / alpha) - s * StrictMath.log1p(days / beta);
    }

    /**
     * The chance that somebody whose rates are Gamma(n, alpha) and Gamma(s, beta) makes no purchase for so long: within it
     * they leave before one would have come, or neither happens. Nothing here overflows.
     */
    private double silence(double n, double alpha, double beta, double days) {
        double stays = StrictMath.exp(logStays(n, alpha, beta, days));
        double leavesLater = stays == 0 ? 0 : leavesFirst(n, alpha + days, beta + days);
        return leavesFirst(n, alpha, beta) + stays * (1 - leavesLater);
    }

    /**
     * The chance that somebody with those rates leaves before the next purchase: s times the integral from 0 of (1 +
     * t/alpha)^(-n) (1 + t/beta)^(-s-1) / beta. After Euler's transformation both of the paper's hypergeometric forms have a 1
     * among their arguments, and a continued fraction.
     */
    private double leavesFirst(double n, double alpha, double beta) {
        double share = s / (n + s);
        return alpha >= beta
                ? share * Special.gaussFraction(n, n + s + 1, (alpha - beta) / alpha)
                : share * (alpha / beta) * Special.gaussFraction(s + 1, n + s + 1, (beta - alpha) / beta);
    }

    /** The integral over u from 0 of e^(-z u) (1 + u)^(-s), by the trapezoidal rule over ln u. */
    private double discounted(double z) {
        double from = StrictMath.log(1e-17 / (z + s));
        double to = StrictMath.log(45 / z);
        double sum = 0;
        for (double y = from; y < to; y += STEP) {
            double u = StrictMath.exp(y);
            sum += StrictMath.exp(y - z * u - s * StrictMath.log1p(u));
        }
        return STEP * sum;
    }
}

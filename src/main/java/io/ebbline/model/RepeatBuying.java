package io.ebbline.model;

/**
 * Whether a customer still buys: the (M)BG/CNBD-k family. While alive a customer buys after Erlang-k gaps at a rate of their
 * own, Gamma(r, alpha) over customers, and drops out at a purchase with a chance of their own, Beta(a, b).
 *
 * <p>k = 1 is the BG/NBD of Fader, Hardie, Lee (2005), or the MBG/NBD of Batislam, Denizel, Filiztekin (2007); k from 2 is
 * the MBG/CNBD-k of Platzer and Reutterer (2016), for rhythms that are more regular than chance.
 *
 * <p>A customer is given by {@code repeats}, the purchase occasions after the first, 0 or more; {@code spanDays}, from the
 * first occasion to the last, 0 or more; and {@code silenceDays}, since the last, 0 or more.
 *
 * @param k the gaps' shape, 1 to 4
 * @param r shape of the purchase rates, positive
 * @param alphaDays their scale, days, positive; with k above 1 the rate is of stages, k to a purchase
 * @param a first shape of the drop-out chances, positive
 * @param b second shape of the drop-out chances, positive
 * @throws IllegalArgumentException when a parameter is out of its range
 */
public record RepeatBuying(Family family, int k, double r, double alphaDays, double a, double b) {

    /** When a customer may drop out. */
    public enum Family {
        /** At every repeat purchase: who bought once is alive for certain, and P(alive) ranks one-time buyers first. */
        BG,
        /** At every purchase, the first one included. */
        MBG
    }

    public RepeatBuying {
        if (k < 1 || k > 4) {
            throw new IllegalArgumentException("k is " + k + ": fit with a k of 1, 2, 3 or 4.");
        }
        Parameters.requirePositive("r", r);
        Parameters.requirePositive("alphaDays", alphaDays);
        Parameters.requirePositive("a", a);
        Parameters.requirePositive("b", b);
    }

    /**
     * Natural logarithm of the chance that a customer who is alive stays silent for this long; 0 or less.
     *
     * <p>With n = r + k x, u = g / (alpha + tx + g): -n ln(1 + g / (alpha + tx)) + ln of the sum over j below k of
     * (n)_j / j! u^j. It is the mean of the Erlang-k survival over Gamma(n, alpha + tx), what the gaps so far leave of the rate.
     */
    public double logSurvival(long repeats, double spanDays, double silenceDays) {
        double n = shape(repeats);
        double scale = alphaDays + spanDays;
        return StrictMath.log(stages(n, silenceDays / (scale + silenceDays)))
                - n * StrictMath.log1p(silenceDays / scale);
    }

    /**
     * The chance that the customer has not dropped out: 1 / (1 + pi / S), pi = a / (b + x), or a / (b + x - 1) with BG from the
     * first repeat on. Falls in silence. 1 with BG for who bought once.
     */
    public double pAlive(long repeats, double spanDays, double silenceDays) {
        double n = shape(repeats);
        double scale = alphaDays + spanDays;
        return alive(repeats, n, scale, silenceDays, stages(n, silenceDays / (scale + silenceDays)));
    }

    /**
     * The chance of a purchase within the next {@code horizonDays}: P(alive) (1 - S(g + H) / S(g)). Falls in silence with
     * k = 1; with a greater k it first rises until a purchase is due.
     */
    public double pBuy(long repeats, double spanDays, double silenceDays, double horizonDays) {
        return buying(repeats, spanDays, silenceDays, horizonDays).value();
    }

    /**
     * The silence, in days, at which P(alive) has fallen to {@code p}: in closed form with k = 1, by Newton's method
     * otherwise, to about 12 digits. 0 when it is there at the purchase; positive infinity when silence says nothing (BG, one
     * purchase) or a double can't hold it.
     *
     * @param p above 0, below 1
     */
    public double silenceUntilAlive(long repeats, double spanDays, double p) {
        Parameters.requireChance(p);
        double odds = dropOutOdds(repeats);
        double fall = StrictMath.log((1 / p - 1) / odds);
        if (fall <= 0) {
            return 0;
        }
        double n = shape(repeats);
        double scale = alphaDays + spanDays;
        double silence = scale * StrictMath.expm1(fall / n);
        if (k == 1 || silence == Double.POSITIVE_INFINITY) {
            return silence;
        }
        // Newton in z = ln(1 + g / scale): ln S is concave there, so from the right it comes down without a miss.
        double z = (fall + StrictMath.log(stages(n, 1))) / n;
        for (int i = 0; i < 50; i++) {
            double u = -StrictMath.expm1(-z);
            double error = n * z - StrictMath.log(stages(n, u)) - fall;
            double step = error / elasticity(n, u);
            z -= step;
            if (Math.abs(step) <= 1e-9 * z) {
                break;
            }
        }
        return scale * StrictMath.expm1(z);
    }

    /**
     * Natural logarithm of the density of the customer's purchases over time, per day to the power of {@code repeats}; Fader,
     * Hardie, Lee (2005), equation 6, for every k and both families:
     *
     * <p>Gamma(n) / Gamma(r) alpha^r / (alpha + tx)^n prod g^(k-1) / (k-1)!^x B(a, b') / B(a, b) (S + pi), with b' = b + x, or
     * b + x + 1 with MBG.
     *
     * @param logGaps sum of the natural logarithms of the gaps between purchases, days. It tells models of different k apart;
     *     with k = 1 it does not count
     */
    public double logLikelihood(long repeats, double spanDays, double silenceDays, double logGaps) {
        return logLikelihoodOfCount(repeats) + logLikelihoodOfTimes(repeats, spanDays, silenceDays) + (k - 1) * logGaps;
    }

    /** What of {@link #logLikelihood} is the same for all customers with so many repeats. */
    public double logLikelihoodOfCount(long repeats) {
        double stayed = b + repeats + (family == Family.MBG ? 1 : 0);
        return Special.logGamma(shape(repeats))
                - Special.logGamma(r)
                - repeats * Special.logGamma(k)
                + Special.logBeta(a, stayed)
                - Special.logBeta(a, b);
    }

    /** What of {@link #logLikelihood} is left then, without the gaps. */
    public double logLikelihoodOfTimes(long repeats, double spanDays, double silenceDays) {
        double logSilent = logSurvival(repeats, spanDays, silenceDays);
        double odds = dropOutOdds(repeats);
        return (odds == 0 ? logSilent : StrictMath.log(StrictMath.exp(logSilent) + odds))
                - r * StrictMath.log1p(spanDays / alphaDays)
                - (double) k * repeats * StrictMath.log(alphaDays + spanDays);
    }

    /** About how far apart the purchases of such a customer are, days: k over the mean of the rate that the gaps leave. */
    public double expectedGapDays(long repeats, double spanDays) {
        return k * (alphaDays + spanDays) / shape(repeats);
    }

    Point buying(long repeats, double spanDays, double silenceDays, double horizonDays) {
        double n = shape(repeats);
        double scale = alphaDays + spanDays + silenceDays;
        double later = scale + horizonDays;
        double u = silenceDays / scale;
        double v = (silenceDays + horizonDays) / later;
        double stages = stages(n, u);
        double alive = alive(repeats, n, alphaDays + spanDays, silenceDays, stages);
        double silent = -n * StrictMath.log1p(horizonDays / scale);
        if (k > 1) {
            silent += StrictMath.log(stages(n, v) / stages);
        }
        double buys = 0.0 - StrictMath.expm1(Math.min(0, silent)); // 0 less, for no negative zero
        double hazard = elasticity(n, u) / scale;
        double hazardLater = elasticity(n, v) / later;
        double slope = alive * ((1 - buys) * (hazardLater - hazard) - (1 - alive) * hazard * buys);
        return new Point(alive * buys, slope);
    }

    private double alive(long repeats, double n, double scale, double silenceDays, double stages) {
        double odds = dropOutOdds(repeats);
        if (odds == 0) {
            return 1;
        }
        return 1 / (1 + odds * (StrictMath.exp(n * StrictMath.log1p(silenceDays / scale)) / stages));
    }

    private double shape(long repeats) {
        return r + (double) k * repeats;
    }

    private double dropOutOdds(long repeats) {
        if (family == Family.MBG) {
            return a / (b + repeats);
        }
        return repeats == 0 ? 0 : a / (b + (repeats - 1));
    }

    /** The sum over j below k of (n)_j / j! u^j. */
    private double stages(double n, double u) {
        double sum = 1;
        double term = 1;
        for (int j = 1; j < k; j++) {
            term *= (n + (j - 1)) / j * u;
            sum += term;
        }
        return sum;
    }

    /** The hazard of a purchase times (alpha + tx + g); equally -d ln S / d ln(alpha + tx + g). */
    private double elasticity(double n, double u) {
        double sum = 1;
        double term = 1;
        for (int j = 1; j < k; j++) {
            term *= (n + (j - 1)) / j * u;
            sum += term;
        }
        return (n + (k - 1)) * (term / sum);
    }
}

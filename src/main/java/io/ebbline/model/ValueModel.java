package io.ebbline.model;

import static io.ebbline.model.Crossing.DAY_MILLIS;

import io.ebbline.model.LifetimeValue.Model;
import org.jspecify.annotations.Nullable;

/**
 * What a customer will bring: expected purchases times expected net spend per purchase, the two taken to be unrelated (Fader,
 * Hardie, Lee 2005, "RFM and CLV: using iso-value curves"), and on top, where a history allowed for it, a layer that corrects
 * their product.
 *
 * @param purchases how often they will buy
 * @param spend net spend per occasion, minor units; all occasions count, the first one included
 * @param horizonMillis how far ahead the lifetime value looks, positive
 * @param yearlyRate discount rate of a year, 0 or more
 * @param layer fitted for the same horizon; null: the product as it is
 * @throws IllegalArgumentException when the horizon is not positive, or the rate is negative
 */
public record ValueModel(
        ExpectedPurchases purchases,
        GammaGamma spend,
        long horizonMillis,
        double yearlyRate,
        @Nullable SpendLayer layer) {

    private static final double YEAR_DAYS = 365.25;

    public ValueModel {
        if (horizonMillis <= 0) {
            throw new IllegalArgumentException(
                    "horizonMillis is " + horizonMillis + ": it must be positive, 52 weeks for instance.");
        }
        Parameters.requireRate(yearlyRate);
    }

    /**
     * What is expected of a customer within a horizon.
     *
     * @param purchases occasions to buy, 0 or more
     * @param perPurchaseMinor net spend on each, minor units
     * @param minor what it comes to, minor units; not their product when there is a layer or a discount
     */
    public record Outlook(double purchases, double perPurchaseMinor, double minor) {}

    /**
     * What Ebbline ships, fitted to the 23,570 CDNOW customers who first bought in early 1997, 39 weeks from 1997-01-01 to
     * 1997-09-30, one occasion a day, cents: Pareto/NBD (log-likelihood -142,847.99) and Gamma-Gamma over all occasions of the
     * 23,500 who spent anything (-207,646.56) by maximum likelihood, without a layer. Horizon: 52 weeks, at 10 % a year.
     *
     * <p>They know a shop of CDs: fit your own when you have a history.
     */
    public static ValueModel shipped() {
        return new ValueModel(
                new ParetoNbd(.5959, 81.15, .5535, 67.73),
                new GammaGamma(10.83, 3.267, 693.2),
                364L * 86_400_000L,
                .1,
                null);
    }

    /** Which formula the values come from. */
    public Model formula() {
        if (layer != null) {
            return Model.SPEND_LAYER;
        }
        if (purchases instanceof RepeatExpectation repeat) {
            return repeat.model().family() == RepeatBuying.Family.BG ? Model.BG_NBD : Model.MBG_NBD;
        }
        return Model.PARETO_NBD;
    }

    /** What the customer will bring within the horizon, discounted to today in steps of about a quarter. */
    public Outlook value(Past past) {
        double days = horizonMillis / DAY_MILLIS;
        double inTime = purchases.whileAlive(past.repeats(), past.ageDays(), days);
        double delta = StrictMath.log1p(yearlyRate) / YEAR_DAYS;
        double discounted = purchases.discountedWhileAlive(
                past.repeats(), past.ageDays(), days, delta, ExpectedPurchases.quarters(days));
        return outlook(past, inTime, inTime, discounted);
    }

    /**
     * What the customer will spend within another horizon, not discounted. The layer knows one horizon alone: to another one its
     * spend is spread as the purchases are.
     */
    public Outlook spendWithin(Past past, long millis) {
        double days = horizonMillis / DAY_MILLIS;
        double inTime = purchases.whileAlive(past.repeats(), past.ageDays(), millis / DAY_MILLIS);
        double inHorizon = layer == null ? inTime : purchases.whileAlive(past.repeats(), past.ageDays(), days);
        return outlook(past, inTime, inHorizon, inTime);
    }

    /**
     * An outlook.
     *
     * @param inTime purchases while alive to be told
     * @param inHorizon purchases while alive within the layer's horizon
     * @param counted purchases while alive, as they count in money
     */
    private Outlook outlook(Past past, double inTime, double inHorizon, double counted) {
        double alive = purchases.pAlive(past.repeats(), past.spanDays(), past.silenceDays());
        double each = spend.expectedSpend(past.occasions(), past.meanMinor());
        double minor = layer == null
                ? alive * counted * each
                : layer.spendMinor(past, alive * inHorizon * each) * (inHorizon > 0 ? counted / inHorizon : 1);
        return new Outlook(alive * inTime, each, minor);
    }
}

package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.model.ScoringModel;

/**
 * When a customer orders. An occasion is a day of the shop on which the customer began an order; orders of one day are one
 * occasion, and one that came back later was an occasion all the same.
 *
 * <p>The CUSUM (Page 1954) adds up the log-likelihood ratio of "orders come at {@code slowTo} times the usual rate" against
 * "at the usual rate", for orders as a Poisson process: in silence it grows by rate x (1 - slowTo) x time, at an order it
 * falls by -ln slowTo, and it never falls below 0. Mutable, for one thread.
 */
public final class Rhythm {

    private static final double DAY_MILLIS = 86_400_000;

    private long first = NEVER;
    private long last = NEVER;
    private long repeats;
    private double decayed;
    private double cusum;
    private double fresh;

    /** Books an order, as of its time; one that comes late is booked into the past. */
    void order(long time, ShopClock clock, ScoringModel model) {
        if (first == NEVER) {
            first = time;
            last = time;
        } else if (time >= last) {
            boolean anew = clock.day(time) != clock.day(last);
            decayed = decayed(time, model);
            cusum = cusum(time, model);
            last = time;
            if (anew) {
                repeats++;
                decayed += 1;
                cusum = Math.max(0, cusum + StrictMath.log(model.churn().slowTo()));
            }
        } else {
            long day = clock.day(time);
            if (day != clock.day(last) && day != clock.day(first)) {
                repeats++;
                // What comes before the first occasion makes that one the repeat.
                decayed += fade(last - Math.max(time, first), model);
            }
            first = Math.min(first, time);
        }
        fresh = model.buying().pBuy(repeats, decayed, span(), 0);
    }

    /** Begins the CUSUM anew: what it was about has been told. */
    public void restartCusum() {
        cusum = 0;
    }

    /** Occasions after the first. */
    public long repeats() {
        return repeats;
    }

    /** Time of the first occasion, or NEVER. */
    public long first() {
        return first;
    }

    /** Time of the latest occasion, or NEVER. */
    public long last() {
        return last;
    }

    /** From the first occasion to the latest, milliseconds. */
    public long span() {
        return last - first;
    }

    /** Repeat occasions, decayed, as of the latest occasion. */
    public double decayed() {
        return decayed;
    }

    /** The CUSUM as of the latest occasion. */
    public double cusum() {
        return cusum;
    }

    /** P(buy) as it was at the latest occasion. */
    public double fresh() {
        return fresh;
    }

    /** The CUSUM at an instant not before the latest occasion. */
    public double cusum(long asOf, ScoringModel model) {
        return cusum + slip(model) * (asOf - last);
    }

    /** How fast the CUSUM grows in silence, per millisecond. */
    public double slip(ScoringModel model) {
        double gapDays = model.buying().repeat().expectedGapDays(repeats, span() / DAY_MILLIS);
        return (1 - model.churn().slowTo()) / (gapDays * DAY_MILLIS);
    }

    /** The chance of another order within the model's horizon, at an instant. */
    public double pBuy(ScoringModel model, long asOf) {
        return model.buying().pBuy(repeats, decayed, span(), silence(asOf));
    }

    /** The chance that the customer is still one, at an instant. */
    public double pAlive(ScoringModel model, long asOf) {
        return model.buying().pAlive(repeats, span(), silence(asOf));
    }

    /** From the latest occasion to an instant, milliseconds; 0 before it. */
    public long silence(long asOf) {
        return Math.max(0, asOf - last);
    }

    /** Takes over stored numbers. */
    public void restore(
            long firstTime, long lastTime, long repeatCount, double decayedCount, double cusumThen, double freshThen) {
        first = firstTime;
        last = lastTime;
        repeats = repeatCount;
        decayed = decayedCount;
        cusum = cusumThen;
        fresh = freshThen;
    }

    private double decayed(long time, ScoringModel model) {
        return decayed * fade(time - last, model);
    }

    private static double fade(long millis, ScoringModel model) {
        return StrictMath.exp(-model.buying().decayed().lambdaPerDay() * (millis / DAY_MILLIS));
    }
}

package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.Evidence;
import io.ebbline.model.ScoringModel;
import java.util.List;

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
    private static final double LN_2 = 0.6931471805599453;

    /** {@link Line#quantity} of one. */
    private static final double UNIT = 10_000;

    private long first = NEVER;
    private long last = NEVER;
    private long repeats;
    private double decayed;
    private double cusum;
    private double fresh;
    private double recent;
    private double spent;
    private double quantity;

    /**
     * Books a purchase, as of its time; one that comes late is booked into the past.
     *
     * @param begins whether it begins an order; one that adds lines to an order is none
     */
    void purchase(Purchase purchase, boolean begins, ShopClock clock, ScoringModel model) {
        if (begins) {
            order(purchase.time(), clock, model);
        }
        // Lines that come after the latest order weigh more than 1 as of that order, and 1 at their own time.
        spent += purchase.totalMinor()
                * left(last - purchase.time(), model.buying().spendHalfLifeMillis());
        for (Line line : purchase.lines()) {
            quantity += line.quantity();
        }
        fresh = model.buying().pBuy(evidence(), 0);
    }

    private void order(long time, ShopClock clock, ScoringModel model) {
        if (first == NEVER) {
            first = time;
            last = time;
        } else if (time >= last) {
            boolean anew = clock.day(time) != clock.day(last);
            decayed *= fade(time - last, model);
            recent *= left(time - last, model.buying().orderHalfLifeMillis());
            spent *= left(time - last, model.buying().spendHalfLifeMillis());
            cusum = cusum(time, model);
            last = time;
            if (anew) {
                repeats++;
                decayed += 1;
                recent += 1;
                cusum = Math.max(0, cusum + StrictMath.log(model.churn().slowTo()));
            }
        } else {
            long day = clock.day(time);
            if (day != clock.day(last) && day != clock.day(first)) {
                repeats++;
                // What comes before the first occasion makes that one the repeat.
                long age = last - Math.max(time, first);
                decayed += fade(age, model);
                recent += left(age, model.buying().orderHalfLifeMillis());
            }
            first = Math.min(first, time);
        }
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

    /** Repeat occasions, fading by the half-life of {@link io.ebbline.model.BuyingModel#orderHalfLifeMillis}, as of the latest. */
    public double recent() {
        return recent;
    }

    /** What was bought, minor units, fading by {@link io.ebbline.model.BuyingModel#spendHalfLifeMillis}, as of the latest occasion. */
    public double spent() {
        return spent;
    }

    /** Units bought, in ten-thousandths. */
    public double quantity() {
        return quantity;
    }

    /** What tells of the next order, as of the latest occasion. */
    public Evidence evidence() {
        return new Evidence(
                repeats, span(), decayed, recent, Math.max(0, spent), Math.max(0, quantity) / UNIT / (repeats + 1));
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
        return model.buying().pBuy(evidence(), silence(asOf));
    }

    /** The chance that the customer is still one, at an instant. */
    public double pAlive(ScoringModel model, long asOf) {
        return model.buying().pAlive(repeats, span(), silence(asOf));
    }

    /** From the latest occasion to an instant, milliseconds; 0 before it. */
    public long silence(long asOf) {
        return Math.max(0, asOf - last);
    }

    // ---- two customers who turn out to be one

    /**
     * The rhythm of two together: from the orders in the ledger as if one customer had had them; what fell out of it is added.
     *
     * @param ledger of both
     */
    void unite(Profile one, Profile other, Ledger ledger, ShopClock clock, ScoringModel model) {
        Rhythm a = one.rhythm();
        Rhythm b = other.rhythm();
        if (a.first == NEVER || b.first == NEVER) {
            Rhythm only = a.first == NEVER ? b : a;
            restore(
                    only.first,
                    only.last,
                    only.cusum,
                    only.fresh,
                    only.repeats,
                    only.decayed,
                    only.recent,
                    only.spent,
                    only.quantity);
            return;
        }
        fold(Math.min(a.first, b.first), ledger, clock, model);
        long latest = Math.max(a.last, b.last);
        int begun = 0;
        for (Profile each : List.of(one, other)) {
            Rhythm rhythm = each.rhythm();
            Rhythm listed = new Rhythm();
            listed.fold(rhythm.first, each.ledger(), clock, model);
            begun += isListed(rhythm.first, each.ledger()) ? 0 : 1;
            long age = latest - rhythm.last;
            repeats += rhythm.repeats - listed.repeats;
            decayed += Math.max(0, rhythm.decayed - listed.decayed) * fade(age, model);
            recent += Math.max(0, rhythm.recent - listed.recent)
                    * left(age, model.buying().orderHalfLifeMillis());
            spent += rhythm.spent * left(age, model.buying().spendHalfLifeMillis());
            quantity += rhythm.quantity;
        }
        // A first occasion that fell out of a ledger is a repeat, too, unless it is the first of both.
        repeats += begun - (isListed(first, ledger) ? 0 : 1);
        last = latest;
        fresh = model.buying().pBuy(evidence(), 0);
    }

    private static boolean isListed(long time, Ledger ledger) {
        for (int i = 0; i < ledger.size(); i++) {
            if (ledger.time(i) == time) {
                return true;
            }
        }
        return false;
    }

    private void fold(long earliest, Ledger ledger, ShopClock clock, ScoringModel model) {
        first = earliest;
        last = earliest;
        for (int i = 0; i < ledger.size(); i++) {
            order(ledger.time(i), clock, model);
        }
    }

    /** Takes over stored numbers. */
    public void restore(
            long firstTime,
            long lastTime,
            double cusumThen,
            double freshThen,
            long repeatCount,
            double decayedRepeats,
            double recentRepeats,
            double recentSpend,
            double totalQuantity) {
        first = firstTime;
        last = lastTime;
        cusum = cusumThen;
        fresh = freshThen;
        repeats = repeatCount;
        decayed = decayedRepeats;
        recent = recentRepeats;
        spent = recentSpend;
        quantity = totalQuantity;
    }

    private static double fade(long millis, ScoringModel model) {
        return StrictMath.exp(-model.buying().decayed().lambdaPerDay() * (millis / DAY_MILLIS));
    }

    private static double left(long millis, long halfLifeMillis) {
        return StrictMath.exp(-LN_2 * millis / halfLifeMillis);
    }
}

package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import org.jspecify.annotations.Nullable;

/**
 * The furthest steps that a customer has reached, by {@link Aidas} and by {@link Aarrr}. A step never falls, and since when
 * it is reached never changes: a late event may lead further, but not take back what was said. Mutable, for one thread.
 *
 * <p>Instants are milliseconds since the epoch.
 */
public final class Journey {

    private @Nullable Aidas aidas;
    private long aidasSince = NEVER;
    private @Nullable Aarrr aarrr;
    private long aarrrSince = NEVER;
    /** The earliest visit, as long as coming back would still lead further. */
    private long firstVisit = NEVER;

    /**
     * Follows a touchpoint.
     *
     * @param clock tells whether two visits were on one day
     * @param goodFrom a review or survey is good from this value on
     */
    public void on(Touchpoint touchpoint, ShopClock clock, double goodFrom) {
        long time = touchpoint.time();
        Aidas step = Aidas.of(touchpoint, goodFrom);
        reach(step, time);
        if (touchpoint.type() == TouchpointType.REFERRAL) {
            reach(Aarrr.REFERRAL, time);
        } else {
            reach(step == Aidas.ATTENTION ? Aarrr.ACQUISITION : Aarrr.ACTIVATION, time);
            if (touchpoint.type().isVisit() && mayReach(Aarrr.RETENTION)) {
                visited(time, clock);
            }
        }
    }

    /** Follows an order. Call it once per order: more lines of it are not a second one. */
    public void onOrder(long time) {
        if (aidas == Aidas.ACTION) {
            reach(Aidas.SATISFACTION, Math.max(aidasSince, time));
        } else {
            reach(Aidas.ACTION, time);
        }
        reach(Aarrr.REVENUE, time);
    }

    private void visited(long time, ShopClock clock) {
        if (firstVisit == NEVER) {
            firstVisit = time;
        } else if (clock.day(firstVisit) != clock.day(time)) {
            reach(Aarrr.RETENTION, Math.max(firstVisit, time));
        } else {
            firstVisit = Math.min(firstVisit, time);
        }
    }

    private void reach(Aidas step, long time) {
        if (aidas == null || step.compareTo(aidas) > 0) {
            aidas = step;
            aidasSince = time;
        }
    }

    private void reach(Aarrr step, long time) {
        if (mayReach(step)) {
            aarrr = step;
            aarrrSince = time;
            firstVisit = step.compareTo(Aarrr.RETENTION) < 0 ? firstVisit : NEVER;
        }
    }

    private boolean mayReach(Aarrr step) {
        return aarrr == null || step.compareTo(aarrr) > 0;
    }

    /** The furthest step of AIDAS; null before the first touchpoint and order. */
    public @Nullable Aidas aidas() {
        return aidas;
    }

    /** The time of the event that led there, or {@link Profile#NEVER}. */
    public long aidasSince() {
        return aidasSince;
    }

    /** The furthest step of AARRR; null before the first touchpoint and order. */
    public @Nullable Aarrr aarrr() {
        return aarrr;
    }

    /** The time of the event that led there, or {@link Profile#NEVER}. */
    public long aarrrSince() {
        return aarrrSince;
    }

    /** Time of the earliest visit while {@link Aarrr#RETENTION} is ahead, else {@link Profile#NEVER}. */
    public long firstVisit() {
        return firstVisit;
    }

    /** Takes over a stored journey. */
    public void restore(
            @Nullable Aidas aidas, long aidasSince, @Nullable Aarrr aarrr, long aarrrSince, long firstVisit) {
        this.aidas = aidas;
        this.aidasSince = aidasSince;
        this.aarrr = aarrr;
        this.aarrrSince = aarrrSince;
        this.firstVisit = firstVisit;
    }
}

package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.model.SpendLayer;

/**
 * What a customer bought of late: every purchase, decayed by {@link SpendLayer#LAMBDA_PER_DAY}, whatever came back. Unlike a
 * {@link Trend} it never begins anew, and no model changes its pace. Mutable, for one thread.
 */
public final class Spending {

    private static final double DAY_MILLIS = 86_400_000;

    private double recent;
    private long at = NEVER;

    /** Adds a purchase at its time, minor units; one from the past as what is left of it. */
    void add(long minor, long time) {
        if (at == NEVER || time >= at) {
            recent = recent(time);
            at = time;
            recent += minor;
        } else {
            recent += minor * fade(at - time);
        }
    }

    /** The decayed sum as of an instant not before the latest purchase, minor units; 0 before the first. */
    public double recent(long asOf) {
        return recent == 0 || asOf == at ? recent : recent * fade(asOf - at);
    }

    /** The decayed sum as of {@link #at}. */
    public double recent() {
        return recent;
    }

    /** Time of the latest purchase, or NEVER. */
    public long at() {
        return at;
    }

    /** Takes over stored numbers. */
    public void restore(double sum, long time) {
        recent = sum;
        at = time;
    }

    private static double fade(long millis) {
        return StrictMath.exp(-SpendLayer.LAMBDA_PER_DAY * (millis / DAY_MILLIS));
    }
}

package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.DecayRules;

/**
 * The recent rate of something against its usual rate: two exponentially decayed sums, a fast and a slow one, each times its
 * decay. The ratio is 1 under a steady rate and falls in silence by e^-(fast - slow) per millisecond. While the slow sum is
 * still filling the ratio errs to the high side, so a young customer raises no false alarm. Mutable, for one thread.
 */
public final class Trend {

    private double fast;
    private double slow;
    private long at = NEVER;
    private long count;

    /** Adds a weight at its time; one from the past as what is left of it. */
    void add(double weight, long time, DecayRules rules) {
        if (at == NEVER) {
            at = time;
        } else if (time > at) {
            fast *= StrictMath.exp(-rules.fast() * (time - at));
            slow *= StrictMath.exp(-rules.slow() * (time - at));
            at = time;
        }
        fast += time == at ? weight : weight * StrictMath.exp(-rules.fast() * (at - time));
        slow += time == at ? weight : weight * StrictMath.exp(-rules.slow() * (at - time));
        count++;
    }

    /** Begins anew: what was usual is so no more. */
    public void restart() {
        restore(0, 0, NEVER, 0);
    }

    /** Recent rate per usual rate at an instant; NaN before there was anything. */
    public double ratio(long asOf, DecayRules rules) {
        if (!(slow > 0)) {
            return Double.NaN;
        }
        return ratioThen(rules) * StrictMath.exp(-(rules.fast() - rules.slow()) * (asOf - at));
    }

    /** The instant at which silence takes the ratio below a level, or one millisecond after; NO_DEADLINE: never. */
    public long fallsBelow(double level, DecayRules rules) {
        if (!(slow > 0)) {
            return NO_DEADLINE;
        }
        double millis = StrictMath.log(ratioThen(rules) / level) / (rules.fast() - rules.slow());
        return millis > 0 ? Profile.later(at, 1 + (long) millis) : at; // NaN: the recent sum is negative.
    }

    private double ratioThen(DecayRules rules) {
        return fast * rules.fast() / (slow * rules.slow());
    }

    /** How many weights were added. */
    public long count() {
        return count;
    }

    /** The fast sum as of {@link #at}. */
    public double fast() {
        return fast;
    }

    /** The slow sum as of {@link #at}. */
    public double slow() {
        return slow;
    }

    /** Time of the latest weight, or NEVER. */
    public long at() {
        return at;
    }

    /** Takes over stored numbers. */
    public void restore(double fastSum, double slowSum, long time, long weights) {
        fast = fastSum;
        slow = slowSum;
        at = time;
        count = weights;
    }
}

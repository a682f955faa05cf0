package io.ebbline.model;

import java.util.function.LongPredicate;

/**
 * Finds the silence at which a curve sinks below a level for good: a start from which it crosses once, a guess in few steps,
 * then the exact whole millisecond.
 */
final class Crossing {

    /** A curve over silence in days. */
    interface Curve {
        Point at(double silenceDays);
    }

    static final double DAY_MILLIS = 86_400_000;

    private static final int MAX_STEPS = 60;

    /** So finely is the time before a purchase is due searched for a peak. */
    private static final int STRIDES = 32;

    private Crossing() {}

    /**
     * The latest silence found, in milliseconds, at which a curve that falls, rises and falls again is not below the level;
     * {@code from} when there is none. Beyond it the curve crosses the level once.
     *
     * @param rising the part of the curve that rises once and then falls; the rest only falls
     * @param stride first guess of how long the rise takes, milliseconds, positive
     */
    static long lastReached(Curve curve, Curve rising, double level, long from, long stride, long limit) {
        long peaked = from;
        for (long ahead = stride;
                peaked < limit && rising.at(peaked / DAY_MILLIS).slope() > 0;
                ahead *= 2) {
            peaked = Math.min(limit, from + ahead);
        }
        Point right = curve.at(peaked / DAY_MILLIS);
        if (right.value() >= level) {
            return peaked;
        }
        long hi = peaked;
        for (int i = STRIDES - 1; i >= 0; i--) {
            long lo = from + (peaked - from) / STRIDES * i;
            Point left = curve.at(lo / DAY_MILLIS);
            if (left.value() >= level) {
                return lo;
            }
            if (left.slope() > 0 && right.slope() <= 0) {
                long peak = peak(curve, lo, hi);
                if (curve.at(peak / DAY_MILLIS).value() >= level) {
                    return peak;
                }
            }
            hi = lo;
            right = left;
        }
        return from;
    }

    private static long peak(Curve curve, long risingAt, long fallingAt) {
        long lo = risingAt;
        long hi = fallingAt;
        while (hi - lo > 1) {
            long middle = lo + (hi - lo) / 2;
            if (curve.at(middle / DAY_MILLIS).slope() > 0) {
                lo = middle;
            } else {
                hi = middle;
            }
        }
        return hi;
    }

    /**
     * About where the curve reaches the level, in days; positive infinity when it is not below the level at the limit.
     *
     * <p>Newton's method on 1 / value, which is nearly straight where a chance of purchase falls as a power of silence, kept
     * between what was seen above the level and what was seen below it.
     *
     * @param from a silence at which the curve is not below the level, and after which it crosses once
     * @param start the curve's point there
     * @param scale the silence, in days, over which the curve changes noticeably
     */
    static double guess(Curve curve, double level, double from, Point start, double scale, double limit) {
        double above = from;
        double below = Double.POSITIVE_INFINITY;
        double at = from;
        Point point = start;
        for (int i = 0; i < MAX_STEPS && above < limit; i++) {
            double step = point.value() * (point.value() / level - 1) / -point.slope();
            double next = at + step;
            // The error of a step is of the order of its square: the next one would be below a millisecond.
            if (Math.abs(step) <= 1e-6 * (at + scale)) {
                return next;
            }
            if (below == Double.POSITIVE_INFINITY) {
                double farthest = Math.min(limit, 8 * (at + scale)); // A flat stretch must not throw us off.
                next = next > above && next < farthest ? next : farthest;
            } else if (!(next > above && next < below)) {
                next = (above + below) / 2;
            }
            at = next;
            point = curve.at(at);
            if (point.value() < level) {
                below = at;
            } else {
                above = at;
            }
        }
        return below;
    }

    /**
     * The smallest whole number of which {@code below} holds; {@code Long.MAX_VALUE} when that is beyond the limit. Two
     * evaluations when the guess is right.
     *
     * @param below false up to some number, true from there on
     * @param from a number of which it does not hold
     */
    static long exact(LongPredicate below, double guess, long from, long limit) {
        long no = from;
        long yes = limit + 1;
        long at = (long) Math.ceil(guess);
        long stride = 1;
        while (yes - no > 1) {
            if (at <= no || at >= yes) {
                at = no + (yes - no) / 2;
            }
            if (below.test(at)) {
                yes = at;
                at -= stride;
            } else {
                no = at;
                at += stride;
            }
            stride *= 4;
        }
        return yes > limit ? Long.MAX_VALUE : yes;
    }
}

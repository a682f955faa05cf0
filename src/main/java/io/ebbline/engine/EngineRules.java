package io.ebbline.engine;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What the engine holds to in every run over the same history.
 *
 * @param until the end of the run, E: nothing handles a deadline beyond it; {@link #ENDLESS} when the run has no end
 * @param dedupHorizonMillis how long an event id is remembered, event time
 * @param maxReviewMillis a customer who has not departed is looked at again after this long at most
 * @param timeZone the shop's: decides which day and hour an instant belongs to
 * @param offers whether facts for offers are told, and what is owned is kept
 * @param correctionHorizonMillis how old a late event may be and still be applied where it belongs, event time; 0: never
 */
public record EngineRules(
        long until,
        long dedupHorizonMillis,
        long maxReviewMillis,
        ZoneId timeZone,
        boolean offers,
        long correctionHorizonMillis)
        implements Serializable {

    /** The run has no end. One below the final watermark, which stands for the end of all time. */
    public static final long ENDLESS = Long.MAX_VALUE - 1;

    /** How long a prospect is kept without an event: 400 days in milliseconds. */
    public static final long FORGET_MILLIS = Duration.ofDays(400).toMillis();

    public EngineRules {
        if (until == Long.MAX_VALUE) {
            throw new IllegalArgumentException("until is the end of all time: use ENDLESS for a run without an end.");
        }
        if (dedupHorizonMillis <= 0 || maxReviewMillis <= 0) {
            throw new IllegalArgumentException("The dedup horizon and the review interval must be positive.");
        }
        if (correctionHorizonMillis < 0 || correctionHorizonMillis > dedupHorizonMillis) {
            throw new IllegalArgumentException(
                    "The correction horizon must be 0 to the dedup horizon: beyond that a late"
                            + " event is not told from one that comes again.");
        }
        if (dedupHorizonMillis >= FORGET_MILLIS) {
            throw new IllegalArgumentException(
                    "The dedup horizon is 400 days or longer, but event ids go when a prospect"
                            + " is forgotten after 400 days: choose a shorter one.");
        }
    }

    /** Rules of a run that makes no offers and corrects nothing. */
    public EngineRules(long until, long dedupHorizonMillis, long maxReviewMillis, ZoneId timeZone) {
        this(until, dedupHorizonMillis, maxReviewMillis, timeZone, false, 0);
    }

    /** A run without an end, 30 days of event ids, reviews after 30 days, UTC, no offers, no corrections. */
    public static EngineRules defaults() {
        return new EngineRules(
                ENDLESS, Duration.ofDays(30).toMillis(), Duration.ofDays(30).toMillis(), ZoneOffset.UTC);
    }

    /** The same rules with an end. */
    public EngineRules until(long end) {
        return new EngineRules(
                Math.min(end, ENDLESS), dedupHorizonMillis, maxReviewMillis, timeZone, offers, correctionHorizonMillis);
    }

    /** The same rules, with facts for offers. */
    public EngineRules withOffers() {
        return new EngineRules(until, dedupHorizonMillis, maxReviewMillis, timeZone, true, correctionHorizonMillis);
    }

    /** The same rules with corrections of late events up to that old. */
    public EngineRules withCorrections(long horizonMillis) {
        return new EngineRules(until, dedupHorizonMillis, maxReviewMillis, timeZone, offers, horizonMillis);
    }

    /**
     * The first review after an instant. A customer's reviews stand on a grid that their hash shifts, so that they do not
     * depend on when else the customer was looked at, and not all fall due at once.
     */
    long reviewAfter(long hash, long asOf) {
        return gridAfter(hash, maxReviewMillis, asOf);
    }

    /** The first instant after another on a grid that the hash shifts; {@code Long.MAX_VALUE} beyond the end of time. */
    static long gridAfter(long hash, long period, long instant) {
        long offset = Math.floorMod(hash, period);
        long next = (Math.floorDiv(instant - offset, period) + 1) * period + offset;
        return next > instant ? next : Long.MAX_VALUE;
    }
}

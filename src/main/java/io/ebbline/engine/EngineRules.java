package io.ebbline.engine;

import java.io.Serializable;
import java.time.Duration;

/**
 * What the engine holds to in every run over the same history.
 *
 * @param until the end of the run, E: nothing handles a deadline beyond it; {@link #ENDLESS} when the run has no end
 * @param dedupHorizonMillis how long an event id is remembered, event time
 * @param maxReviewMillis a customer who has not departed is looked at again after this long at most
 */
public record EngineRules(long until, long dedupHorizonMillis, long maxReviewMillis) implements Serializable {

    /** The run has no end. One below the final watermark, which stands for the end of all time. */
    public static final long ENDLESS = Long.MAX_VALUE - 1;

    /** A week's worth of milliseconds: reviews are spread over it by hash, so that they do not all fall due at once. */
    static final long REVIEW_SPREAD_MILLIS = Duration.ofDays(7).toMillis();

    public EngineRules {
        if (until == Long.MAX_VALUE) {
            throw new IllegalArgumentException("until is the end of all time: use ENDLESS for a run without an end.");
        }
        if (dedupHorizonMillis <= 0 || maxReviewMillis <= 0) {
            throw new IllegalArgumentException("The dedup horizon and the review interval must be positive.");
        }
    }

    /** A run without an end, 30 days of event ids, reviews after 30 days. */
    public static EngineRules defaults() {
        return new EngineRules(
                ENDLESS, Duration.ofDays(30).toMillis(), Duration.ofDays(30).toMillis());
    }

    /** The same rules with an end. */
    public EngineRules until(long end) {
        return new EngineRules(Math.min(end, ENDLESS), dedupHorizonMillis, maxReviewMillis);
    }
}

package io.ebbline.profile;

import org.jspecify.annotations.Nullable;

/**
 * What was last said of a customer, so that a change is noticed and told once.
 *
 * @param recency R, 1 to 5; 0 without a kept order in the look-back window
 * @param frequency F, 1 to 5; 0 without one
 * @param monetary M, 1 to 5; 0 without one
 * @param alive level of P(alive), 1 to 4; 0 without a kept order
 * @param segment RFM segment; null without one
 * @param segmentSince since when, milliseconds since the epoch
 * @param stageSince since when, milliseconds since the epoch
 * @param episode the decline that the customer is in
 * @param modelRef the model version that it was said under; empty before anything was said
 * @param lookBackMillis the look-back window of that version; 0: all history
 * @param asOf the instant it was said of, milliseconds since the epoch
 */
public record Standing(
        int recency,
        int frequency,
        int monetary,
        int alive,
        @Nullable String segment,
        long segmentSince,
        Stage stage,
        long stageSince,
        Episode episode,
        String modelRef,
        long lookBackMillis,
        long asOf) {

    /** Nothing was said yet. */
    public static final Standing NONE =
            new Standing(0, 0, 0, 0, null, 0, Stage.UNKNOWN, 0, Episode.NONE, "", 0, Long.MIN_VALUE);
}

package io.ebbline.config;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is different when history is repeated.
 *
 * @param maxDrift how far a partition may be read ahead of another, event time
 * @param cutOver signals and offers from before it are held back; null: none is
 * @param heldBackTopic where what is held back is written instead; null: nowhere
 * @param recordMoves whether moves between customers are made and recorded, as by a live job, instead of read as recorded
 */
public record Replay(
        Duration maxDrift,
        @Nullable Instant cutOver,
        @Nullable String heldBackTopic,
        boolean recordMoves) {}

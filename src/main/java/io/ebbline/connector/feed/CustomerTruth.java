package io.ebbline.connector.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a simulated customer, though no event says so. Instants at which the shop is not open any more are null.
 *
 * @param firstOrderAt time of the first order; null when there is none
 * @param rhythmDays mean gap between orders while settled, days, over the seasons of a year; null where there is no rhythm
 * @param brokeAt when the rhythm slowed or stopped; null for {@link BreakKind#NONE}
 * @param returnedAt time of the first order in the old rhythm again; null when they stayed away, or slow
 * @param bestChannel that most of the visits come by
 * @param bestHour hour of the day, 0 to 23, UTC, in which most visits and opened mails fall
 */
public record CustomerTruth(
        String id,
        ShopSegment segment,
        @Nullable Instant firstOrderAt,
        @Nullable Double rhythmDays,
        @Nullable Instant brokeAt,
        BreakKind kind,
        @Nullable Instant returnedAt,
        String bestChannel,
        int bestHour) {}

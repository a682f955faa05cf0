package io.ebbline.event;

import org.jspecify.annotations.Nullable;

/**
 * A contact between a customer and the shop other than a purchase.
 *
 * @param value a survey's or review's score, a reward's worth: by type; null where there is none
 */
public record Touchpoint(
        String id,
        long time,
        TouchpointType type,
        @Nullable String channel,
        @Nullable String sku,
        @Nullable String category,
        @Nullable String campaign,
        @Nullable String offerId,
        @Nullable Double value)
        implements Event {}

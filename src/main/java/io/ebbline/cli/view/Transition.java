package io.ebbline.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * A change of stage or segment.
 *
 * @param time milliseconds since the epoch
 * @param previous null: none
 * @param current null: none
 */
public record Transition(
        long time,
        String customer,
        @Nullable String previous,
        @Nullable String current,
        String trigger) {}

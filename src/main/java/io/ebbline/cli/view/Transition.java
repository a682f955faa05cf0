package io.ebbline.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * A change of stage or segment.
 *
 * @param time milliseconds since the epoch
 * @param stage whether it is the stage that changed
 * @param previous null: none
 * @param current null: none
 */
public record Transition(
        long time,
        boolean stage,
        @Nullable String previous,
        @Nullable String current) {}

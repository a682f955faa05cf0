package io.ebbline.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands, as the newest score says.
 *
 * @param segment null for a customer without a kept order; then both scores are 0
 * @param recency R, 1 to 5
 * @param frequency F, 1 to 5
 * @param orders not wholly returned
 */
public record Standing(String stage, @Nullable String segment, int recency, int frequency, long orders) {}

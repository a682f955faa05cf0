package io.ebbline.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * Customers who went from one stage to another.
 *
 * @param previous null: customers not known before
 * @param current null: customers forgotten
 * @param customers how many times it happened
 */
public record Flow(@Nullable String previous, @Nullable String current, long customers) {}

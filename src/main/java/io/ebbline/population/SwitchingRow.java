package io.ebbline.population;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A category as customers switch between categories.
 *
 * @param category null: all that have no row of their own
 * @param customers how many bought it with their latest order that named a category
 * @param share of all customers who have such an order, 0 to 1
 * @param orders all orders of the category
 * @param minor what they came to when they began, minor units
 * @param next chances that each category is bought next, in the order of the rows; empty before any order followed another
 * @param clvMinor what the average customer will spend on it over the horizon, discounted, minor units; null before any order
 *     followed another
 */
public record SwitchingRow(
        @Nullable String category,
        long customers,
        double share,
        long orders,
        long minor,
        List<Double> next,
        @Nullable Long clvMinor) {}

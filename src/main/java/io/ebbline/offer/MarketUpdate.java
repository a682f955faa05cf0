package io.ebbline.offer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tick changed of products, categories and offers: each part takes the place of what was said of the same before, and
 * from its own tick on everything in it fades alike. One with everything there is says all that is known.
 *
 * @param tick that has ended
 * @param shop null: no order ever
 * @param items sorted by sku
 * @param categories sorted by name
 * @param feedback sorted by offer
 */
public record MarketUpdate(
        int tick, @Nullable Shop shop, List<Item> items, List<Category> categories, List<Feedback> feedback) {

    public MarketUpdate {
        items = List.copyOf(items);
        categories = List.copyOf(categories);
        feedback = List.copyOf(feedback);
    }

    /**
     * Faded counts of the whole shop.
     *
     * @param tick of the last order
     * @param orders by the half-life of popularity
     * @param fastOrders by that of the popularity of late
     * @param slowOrders by that of what goes together
     * @param repeatOrders those of customers who owned something
     * @param chances to buy again what was owned, one for each product and order
     * @param repeats those of them that were taken
     * @param first first purchases of products, by the half-life of popularity
     * @param ordersBy orders as {@code orders}, by how many the customer had begun before: see {@link Novelty}; empty: nothing is
     *     known of that
     * @param firstBy first purchases in them, in the same way
     * @param paces how many orders come for each that is foretold, by habit and age of an {@link io.ebbline.profile.Outlook}; empty:
     *     nothing is known of it
     */
    public record Shop(
            int tick,
            double orders,
            double fastOrders,
            double slowOrders,
            double repeatOrders,
            double chances,
            double repeats,
            double first,
            List<Double> ordersBy,
            List<Double> firstBy,
            List<Double> paces) {

        public Shop {
            ordersBy = List.copyOf(ordersBy);
            firstBy = List.copyOf(firstBy);
            paces = List.copyOf(paces);
            if (ordersBy.size() != firstBy.size() || (!ordersBy.isEmpty() && ordersBy.size() != Novelty.CLASSES)) {
                throw new IllegalArgumentException("Orders are of " + ordersBy.size() + " classes, first purchases of "
                        + firstBy.size() + ": it takes " + Novelty.CLASSES + " of both or none.");
            }
            if (!paces.isEmpty() && paces.size() != Arrivals.CELLS) {
                throw new IllegalArgumentException(
                        "There are " + paces.size() + " paces: it takes " + Arrivals.CELLS + " or none.");
            }
        }
    }

    /**
     * A product. Prices are ten-thousandths of the major unit.
     *
     * @param tick of the last order that held it
     * @param first faded first purchases
     * @param fastFirst the same, of late
     * @param orders faded orders that held it, by the half-life of what goes together
     * @param prices sum of its prices in them
     */
    public record Item(
            String sku,
            @Nullable String category,
            int tick,
            double first,
            double fastFirst,
            double orders,
            double prices) {}

    /**
     * A category and what follows it. Its arrays are not to be changed.
     *
     * @param tick of the last order that changed it
     * @param chances faded orders of customers who owned something of it
     * @param first faded orders in which something of it was bought for the first time
     * @param to other categories and itself, sorted
     * @param counts by category of {@code to}: faded orders of customers who owned something of the one, in which something of
     *     the other was bought for the first time
     */
    public record Category(String name, int tick, double chances, double first, String[] to, double[] counts) {

        static Category none(String name, int tick) {
            return new Category(name, tick, 0, 0, new String[0], new double[0]);
        }

        /** Whether it is no longer held apart. */
        public boolean isGone() {
            return chances == 0 && first == 0 && to.length == 0;
        }
    }

    /**
     * How likely an offer that is shown is accepted: beta distributions by {@link io.ebbline.profile.Pace}. Its arrays are not to be
     * changed.
     *
     * @param tick of the last change
     * @param accepted how often it was accepted, ever
     * @param alpha their first parameters
     * @param beta their second parameters
     */
    public record Feedback(String offerId, int tick, long accepted, double[] alpha, double[] beta) {

        static Feedback none(String offerId, int tick) {
            return new Feedback(offerId, tick, 0, new double[0], new double[0]);
        }

        /** Whether nothing is held of it any more. */
        public boolean isGone() {
            return alpha.length == 0;
        }
    }
}

package io.ebbline.offer;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What some orders and outcomes of one tick say of products, categories and offers. Exact counts: parts merge by addition, in any
 * order. Mutable, for one thread.
 */
public final class MarketDelta {

    /** What is counted of one product. */
    public static final class Item {
        private @Nullable String category;
        private long first;
        private long orders;
        private long prices;

        /** Its category, of several the first by name; null: unknown. */
        public @Nullable String category() {
            return category;
        }

        /** First purchases. */
        public long first() {
            return first;
        }

        /** Orders that held it. */
        public long orders() {
            return orders;
        }

        /** Sum of its prices in them, ten-thousandths of the major unit. */
        public long prices() {
            return prices;
        }
    }

    private long orders;
    private long repeatOrders;
    private long chances;
    private long repeats;
    private final TreeMap<String, Item> items = new TreeMap<>();
    private final CategoryCounts categories = new CategoryCounts();
    private final Arrivals arrivals = new Arrivals();
    private final Novelty novelty = new Novelty();
    private final Responses responses = new Responses();

    /** Adds orders begun, and those of them by customers who owned something. */
    public void orders(long begun, long repeats) {
        orders += begun;
        repeatOrders += repeats;
    }

    /** Adds chances to buy again what was owned, one for each product and order, and those of them that were taken. */
    public void chances(long had, long taken) {
        chances += had;
        repeats += taken;
    }

    /** Adds to a product's counts; see {@link Item}. */
    public void item(String sku, @Nullable String category, long first, long held, long prices) {
        Item item = items.computeIfAbsent(sku, unused -> new Item());
        if (category != null && (item.category == null || category.compareTo(item.category) < 0)) {
            item.category = category;
        }
        item.first += first;
        item.orders += held;
        item.prices += prices;
    }

    /** Adds another part of the same tick. */
    public void merge(MarketDelta other) {
        orders(other.orders, other.repeatOrders);
        chances(other.chances, other.repeats);
        arrivals.merge(other.arrivals);
        novelty.merge(other.novelty);
        other.items.forEach((sku, item) -> item(sku, item.category, item.first, item.orders, item.prices));
        categories.merge(other.categories);
        responses.merge(other.responses);
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return orders == 0 && items.isEmpty() && responses.isEmpty();
    }

    /** Orders begun. */
    public long orders() {
        return orders;
    }

    /** Those by customers who owned something. */
    public long repeatOrders() {
        return repeatOrders;
    }

    /** Chances to buy again what was owned, one for each product and order. */
    public long chances() {
        return chances;
    }

    /** Those of them that were taken. */
    public long repeats() {
        return repeats;
    }

    /** First purchases of all products. */
    public long first() {
        return items.values().stream().mapToLong(Item::first).sum();
    }

    /** By sku, sorted. */
    public Map<String, Item> items() {
        return items;
    }

    /** What follows what among categories. */
    public CategoryCounts categories() {
        return categories;
    }

    /** Which orders came of those foretold. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** How much of them was new to their customers. */
    public Novelty novelty() {
        return novelty;
    }

    /** What happened to offers that were shown. */
    public Responses responses() {
        return responses;
    }
}

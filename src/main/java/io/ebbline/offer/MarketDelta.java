package io.ebbline.offer;

import java.util.Comparator;
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

    /** An offer and the segment of those to whom it was made; the empty one: all. */
    public record Audience(String offerId, String segment) {}

    /** What became of an offer. */
    public static final class Fate {
        private long shown;
        private long accepted;
        private long rejected;
        private long expired;

        public long shown() {
            return shown;
        }

        public long accepted() {
            return accepted;
        }

        public long rejected() {
            return rejected;
        }

        public long expired() {
            return expired;
        }
    }

    private static final Comparator<Audience> BY_NAME =
            Comparator.comparing(Audience::offerId).thenComparing(Audience::segment);

    private long orders;
    private long repeatOrders;
    private long chances;
    private long repeats;
    private final TreeMap<String, Item> items = new TreeMap<>();
    private final CategoryCounts categories = new CategoryCounts();
    private final TreeMap<Audience, Fate> feedback = new TreeMap<>(BY_NAME);

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

    /**
     * Adds what became of offers, to the counts of the segment and to those of all.
     *
     * @param segment null: none
     * @param expired those shown that were neither accepted nor rejected before they expired
     */
    public void feedback(
            String offerId, @Nullable String segment, long shown, long accepted, long rejected, long expired) {
        fate(new Audience(offerId, ""), shown, accepted, rejected, expired);
        if (segment != null && !segment.isEmpty()) {
            fate(new Audience(offerId, segment), shown, accepted, rejected, expired);
        }
    }

    /** Adds to the counts of that audience alone; also how stored ones are read back. */
    public void fate(Audience audience, long shown, long accepted, long rejected, long expired) {
        Fate fate = feedback.computeIfAbsent(audience, unused -> new Fate());
        fate.shown += shown;
        fate.accepted += accepted;
        fate.rejected += rejected;
        fate.expired += expired;
    }

    /** Adds another part of the same tick. */
    public void merge(MarketDelta other) {
        orders(other.orders, other.repeatOrders);
        chances(other.chances, other.repeats);
        other.items.forEach((sku, item) -> item(sku, item.category, item.first, item.orders, item.prices));
        categories.merge(other.categories);
        other.feedback.forEach(
                (audience, fate) -> fate(audience, fate.shown, fate.accepted, fate.rejected, fate.expired));
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return orders == 0 && items.isEmpty() && feedback.isEmpty();
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

    /** By sku, sorted. */
    public Map<String, Item> items() {
        return items;
    }

    /** What follows what among categories. */
    public CategoryCounts categories() {
        return categories;
    }

    /** By offer and segment, sorted. */
    public Map<Audience, Fate> feedback() {
        return feedback;
    }
}

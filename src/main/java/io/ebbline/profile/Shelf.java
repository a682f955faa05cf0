package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.event.Hash64;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has bought: product by product, the {@value #CAPACITY} bought last. Mutable, for one thread.
 *
 * <p>A product counts once an order, however many lines it has. Instants are milliseconds since the epoch, quantities and prices
 * ten-thousandths.
 */
public final class Shelf {

    /** Products remembered at most: those bought last. */
    public static final int CAPACITY = 2_000;

    /** Of how many products bought last it is counted what follows them. */
    public static final int RECENT = 50;

    /** What a purchase of a product counts after each later order. */
    public static final double FADE = .9;

    /** A product and how it was bought. */
    public static final class Owned {
        private final String sku;
        private @Nullable String category;
        private long unitPrice;
        private long first;
        private long last;
        private long orders;
        private long lastOrder;
        private long atOrder;
        private double faded;
        private long kept;
        private long returned = NEVER;

        Owned(String sku, long first) {
            this.sku = sku;
            this.first = first;
        }

        /** Names the product. */
        public String sku() {
            return sku;
        }

        /** What the purchases say of its category, the latest that says anything; null: nothing. */
        public @Nullable String category() {
            return category;
        }

        /** The latest price. */
        public long unitPrice() {
            return unitPrice;
        }

        /** When it was first bought. */
        public long first() {
            return first;
        }

        /** When it was last bought. */
        public long last() {
            return last;
        }

        /** Orders that held it. */
        public long orders() {
            return orders;
        }

        /** How much of it did not come back. */
        public long kept() {
            return kept;
        }

        /** When all of it had come back; {@link Profile#NEVER}: some is kept. */
        public long returned() {
            return returned;
        }

        private Basket.Item item() {
            return new Basket.Item(sku, category, unitPrice);
        }
    }

    /** By sku, the one bought last at the end. */
    private final Map<String, Owned> items = new LinkedHashMap<>();

    private long orders;

    // ---- folds

    /**
     * Puts a purchase on the shelf.
     *
     * @param begins whether it begins an order; else it adds lines to one
     * @param asOf when it is counted: for a late one the latest instant of the customer, else its own time
     * @return what it says of products bought after and beside each other
     */
    public Basket purchase(Purchase purchase, boolean begins, long asOf) {
        long order = Hash64.of(purchase.orderId());
        if (begins) {
            orders++;
        }
        List<Basket.Item> recent = new ArrayList<>();
        List<Basket.Item> beside = new ArrayList<>();
        List<Owned> latestFirst = new ArrayList<>(items.values());
        Collections.reverse(latestFirst);
        for (Owned owned : latestFirst) {
            if (owned.lastOrder == order) {
                beside.add(owned.item());
            } else if (recent.size() < RECENT) {
                recent.add(owned.item());
            } else {
                break;
            }
        }
        Map<String, Basket.Item> first = new LinkedHashMap<>();
        Map<String, Basket.Item> again = new LinkedHashMap<>();
        for (Line line : purchase.lines()) {
            Owned owned = items.remove(line.sku());
            boolean isNew = owned == null;
            if (owned == null) {
                owned = new Owned(line.sku(), purchase.time());
            }
            boolean known = owned.lastOrder == order && !isNew;
            take(owned, line, purchase.time(), order);
            items.put(line.sku(), owned);
            if (!known) {
                (isNew ? first : again).put(line.sku(), owned.item());
            }
        }
        while (items.size() > CAPACITY) {
            items.remove(items.keySet().iterator().next());
        }
        return new Basket(asOf, begins, recent, List.copyOf(first.values()), List.copyOf(again.values()), beside);
    }

    private void take(Owned owned, Line line, long time, long order) {
        if (owned.lastOrder != order || owned.orders == 0) {
            owned.faded = faded(owned) + 1;
            owned.atOrder = orders;
            owned.orders++;
            owned.lastOrder = order;
        }
        owned.category = line.category() == null ? owned.category : line.category();
        owned.unitPrice = line.unitPrice();
        owned.last = Math.max(owned.orders == 1 ? time : owned.last, time);
        owned.first = Math.min(owned.first, time);
        owned.kept += line.quantity();
        owned.returned = NEVER;
    }

    /** Takes what came back off the shelf. A whole return that names no lines is of what the order held that was bought last. */
    public void giveBack(Return goods) {
        if (goods.lines().isEmpty() && goods.whole() && goods.orderId() != null) {
            long order = Hash64.of(goods.orderId());
            for (Owned owned : items.values()) {
                if (owned.lastOrder == order) {
                    owned.kept = 0;
                    owned.returned = goods.time();
                }
            }
        }
        for (Line line : goods.lines()) {
            Owned owned = items.get(line.sku());
            if (owned != null) {
                owned.kept = Math.max(0, owned.kept - line.quantity());
                owned.returned = owned.kept == 0 ? goods.time() : NEVER;
            }
        }
    }

    /** Forgets all. */
    public void clear() {
        items.clear();
        orders = 0;
    }

    // ---- what is asked

    /** All that was bought, the latest last. */
    public Collection<Owned> items() {
        return Collections.unmodifiableCollection(items.values());
    }

    /** That product; null when it was never bought, or too many others since. */
    public @Nullable Owned get(String sku) {
        return items.get(sku);
    }

    /** Orders begun. */
    public long orders() {
        return orders;
    }

    /** How often a product was bought, each purchase {@link #FADE} of itself with each later order. */
    public double faded(Owned owned) {
        return owned.faded * StrictMath.pow(FADE, (double) (orders - owned.atOrder));
    }
}

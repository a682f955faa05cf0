package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.event.Hash64;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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
        private Basket.@Nullable Item item;
        private @Nullable Owned before;
        private @Nullable Owned after;

        Owned(String sku, long time) {
            this.sku = sku;
            this.first = time;
            this.last = time;
        }

        private void take(Line line, long time) {
            item = null;
            if (time >= last) {
                unitPrice = line.unitPrice();
            }
            if (line.category() != null && (time >= last || category == null)) {
                category = line.category();
            }
            last = Math.max(last, time);
            first = Math.min(first, time);
            kept += line.quantity();
            returned = NEVER;
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

        /** Hash of the id of the order in which it was last counted. */
        public long lastOrder() {
            return lastOrder;
        }

        /** The customer's orders when it was last counted. */
        public long atOrder() {
            return atOrder;
        }

        /** How often it was bought, faded as of the order in which it was last counted. */
        public double fadedThen() {
            return faded;
        }

        private Basket.Item item() {
            Basket.Item known = item;
            if (known == null) {
                known = new Basket.Item(sku, category, unitPrice);
                item = known;
            }
            return known;
        }
    }

    private final Map<String, Owned> items = new HashMap<>();

    /** All are chained, from the one bought longest ago to the one bought last. */
    private @Nullable Owned eldest;

    private @Nullable Owned latest;

    private long orders;

    /** How many products were bought in more orders than one. */
    private int boughtAgain;

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
        List<Basket.Item> recent = new ArrayList<>();
        List<Basket.Item> beside = new ArrayList<>();
        for (Owned owned = latest; owned != null; owned = owned.before) {
            if (owned.lastOrder == order) {
                beside.add(owned.item());
            } else if (recent.size() < RECENT) {
                recent.add(owned.item());
            } else {
                break;
            }
        }
        List<Basket.Item> first = new ArrayList<>(purchase.lines().size());
        List<Basket.Item> again = new ArrayList<>(0);
        put(purchase, begins, order, first, again);
        return new Basket(asOf, begins, Math.max(0, orders - 1), recent, first, again, beside);
    }

    /** The same of who does not ask what it says. */
    public void put(Purchase purchase, boolean begins) {
        put(purchase, begins, Hash64.of(purchase.orderId()), null, null);
    }

    private void put(
            Purchase purchase,
            boolean begins,
            long order,
            @Nullable List<Basket.Item> first,
            @Nullable List<Basket.Item> again) {
        if (begins) {
            orders++;
        }
        for (Line line : purchase.lines()) {
            Owned owned = items.get(line.sku());
            if (owned == null) {
                owned = new Owned(line.sku(), purchase.time());
                items.put(line.sku(), owned);
                append(owned);
                owned.take(line, purchase.time());
                count(owned, order);
                if (first != null) {
                    first.add(owned.item());
                }
            } else {
                unchain(owned);
                append(owned);
                owned.take(line, purchase.time());
                if (owned.lastOrder != order) {
                    count(owned, order);
                    if (again != null) {
                        again.add(owned.item());
                    }
                }
            }
        }
        dropEldest();
    }

    /** Counts an order of a product. */
    private void count(Owned owned, long order) {
        owned.faded = faded(owned) + 1;
        owned.atOrder = orders;
        owned.orders++;
        boughtAgain += owned.orders == 2 ? 1 : 0;
        owned.lastOrder = order;
    }

    /** Takes what came back off the shelf. A whole return that names no lines is of what the order held that was bought last. */
    public void giveBack(Return goods) {
        if (goods.lines().isEmpty() && goods.whole() && goods.orderId() != null) {
            long order = Hash64.of(goods.orderId());
            for (Owned owned : items()) {
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
        eldest = null;
        latest = null;
        orders = 0;
        boughtAgain = 0;
    }

    private void dropEldest() {
        while (eldest != null && items.size() > CAPACITY) {
            items.remove(eldest.sku);
            boughtAgain -= eldest.orders > 1 ? 1 : 0;
            unchain(eldest);
        }
    }

    private void append(Owned owned) {
        owned.before = latest;
        if (latest == null) {
            eldest = owned;
        } else {
            latest.after = owned;
        }
        latest = owned;
    }

    private void unchain(Owned owned) {
        Owned before = owned.before;
        Owned after = owned.after;
        if (before == null) {
            eldest = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            latest = before;
        } else {
            after.before = before;
        }
        owned.before = null;
        owned.after = null;
    }

    // ---- what is asked

    /** All that was bought, the latest last. Not to be walked through while the shelf changes. */
    public Collection<Owned> items() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Owned> iterator() {
                return new Walk(eldest);
            }

            @Override
            public int size() {
                return items.size();
            }
        };
    }

    private static final class Walk implements Iterator<Owned> {
        private @Nullable Owned next;

        Walk(@Nullable Owned first) {
            next = first;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Owned next() {
            Owned now = next;
            if (now == null) {
                throw new NoSuchElementException();
            }
            next = now.after;
            return now;
        }
    }

    /** The products bought last, the latest first, at most {@link #RECENT}. */
    public List<String> recent() {
        List<String> recent = new ArrayList<>(Math.min(RECENT, items.size()));
        for (Owned owned = latest; owned != null && recent.size() < RECENT; owned = owned.before) {
            recent.add(owned.sku);
        }
        return recent;
    }

    /** That product; null when it was never bought, or too many others since. */
    public @Nullable Owned get(String sku) {
        return items.get(sku);
    }

    /** Whether a product was bought in more orders than one. */
    public boolean hasBoughtAgain() {
        return boughtAgain > 0;
    }

    /** Orders begun. */
    public long orders() {
        return orders;
    }

    /** How often a product was bought, each purchase {@link #FADE} of itself with each later order. */
    public double faded(Owned owned) {
        return owned.faded * StrictMath.pow(FADE, (double) (orders - owned.atOrder));
    }

    // ---- two customers who turn out to be one

    /** What is owned now; changes no more. */
    public Shelf copy() {
        Shelf copy = new Shelf();
        copy.unite(this, new Shelf());
        return copy;
    }

    /** Fills an empty shelf with what is on two. */
    void unite(Shelf one, Shelf other) {
        orders = one.orders + other.orders;
        List<Owned> all = new ArrayList<>(one.items());
        all.addAll(other.items());
        all.sort(Comparator.comparingLong(Owned::last));
        Map<String, Double> counts = new HashMap<>();
        one.items().forEach(owned -> counts.merge(owned.sku, one.faded(owned), Double::sum));
        other.items().forEach(owned -> counts.merge(owned.sku, other.faded(owned), Double::sum));
        for (Owned owned : all) {
            Owned known = items.get(owned.sku);
            if (known == null) {
                known = new Owned(owned.sku, owned.first);
                known.kept = 0;
                items.put(owned.sku, known);
            } else {
                unchain(known);
            }
            append(known);
            known.first = Math.min(known.first, owned.first);
            known.last = owned.last;
            known.category = owned.category == null ? known.category : owned.category;
            known.unitPrice = owned.unitPrice;
            known.orders += owned.orders;
            known.lastOrder = owned.lastOrder;
            known.atOrder = orders;
            known.faded = counts.getOrDefault(owned.sku, 0.0);
            known.kept += owned.kept;
            known.returned = known.kept > 0 ? NEVER : Math.max(known.returned, owned.returned);
        }
        for (Owned owned : items()) {
            boughtAgain += owned.orders > 1 ? 1 : 0;
        }
        dropEldest();
    }

    // ---- stored form

    /** Takes over how many orders were begun. */
    public void restore(long stored) {
        orders = stored;
    }

    /**
     * Takes over a product; the one bought longest ago first. See {@link Owned}.
     *
     * @return false when it is held already
     */
    public boolean restore(
            String sku,
            @Nullable String category,
            long unitPrice,
            long first,
            long last,
            long ordersOf,
            long lastOrder,
            long atOrder,
            double faded,
            long kept,
            long returned) {
        Owned owned = new Owned(sku, first);
        owned.category = category;
        owned.unitPrice = unitPrice;
        owned.last = last;
        owned.orders = ordersOf;
        owned.lastOrder = lastOrder;
        owned.atOrder = atOrder;
        owned.faded = faded;
        owned.kept = kept;
        owned.returned = returned;
        if (items.putIfAbsent(sku, owned) != null) {
            return false;
        }
        append(owned);
        boughtAgain += owned.orders > 1 ? 1 : 0;
        return true;
    }
}

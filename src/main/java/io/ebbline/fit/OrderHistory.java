package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Tick;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.Market;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The orders of a shop, one after the other, as who ranks products meets them: before each order nothing is known of it or of what
 * comes later.
 *
 * <p>What a customer buys within one minute is one order: shops split one into several invoices. Lines that come later to an order
 * id are counted, but begin no order. Nothing that came back matters.
 */
public final class OrderHistory {

    private static final long MINUTE_MILLIS = 60_000;

    /**
     * An order, or lines added to one.
     *
     * @param purchase all that was bought in that minute
     * @param begins whether it begins an order
     */
    public record Order(String customer, Purchase purchase, boolean begins) {

        /** When it was placed, milliseconds since the epoch. */
        public long time() {
            return purchase.time();
        }

        /** Its products, each once. */
        public Set<String> skus() {
            Set<String> skus = new LinkedHashSet<>();
            purchase.lines().forEach(line -> skus.add(line.sku()));
            return skus;
        }
    }

    /** Who is told of each order before anything of it is counted. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * The next order.
         *
         * @param shelf what the customer owned before
         * @param market as of the latest tick that had ended
         */
        void before(Order order, Shelf shelf, Market market);
    }

    private final List<Order> orders;

    private OrderHistory(List<Order> orders) {
        this.orders = orders;
    }

    /** Collects orders. Mutable. */
    public static final class Builder {
        private final List<Order> orders = new ArrayList<>();

        /**
         * Adds a customer.
         *
         * @param events in their order; others than purchases are passed over, and so is a second one with the same id
         */
        public Builder add(String customer, List<Event> events) {
            Set<String> ids = new HashSet<>();
            Set<String> begun = new HashSet<>();
            Map<Long, List<Purchase>> minutes = new LinkedHashMap<>();
            for (Event event : events) {
                if (event instanceof Purchase purchase && ids.add(purchase.id())) {
                    minutes.computeIfAbsent(Math.floorDiv(purchase.time(), MINUTE_MILLIS), minute -> new ArrayList<>())
                            .add(purchase);
                }
            }
            for (List<Purchase> together : minutes.values()) {
                boolean begins = false;
                for (Purchase purchase : together) {
                    begins |= begun.add(purchase.orderId());
                }
                orders.add(new Order(customer, joined(together), begins));
            }
            return this;
        }

        private static Purchase joined(List<Purchase> together) {
            Purchase first = together.get(0);
            if (together.size() == 1) {
                return first;
            }
            List<Line> lines = new ArrayList<>();
            long total = 0;
            for (Purchase purchase : together) {
                lines.addAll(purchase.lines());
                total += purchase.totalMinor();
            }
            return new Purchase(
                    first.id(),
                    first.time(),
                    first.orderId(),
                    first.currency(),
                    first.channel(),
                    first.discount(),
                    lines,
                    total);
        }

        /** All that was added, by time, then by customer. */
        public OrderHistory build() {
            List<Order> sorted = new ArrayList<>(orders);
            sorted.sort(Comparator.comparingLong(Order::time).thenComparing(Order::customer));
            return new OrderHistory(sorted);
        }
    }

    /** Those before an instant, milliseconds since the epoch: the beginning of a minute, or what is one order would be parted. */
    OrderHistory until(long instant) {
        return new OrderHistory(
                orders.stream().filter(order -> order.time() < instant).toList());
    }

    /** Decimals of the currency that the orders are in. */
    int minorDigits() {
        return orders.isEmpty()
                ? 0
                : Math.max(
                        0,
                        Currency.getInstance(orders.get(0).purchase().currency())
                                .getDefaultFractionDigits());
    }

    /** By time, then by customer. */
    public List<Order> orders() {
        return List.copyOf(orders);
    }

    /**
     * Goes through all orders.
     *
     * @param minorDigits decimals of the currency, 0 to 4
     * @param days the market moves on after every so many days, counted from the day of the first order
     */
    public void walk(int minorDigits, int days, Visitor visitor) {
        if (orders.isEmpty()) {
            return;
        }
        Affinities affinities = new Affinities(minorDigits);
        Map<String, Shelf> shelves = new HashMap<>();
        int open = Tick.of(orders.get(0).time());
        for (Order order : orders) {
            int tick = Tick.of(order.time());
            while (tick >= open + days) {
                affinities.endTick(open + days - 1);
                open += days;
            }
            Shelf shelf = shelves.computeIfAbsent(order.customer(), name -> new Shelf());
            visitor.before(order, shelf, affinities.market());
            affinities.add(shelf.purchase(order.purchase(), order.begins(), order.time()));
        }
    }
}

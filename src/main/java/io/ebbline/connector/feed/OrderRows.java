package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the rows of each order, wherever in the file they stand, into one purchase or one return. */
final class OrderRows {

    /**
     * What the first row of an order says about all of it.
     *
     * @param back goods that came back rather than went out
     */
    record Head(
            String id,
            @Nullable String customer,
            String orderId,
            boolean back,
            long time,
            @Nullable String channel) {}

    private record Order(Head head, List<Line> lines) {}

    private final Map<Object, Order> orders = new LinkedHashMap<>();
    private final String currency;
    private final int minorDigits;

    /**
     * No orders yet.
     *
     * @throws FeedException when the currency is none that has a minor unit
     */
    OrderRows(String currency) {
        this.currency = currency;
        this.minorDigits = minorDigits(currency);
    }

    /**
     * Adds a line to the order of that key.
     *
     * @param first makes the order's head; asked for the first row only
     * @return the order's head
     */
    Head add(Object key, Line line, Supplier<Head> first) {
        Order order = orders.get(key);
        if (order == null) {
            order = new Order(first.get(), new ArrayList<>(4));
            orders.put(key, order);
        }
        order.lines.add(line);
        return order.head;
    }

    boolean isEmpty() {
        return orders.isEmpty();
    }

    /**
     * The orders, each at the time and in the place of its first row. At least one must have been added.
     *
     * @throws FeedException when an order's total does not fit into a long
     */
    History history() {
        List<FeedRecord> records = new ArrayList<>(orders.size());
        for (Order order : orders.values()) {
            records.add(FeedRecord.of(Topic.PURCHASES, order.head.customer, event(order)));
        }
        return History.ofRows(records, currency);
    }

    private Event event(Order order) {
        Head head = order.head;
        long total;
        try {
            total = Line.sumMinor(order.lines, minorDigits);
        } catch (ArithmeticException e) {
            throw new FeedException(
                    "The total of " + head.id + " is too big to count. Correct its quantities and prices.", e);
        }
        return head.back
                ? new Return(head.id, head.time, null, false, currency, order.lines, total)
                : new Purchase(head.id, head.time, head.orderId, currency, head.channel, null, order.lines, total);
    }

    private static int minorDigits(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            if (digits >= 0) {
                return digits;
            }
        } catch (IllegalArgumentException e) {
            throw new FeedException(
                    "\"" + currency + "\" is no currency. Give its three-letter code, for example EUR.", e);
        }
        throw new FeedException(currency + " has no minor unit to count in. Give the currency of the amounts.");
    }
}

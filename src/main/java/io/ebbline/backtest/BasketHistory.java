package io.ebbline.backtest;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The orders of a history as sets of products, for who foretells a customer's last order from those before it.
 *
 * <p>An order is what a customer bought within one minute, so an order that a shop has split into several invoices is one. How
 * much was bought, what it cost and what came back does not matter.
 *
 * @param skus products by their number: in the order of their names
 * @param users customers with at least two orders, in the history's order
 */
public record BasketHistory(List<String> skus, List<User> users) {

    private static final long MINUTE_MILLIS = 60_000;

    /**
     * A customer.
     *
     * @param place in the list of customers that the history was read from
     * @param times when each order began, milliseconds since the epoch, ascending
     * @param baskets the products of each order, ascending
     */
    public record User(int place, List<Long> times, List<int[]> baskets) {

        /** All orders but the last. */
        public List<int[]> past() {
            return baskets.subList(0, baskets.size() - 1);
        }

        /** The products of the last order. */
        public int[] target() {
            return baskets.get(baskets.size() - 1);
        }

        /** When the last order began, milliseconds since the epoch. */
        public long targetTime() {
            return times.get(times.size() - 1);
        }
    }

    /** Reads the orders of these customers. */
    public static BasketHistory of(List<CustomerEvents> customers) {
        List<Map<Long, TreeSet<String>>> orders = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (CustomerEvents customer : customers) {
            Map<Long, TreeSet<String>> own = new TreeMap<>();
            for (Event event : customer.events()) {
                if (event instanceof Purchase purchase) {
                    TreeSet<String> basket = own.computeIfAbsent(minute(purchase.time()), minute -> new TreeSet<>());
                    purchase.lines().stream().map(Line::sku).forEach(basket::add);
                    names.addAll(basket);
                }
            }
            orders.add(own);
        }
        List<String> skus = List.copyOf(names);
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < skus.size(); i++) {
            numbers.put(skus.get(i), i);
        }
        List<User> users = new ArrayList<>();
        for (int place = 0; place < orders.size(); place++) {
            Map<Long, TreeSet<String>> own = orders.get(place);
            if (own.size() > 1) {
                users.add(new User(
                        place,
                        List.copyOf(own.keySet()),
                        own.values().stream()
                                .map(basket ->
                                        basket.stream().mapToInt(numbers::get).toArray())
                                .toList()));
            }
        }
        return new BasketHistory(skus, users);
    }

    /** The minute in which an instant lies: its start, milliseconds since the epoch. */
    static long minute(long instant) {
        return Math.floorDiv(instant, MINUTE_MILLIS) * MINUTE_MILLIS;
    }
}

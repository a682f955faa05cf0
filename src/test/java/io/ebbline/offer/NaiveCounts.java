package io.ebbline.offer;

import io.ebbline.profile.Basket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Everything that is counted, from scratch for each question: all orders are at hand, and each fades by its own age. */
final class NaiveCounts {

    private final List<Baskets.Told> told;
    private final int tick;

    NaiveCounts(List<Baskets.Told> told, int tick) {
        this(told, tick, tick);
    }

    /** What the orders up to a tick say as of another. */
    NaiveCounts(List<Baskets.Told> told, int until, int asOf) {
        this.told = told.stream().filter(one -> one.tick() <= until).toList();
        this.tick = asOf;
    }

    int tick() {
        return tick;
    }

    private double sum(int halfLife, ToDoubleFunction<Basket> count) {
        double sum = 0;
        for (Baskets.Told one : told) {
            sum += count.applyAsDouble(one.basket()) * Math.pow(2, (one.tick() - tick) / (double) halfLife);
        }
        return sum;
    }

    private static boolean holds(List<Basket.Item> items, String sku) {
        return items.stream().anyMatch(item -> item.sku().equals(sku));
    }

    private static double one(boolean yes) {
        return yes ? 1 : 0;
    }

    Set<String> skus() {
        Set<String> skus = new TreeSet<>();
        told.forEach(one -> lines(one.basket()).forEach(item -> skus.add(item.sku())));
        return skus;
    }

    private static List<Basket.Item> lines(Basket basket) {
        List<Basket.Item> lines = new ArrayList<>(basket.first());
        lines.addAll(basket.again());
        return lines;
    }

    double orders(int halfLife) {
        return sum(halfLife, basket -> one(basket.begins()));
    }

    double first(String sku, int halfLife) {
        return sum(halfLife, basket -> one(holds(basket.first(), sku)));
    }

    /** New products in the next order of who has begun so many, from the orders of all who had begun about as many. */
    double newInNext(long known) {
        List<Long> from = List.of(0L, 1L, 2L, 3L, 5L, 9L, 17L, 33L, Long.MAX_VALUE);
        int at = 0;
        while (from.get(at + 1) <= known) {
            at++;
        }
        long least = from.get(at);
        long beyond = from.get(at + 1);
        double orders = sum(28, basket -> one(basket.begins() && basket.known() >= least && basket.known() < beyond));
        double fresh = sum(
                28,
                basket -> basket.known() >= least && basket.known() < beyond
                        ? basket.first().size()
                        : 0);
        double all = orders(28);
        double usual = all == 0 ? 0 : sum(28, basket -> basket.first().size()) / all;
        return (fresh + 20 * usual) / (orders + 20);
    }

    double held(String sku) {
        return sum(56, basket -> one(holds(lines(basket), sku)));
    }

    double prices(String sku) {
        return sum(
                56,
                basket -> lines(basket).stream()
                        .filter(item -> item.sku().equals(sku))
                        .mapToDouble(Basket.Item::unitPrice)
                        .sum());
    }

    double chances(String sku) {
        return chances(sku, 28);
    }

    double chances(String sku, int halfLife) {
        return sum(halfLife, basket -> one(basket.begins() && holds(basket.recent(), sku)));
    }

    double allChances() {
        return sum(28, basket -> basket.begins() ? basket.recent().size() : 0);
    }

    double repeats(String sku) {
        return sum(28, basket -> one(holds(basket.again(), sku) && holds(basket.recent(), sku)));
    }

    double allRepeats() {
        return sum(
                28,
                basket -> basket.again().stream()
                        .filter(item -> holds(basket.recent(), item.sku()))
                        .count());
    }

    double later(String from, String to) {
        return later(from, to, 28);
    }

    double later(String from, String to, int halfLife) {
        return sum(halfLife, basket -> one(holds(basket.recent(), from) && holds(basket.first(), to)));
    }

    double together(String one, String other) {
        return sum(56, basket -> {
            List<Basket.Item> lines = lines(basket);
            boolean both = holds(lines, one) && holds(lines, other);
            boolean added = holds(lines, one) && holds(basket.beside(), other);
            boolean addedTo = holds(lines, other) && holds(basket.beside(), one);
            return one((both && !one.equals(other)) || added || addedTo);
        });
    }

    double popularity(String sku, int halfLife) {
        double orders = orders(halfLife);
        return orders == 0 ? 0 : first(sku, halfLife) / orders;
    }

    double share(String sku) {
        double orders = orders(56);
        return orders == 0 ? 0 : held(sku) / orders;
    }

    private static Set<String> categories(List<Basket.Item> items) {
        Set<String> categories = new TreeSet<>();
        for (Basket.Item item : items) {
            if (item.category() != null) {
                categories.add(item.category());
            }
        }
        return categories;
    }

    private static Set<String> fresh(Basket basket) {
        Set<String> fresh = categories(basket.first());
        fresh.removeAll(categories(basket.beside()));
        return fresh;
    }

    double lift(@Nullable String from, @Nullable String to) {
        if (from == null || to == null) {
            return 1;
        }
        double owners =
                sum(28, basket -> one(basket.begins() && !basket.recent().isEmpty()));
        double bought = sum(
                28, basket -> one(!basket.recent().isEmpty() && fresh(basket).contains(to)));
        double owned = sum(
                28, basket -> one(basket.begins() && categories(basket.recent()).contains(from)));
        double both = sum(
                28,
                basket -> one(categories(basket.recent()).contains(from)
                        && fresh(basket).contains(to)));
        double usual = bought / owners;
        return bought == 0 || owners == 0 ? 1 : (both + 100 * usual) / (owned + 100) / usual;
    }
}

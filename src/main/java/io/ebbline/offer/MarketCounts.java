package io.ebbline.offer;

import io.ebbline.offer.MarketUpdate.Category;
import io.ebbline.offer.MarketUpdate.Item;
import io.ebbline.offer.MarketUpdate.Shop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of products, categories and offers, folded tick by tick. Mutable, for one thread. */
public final class MarketCounts {

    private int tick = Integer.MIN_VALUE;
    private @Nullable Shop shop;
    private final Map<String, Item> items = new HashMap<>();
    private final TreeSet<String> names = new TreeSet<>(CategoryCounts.BY_HASH);
    private final Map<String, Category> categories = new HashMap<>();
    private final OrderPace pace = new OrderPace();
    private final Acceptance acceptance = new Acceptance();

    /** The last tick that was folded; {@link Integer#MIN_VALUE}: none. */
    public int tick() {
        return tick;
    }

    /**
     * Folds a tick that has ended, with all that was counted in it.
     *
     * @param ended later than any before
     * @return what it changed
     */
    public MarketUpdate fold(int ended, MarketDelta delta) {
        tick = ended;
        pace.fold(ended, delta.arrivals());
        boolean sold = delta.orders() > 0 || !delta.items().isEmpty();
        if (sold) {
            shop = shop(ended, delta);
        }
        List<Item> newItems = new ArrayList<>();
        delta.items().forEach((sku, counts) -> newItems.add(item(ended, sku, counts)));
        newItems.forEach(item -> items.put(item.sku(), item));
        List<Category> newCategories = categories(ended, delta.categories().rows());
        acceptance.fold(ended, delta.responses());
        return new MarketUpdate(ended, sold ? shop : null, newItems, newCategories, acceptance.news());
    }

    private Shop shop(int ended, MarketDelta delta) {
        Shop before = shop == null ? new Shop(ended, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of(), List.of()) : shop;
        double fade = Decay.LATER.between(before.tick(), ended);
        return new Shop(
                ended,
                before.orders() * fade + delta.orders(),
                before.fastOrders() * Decay.FAST.between(before.tick(), ended) + delta.orders(),
                before.slowOrders() * Decay.TOGETHER.between(before.tick(), ended) + delta.orders(),
                before.repeatOrders() * fade + delta.repeatOrders(),
                before.chances() * fade + delta.chances(),
                before.repeats() * fade + delta.repeats(),
                before.first() * fade + delta.first(),
                Novelty.plus(before.ordersBy(), fade, delta.novelty().orders()),
                Novelty.plus(before.firstBy(), fade, delta.novelty().first()),
                pace.factors());
    }

    private Item item(int ended, String sku, MarketDelta.Item counts) {
        Item before = items.get(sku);
        if (before == null) {
            before = new Item(sku, null, ended, 0, 0, 0, 0);
        }
        double slow = Decay.TOGETHER.between(before.tick(), ended);
        return new Item(
                sku,
                counts.category() == null ? before.category() : counts.category(),
                ended,
                before.first() * Decay.LATER.between(before.tick(), ended) + counts.first(),
                before.fastFirst() * Decay.FAST.between(before.tick(), ended) + counts.first(),
                before.orders() * slow + counts.orders(),
                before.prices() * slow + counts.prices());
    }

    private List<Category> categories(int ended, Map<String, CategoryCounts.Row> rows) {
        TreeMap<String, Category> news = new TreeMap<>();
        names.addAll(rows.keySet());
        while (names.size() > AffinityRules.CATEGORIES) {
            String out = names.last();
            names.remove(out);
            if (categories.remove(out) != null) {
                news.put(out, Category.none(out, ended));
            }
        }
        rows.forEach((name, row) -> {
            if (names.contains(name)) {
                news.put(name, category(ended, name, row));
            }
        });
        news.values().stream().filter(category -> !category.isGone()).forEach(now -> categories.put(now.name(), now));
        return List.copyOf(news.values());
    }

    private Category category(int ended, String name, CategoryCounts.Row row) {
        Category before = categories.get(name);
        if (before == null) {
            before = Category.none(name, ended);
        }
        double fade = Decay.LATER.between(before.tick(), ended);
        TreeMap<String, Double> sums = new TreeMap<>();
        for (int i = 0; i < before.to().length; i++) {
            sums.put(before.to()[i], before.counts()[i] * fade);
        }
        row.to().forEach((to, count) -> sums.merge(to, (double) count, Double::sum));
        sums.keySet().retainAll(names);
        String[] to = sums.keySet().toArray(new String[0]);
        double[] counts =
                sums.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Category(
                name, ended, before.chances() * fade + row.chances(), before.first() * fade + row.first(), to, counts);
    }

    // ---- stored form

    /** How the shop's orders keep to what is foretold; it is stored beside {@link #everything}. */
    public OrderPace pace() {
        return pace;
    }

    /** What is known of offers that are shown; so is this. */
    public Acceptance acceptance() {
        return acceptance;
    }

    /** All that is known but for {@link #pace} and {@link #acceptance}; {@link #restore} takes it over. */
    public MarketUpdate everything() {
        return new MarketUpdate(
                tick,
                shop,
                sorted(items.values(), Comparator.comparing(Item::sku)),
                sorted(categories.values(), Comparator.comparing(Category::name)),
                List.of());
    }

    private static <T> List<T> sorted(Iterable<T> values, Comparator<T> order) {
        List<T> list = new ArrayList<>();
        values.forEach(list::add);
        list.sort(order);
        return list;
    }

    /** Takes over what was stored, into one that knows nothing. Also bit by bit. */
    public void restore(MarketUpdate stored) {
        tick = Math.max(tick, stored.tick());
        shop = stored.shop() == null ? shop : stored.shop();
        stored.items().forEach(item -> items.put(item.sku(), item));
        for (Category category : stored.categories()) {
            names.add(category.name());
            categories.put(category.name(), category);
        }
    }
}

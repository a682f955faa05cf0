package io.ebbline.connector.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the simulated shop sells: in each category cheap, ordinary and fine products. The same in every run. */
final class Catalogue {

    /**
     * A product.
     *
     * @param index its place in the catalogue
     * @param price in cents
     * @param cost what the shop pays for it, in cents
     * @param cycle days that it lasts whoever buys it again and again; 0 for a thing that lasts
     */
    record Product(int index, String sku, String category, long price, long cost, int cycle) {}

    static final int TIERS = 3;

    /** Products of one category and tier. */
    static final int SHELF = 6;

    static final int CATEGORIES = Category.values().length;
    static final int SIZE = CATEGORIES * TIERS * SHELF;

    private static final long[] TIER_PERCENT = {60, 100, 220};
    private static final List<Product> PRODUCTS = products();

    private enum Category {
        TEA(690, 24),
        COFFEE(990, 18),
        BOOKS(1590, 0),
        TOYS(2490, 0),
        KITCHEN(3490, 0),
        GARDEN(2890, 0),
        WOOL(790, 0),
        STATIONERY(490, 0);

        private final long price;
        private final int cycle;

        Category(long price, int cycle) {
            this.price = price;
            this.cycle = cycle;
        }

        private String label() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    private Catalogue() {}

    private static List<Product> products() {
        List<Product> products = new ArrayList<>();
        for (Category category : Category.values()) {
            for (int i = 0; i < TIERS * SHELF; i++) {
                long price = category.price * TIER_PERCENT[i / SHELF] / 100 + 35L * (i % SHELF);
                products.add(new Product(
                        products.size(),
                        category.label() + "-" + (i + 1),
                        category.label(),
                        price,
                        price * 55 / 100,
                        category.cycle == 0 ? 0 : category.cycle + 5 * (i % SHELF)));
            }
        }
        return List.copyOf(products);
    }

    static Product product(int index) {
        return PRODUCTS.get(index);
    }

    static Product product(int category, int tier, int place) {
        return PRODUCTS.get((category * TIERS + tier) * SHELF + place);
    }

    static int category(Product product) {
        return product.index() / (TIERS * SHELF);
    }

    static int tier(Product product) {
        return product.index() / SHELF % TIERS;
    }
}

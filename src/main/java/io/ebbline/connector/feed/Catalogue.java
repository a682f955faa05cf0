package io.ebbline.connector.feed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What the simulated shop sells: in each category cheap, ordinary and fine products. The same in every run. */
final class Catalogue {

    /**
     * A product.
     *
     * @param price in cents
     * @param cost what the shop pays for it, in cents
     */
    record Product(String sku, String category, long price, long cost) {}

    static final int TIERS = 3;

    private static final double FAVOURED = 0.85;
    private static final int PRODUCTS = 6;
    private static final long[] TIER_PERCENT = {60, 100, 220};

    private enum Category {
        TEA(690),
        COFFEE(990),
        BOOKS(1590),
        TOYS(2490),
        KITCHEN(3490),
        GARDEN(2890),
        WOOL(790),
        STATIONERY(490);

        private final long price;

        Category(long price) {
            this.price = price;
        }

        private static Category of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        private String label() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    private Catalogue() {}

    /** Between one and three categories, without repetition. */
    static List<String> drawFavourites(SplittableRandom random) {
        List<String> labels = new ArrayList<>();
        for (Category category : Category.values()) {
            labels.add(category.label());
        }
        int wanted = 1 + random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            Collections.swap(labels, i, i + random.nextInt(labels.size() - i));
        }
        return List.copyOf(labels.subList(0, wanted));
    }

    /** A product, mostly of the favourites, of that tier (0 to {@link #TIERS} - 1). */
    static Product draw(SplittableRandom random, List<String> favourites, int tier) {
        Category category = random.nextDouble() < FAVOURED
                ? Category.of(favourites.get(random.nextInt(favourites.size())))
                : Category.values()[random.nextInt(Category.values().length)];
        int number = tier * PRODUCTS + random.nextInt(PRODUCTS);
        long price = category.price * TIER_PERCENT[tier] / 100 + 35L * (number % PRODUCTS);
        return new Product(category.label() + "-" + (number + 1), category.label(), price, price * 55 / 100);
    }
}

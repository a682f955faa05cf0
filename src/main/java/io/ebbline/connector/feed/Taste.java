package io.ebbline.connector.feed;

import io.ebbline.connector.feed.Catalogue.Product;
import java.util.SplittableRandom;

/**
 * What a simulated customer likes.
 *
 * @param favourites the categories, one bit each
 * @param tier how much they spend, 0 to {@link Catalogue#TIERS} - 1
 */
record Taste(int favourites, int tier) {

    private static final double FAVOURED = 0.85;
    private static final double IN_TIER = 0.7;

    /** Draws between one and three favourites, and a tier. */
    static Taste draw(SplittableRandom random, boolean cheap) {
        int favourites = 0;
        for (int wanted = 1 + random.nextInt(3); wanted > 0; ) {
            int bit = 1 << random.nextInt(Catalogue.CATEGORIES);
            if ((favourites & bit) == 0) {
                favourites |= bit;
                wanted--;
            }
        }
        return new Taste(favourites, cheap ? 0 : random.nextInt(Catalogue.TIERS));
    }

    /** A product by chance; each with the probability that {@link #chance} gives. */
    Product draw(SplittableRandom random) {
        int category = random.nextDouble() < FAVOURED ? favourite(random) : random.nextInt(Catalogue.CATEGORIES);
        int drawn = random.nextDouble() < IN_TIER ? tier : random.nextInt(Catalogue.TIERS);
        return Catalogue.product(category, drawn, random.nextInt(Catalogue.SHELF));
    }

    private int favourite(SplittableRandom random) {
        int skip = random.nextInt(Integer.bitCount(favourites));
        int bits = favourites;
        for (int i = 0; i < skip; i++) {
            bits &= bits - 1;
        }
        return Integer.numberOfTrailingZeros(bits);
    }

    /** The probability of a product in one draw. */
    double chance(Product product) {
        boolean liked = (favourites >> Catalogue.category(product) & 1) == 1;
        double category = (liked ? FAVOURED / Integer.bitCount(favourites) : 0) + (1 - FAVOURED) / Catalogue.CATEGORIES;
        double shelf = (Catalogue.tier(product) == tier ? IN_TIER : 0) + (1 - IN_TIER) / Catalogue.TIERS;
        return category * shelf / Catalogue.SHELF;
    }
}

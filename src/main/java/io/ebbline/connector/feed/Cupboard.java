package io.ebbline.connector.feed;

import io.ebbline.connector.feed.Catalogue.Product;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What a simulated customer has bought, and the one thing that they buy again whenever it is used up. */
final class Cupboard {

    private static final double NEARLY = 0.85;
    private static final double REMEMBERED = 0.85;
    private static final double SINGLE = 0.45;

    private final BitSet held = new BitSet(Catalogue.SIZE);
    private @Nullable Product staple;
    private long bought;

    boolean holds(Product product) {
        return held.get(product.index());
    }

    /**
     * Buys the staple if it is nearly used up, and a few things else, no product twice.
     *
     * @param small just one of them
     */
    List<Product> fill(long time, boolean small, SplittableRandom random, Taste taste, Affinities affinities) {
        List<Product> basket = new ArrayList<>(5);
        Product due = due(time);
        if (due != null && random.nextDouble() < REMEMBERED) {
            basket.add(due);
            add(due, time);
        }
        int wanted = small || random.nextDouble() < SINGLE ? 1 : 2 + random.nextInt(3);
        for (; wanted > 0; wanted--) {
            Product product = affinities.draw(random, taste, this);
            if (!basket.contains(product)) {
                basket.add(product);
                add(product, time);
            }
        }
        return basket;
    }

    private void add(Product product, long time) {
        held.set(product.index());
        if (staple == null && product.cycle() > 0) {
            staple = product;
        }
        if (staple != null && staple.index() == product.index()) {
            bought = time;
        }
    }

    private @Nullable Product due(long time) {
        return staple != null && time - bought > NEARLY * staple.cycle() * Plan.DAY ? staple : null;
    }
}

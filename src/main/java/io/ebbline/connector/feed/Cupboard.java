package io.ebbline.connector.feed;

import io.ebbline.connector.feed.Catalogue.Product;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a simulated customer has bought, and the one thing that they buy again whenever it is used up. */
final class Cupboard {

    private static final double NEARLY = 0.85;

    private final BitSet held = new BitSet(Catalogue.SIZE);
    private @Nullable Product staple;
    private long bought;

    boolean holds(Product product) {
        return held.get(product.index());
    }

    void add(Product product, long time) {
        held.set(product.index());
        if (staple == null && product.cycle() > 0) {
            staple = product;
        }
        if (staple != null && staple.index() == product.index()) {
            bought = time;
        }
    }

    /** The staple if it is nearly used up. */
    @Nullable
    Product due(long time) {
        return staple != null && time - bought > NEARLY * staple.cycle() * Plan.DAY ? staple : null;
    }
}

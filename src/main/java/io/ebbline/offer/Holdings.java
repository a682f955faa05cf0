package io.ebbline.offer;

import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;

/** What is on a shelf, with the products' numbers in a {@link Market}: each is looked up once. Not to be kept while either changes. */
final class Holdings {

    private final Owned[] owned;
    private final int[] items;

    Holdings(Shelf shelf, Market market) {
        owned = new Owned[shelf.items().size()];
        items = new int[owned.length];
        int k = 0;
        for (Owned one : shelf.items()) {
            owned[k] = one;
            items[k++] = market.index(one.sku());
        }
    }

    /** How many products are owned. */
    int size() {
        return owned.length;
    }

    /** The k-th of them, the one bought last is the last. */
    Owned owned(int k) {
        return owned[k];
    }

    /** Its number; below zero: the market does not know it. */
    int item(int k) {
        return items[k];
    }
}

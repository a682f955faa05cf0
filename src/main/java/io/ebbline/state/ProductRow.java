package io.ebbline.state;

import io.ebbline.offer.AffinityRow;
import io.ebbline.offer.RowDelta;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A product: what follows it and goes with it, and what was counted of that in ticks that are not over. The keyed state value,
 * unpacked. Mutable, for one thread.
 */
public final class ProductRow {

    private final AffinityRow row;
    private final TreeMap<Integer, RowDelta> open = new TreeMap<>();

    /** A product of which nothing is known. */
    public ProductRow(String sku) {
        this(new AffinityRow(sku));
    }

    ProductRow(AffinityRow row) {
        this.row = row;
    }

    /** What is known as of the last tick that was folded. */
    public AffinityRow row() {
        return row;
    }

    /** Adds counts of a tick; returns whether they are its first. */
    public boolean add(int tick, RowDelta counts) {
        RowDelta before = open.get(tick);
        open.put(tick, before == null ? counts : before.plus(counts));
        return before == null;
    }

    /** Takes out what was counted of a tick; null: nothing. */
    public @Nullable RowDelta take(int tick) {
        return open.remove(tick);
    }

    Map<Integer, RowDelta> open() {
        return open;
    }
}

package io.ebbline.state;

import io.ebbline.offer.AffinityRow;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.RowDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A product: what follows it and goes with it, what was told of that last, what was counted of it in ticks that are not over, and
 * who has asked for its lists. The keyed state value, unpacked. Mutable, for one thread.
 */
public final class ProductRow {

    /** Nobody asks. */
    public static final long NOBODY_ASKS = Long.MAX_VALUE;

    /** Who asks for the lists, and as of when. */
    public record Ask(String customer, long due) {}

    private final AffinityRow row;
    private final TreeMap<Integer, RowDelta> open = new TreeMap<>();
    private List<Ask> asks = new ArrayList<>(0);
    private long asked = NOBODY_ASKS;
    private @Nullable ListUpdate told;

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

    /** The lists as they were told last; null: never. */
    public @Nullable ListUpdate told() {
        return told;
    }

    /** Takes note of lists that are told. */
    public void told(ListUpdate lists) {
        told = lists;
    }

    /** Has someone wait for the lists. */
    public void ask(Ask ask) {
        asks.add(ask);
        asked = Math.min(asked, ask.due);
    }

    /** As of when the lists are asked for first; {@link #NOBODY_ASKS}. */
    public long asked() {
        return asked;
    }

    /** Takes out those who ask for the lists as of then or before. */
    public List<Ask> takeAsks(long through) {
        List<Ask> due = new ArrayList<>();
        List<Ask> later = new ArrayList<>(0);
        asks.forEach(ask -> (ask.due <= through ? due : later).add(ask));
        asks = later;
        asked = later.stream().mapToLong(Ask::due).min().orElse(NOBODY_ASKS);
        return due;
    }

    List<Ask> asks() {
        return asks;
    }

    Map<Integer, RowDelta> open() {
        return open;
    }
}

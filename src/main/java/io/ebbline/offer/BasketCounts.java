package io.ebbline.offer;

import io.ebbline.event.Hash64;
import io.ebbline.profile.Basket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the orders of one tick say of which products are bought after and beside which, until it is drained. What is
 * drained adds up to the same whatever orders it held. Mutable, for one thread.
 */
public final class BasketCounts {

    /** Pairs beyond which it wants to be drained. It takes some ten megabytes then. */
    private static final int PAIRS = 100_000;

    /** Orders beyond which it wants to be drained, so that no count of a pair overflows. */
    private static final long ORDERS = 1L << 24;

    private static final long LATER = 1L << 32;
    private static final long TOGETHER = 1;

    private static final class Cell {
        private final int number;
        private final String name;
        private final long hash;
        private @Nullable String category;

        /** The category that was named last with it, which may be another; it saves looking that up. */
        private @Nullable Cell named;

        private long chances;
        private long repeats;
        private long first;
        private long orders;
        private long prices;
        private long seenIn;

        Cell(int number, String name) {
            this.number = number;
            this.name = name;
            this.hash = Hash64.of(name);
        }
    }

    /** By name. */
    private static final class Cells {
        private final Numbers numbers = new Numbers();
        private final List<Cell> cells = new ArrayList<>();

        Cell get(String name) {
            int number = numbers.give(name);
            if (number == cells.size()) {
                cells.add(new Cell(number, name));
            }
            return cells.get(number);
        }

        void clear() {
            numbers.clear();
            cells.clear();
        }
    }

    private final Cells items = new Cells();
    private final Cells categories = new Cells();
    private PairTable pairs = new PairTable();
    private PairTable categoryPairs = new PairTable();
    private long baskets;
    private long orders;
    private long repeatOrders;
    private long chances;
    private long repeats;
    private Arrivals arrivals = new Arrivals();
    private Novelty novelty = new Novelty();

    private Cell[] recent = new Cell[0];
    private Cell[] lines = new Cell[0];

    /** Adds an order, or what was added to one. */
    public void add(Basket basket) {
        baskets++;
        int owned = basket.recent().size();
        if (basket.begins()) {
            orders++;
            repeatOrders += owned > 0 ? 1 : 0;
            chances += owned;
        }
        novelty.add(basket.known(), basket.begins() ? 1 : 0, basket.first().size());
        if (basket.after() != null) {
            arrivals.add(basket.before(), basket.after());
        }
        recent = room(recent, owned);
        for (int i = 0; i < owned; i++) {
            Cell cell = items.get(basket.recent().get(i).sku());
            cell.seenIn = baskets;
            cell.chances += basket.begins() ? 1 : 0;
            recent[i] = cell;
        }
        lines = room(lines, basket.first().size() + basket.again().size());
        int bought = 0;
        for (Basket.Item item : basket.first()) {
            Cell cell = bought(item);
            cell.first++;
            lines[bought++] = cell;
            for (int i = 0; i < owned; i++) {
                pairs.add(recent[i].number, cell.number, LATER);
            }
        }
        for (Basket.Item item : basket.again()) {
            Cell cell = bought(item);
            if (cell.seenIn == baskets) {
                cell.repeats++;
                repeats++;
            }
            lines[bought++] = cell;
        }
        addTogether(bought, basket.beside());
        if (owned > 0) {
            addCategories(basket);
        }
    }

    private Cell bought(Basket.Item item) {
        Cell cell = items.get(item.sku());
        cell.orders++;
        cell.prices += item.unitPrice();
        String category = item.category();
        if (category != null && (cell.category == null || category.compareTo(cell.category) < 0)) {
            cell.category = category;
        }
        return cell;
    }

    private void addTogether(int bought, List<Basket.Item> beside) {
        int counted = Math.min(bought, AffinityRules.ORDER_LINES);
        for (int i = 0; i < counted; i++) {
            for (int j = 0; j < i; j++) {
                addBoth(lines[i], lines[j]);
            }
        }
        for (int j = 0; j < Math.min(beside.size(), AffinityRules.ORDER_LINES); j++) {
            Cell cell = items.get(beside.get(j).sku());
            for (int i = 0; i < counted; i++) {
                addBoth(lines[i], cell);
            }
        }
    }

    private void addBoth(Cell one, Cell other) {
        pairs.add(one.number, other.number, TOGETHER);
        pairs.add(other.number, one.number, TOGETHER);
    }

    /** A category counts once an order: what earlier purchases of the order held of it is not new. */
    private void addCategories(Basket basket) {
        for (Basket.Item item : basket.beside()) {
            Cell cell = category(items.get(item.sku()), item);
            if (cell != null) {
                cell.seenIn = baskets;
            }
        }
        int fresh = 0;
        List<Basket.Item> first = basket.first();
        for (int i = 0; i < first.size(); i++) {
            Cell cell = category(lines[i], first.get(i)); // Lines begin with what is bought for the first time.
            if (cell != null && cell.seenIn != baskets) {
                cell.seenIn = baskets;
                cell.first++;
                lines[fresh++] = cell;
            }
        }
        for (int i = 0; i < basket.recent().size(); i++) {
            Cell cell = category(recent[i], basket.recent().get(i));
            if (cell != null && cell.seenIn != -baskets) {
                cell.seenIn = -baskets;
                cell.chances += basket.begins() ? 1 : 0;
                for (int j = 0; j < fresh; j++) {
                    categoryPairs.add(cell.number, lines[j].number, 1);
                }
            }
        }
    }

    /** Whether it should be drained now, because it has grown large. */
    public boolean isFull() {
        return pairs.size() > PAIRS || orders > ORDERS;
    }

    /** Whether nothing was added since it was drained. */
    public boolean isEmpty() {
        return baskets == 0;
    }

    /**
     * Hands out all that was added, and is empty then.
     *
     * @param rows told of the products, in the order of their hashes
     * @param market told once, when anything was added
     */
    public void drain(Consumer<RowDelta> rows, Consumer<MarketDelta> market) {
        if (isEmpty()) {
            return;
        }
        Cell[] sorted = sorted(items);
        drainRows(sorted, rows);
        MarketDelta delta = new MarketDelta();
        delta.orders(orders, repeatOrders);
        delta.chances(chances, repeats);
        delta.arrivals().merge(arrivals);
        delta.novelty().merge(novelty);
        for (Cell cell : sorted) {
            if (cell.orders > 0) {
                delta.item(cell.name, cell.category, cell.first, cell.orders, cell.prices);
            }
        }
        for (Cell cell : categories.cells) {
            delta.categories().add(cell.name, cell.chances, cell.first);
        }
        categoryPairs.forEach((key, count) -> delta.categories()
                .addPair(
                        categories.cells.get(PairTable.from(key)).name,
                        categories.cells.get(PairTable.to(key)).name,
                        count));
        clear();
        market.accept(delta);
    }

    private void drainRows(Cell[] sorted, Consumer<RowDelta> rows) {
        int[] rank = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            rank[sorted[i].number] = i;
        }
        Ways ways = ways(rank);
        int next = 0;
        for (int i = 0; i < sorted.length; i++) {
            int start = next;
            int others = 0;
            for (int before = -1; next < ways.from.length && ways.from[next] == i; next++) {
                others += ways.to[next] == before ? 0 : 1;
                before = ways.to[next];
            }
            Cell cell = sorted[i];
            if (next > start || cell.chances > 0 || cell.orders > 0) {
                String[] to = new String[others];
                long[] hashes = new long[others];
                long[] later = new long[others];
                long[] earlier = new long[others];
                long[] together = new long[others];
                int k = -1;
                int before = -1;
                for (int at = start; at < next; at++) {
                    Cell other = sorted[ways.to[at]];
                    k += ways.to[at] == before ? 0 : 1;
                    before = ways.to[at];
                    to[k] = other.name;
                    hashes[k] = other.hash;
                    earlier[k] += ways.back[at];
                    later[k] += ways.packed[at] >>> 32;
                    together[k] += ways.packed[at] & 0xffff_ffffL;
                }
                rows.accept(new RowDelta(
                        cell.name,
                        cell.chances,
                        cell.first,
                        cell.repeats,
                        cell.orders,
                        to,
                        hashes,
                        later,
                        earlier,
                        together));
            }
        }
    }

    /**
     * Pairs by the ranks of their products: each as it was counted, and the other way round.
     *
     * @param packed what was counted of the pair
     * @param back what was counted later of the pair the other way round
     */
    private record Ways(int[] from, int[] to, long[] packed, int[] back) {

        Ways(int size) {
            this(new int[size], new int[size], new long[size], new int[size]);
        }

        /** Those in the order of some ranks, of equal ranks in the order in which they are: counted out, for ranks are few. */
        Ways sortedBy(int[] ranks, int products) {
            int[] next = new int[products + 1];
            for (int rank : ranks) {
                next[rank + 1]++;
            }
            for (int rank = 0; rank < products; rank++) {
                next[rank + 1] += next[rank];
            }
            Ways sorted = new Ways(ranks.length);
            for (int k = 0; k < ranks.length; k++) {
                int at = next[ranks[k]]++;
                sorted.from[at] = from[k];
                sorted.to[at] = to[k];
                sorted.packed[at] = packed[k];
                sorted.back[at] = back[k];
            }
            return sorted;
        }
    }

    /** All pairs both ways, in the order of their products' ranks. */
    private Ways ways(int[] rank) {
        Ways ways = new Ways(2 * pairs.size());
        int[] next = {0};
        pairs.forEach((key, packed) -> {
            int from = rank[PairTable.from(key)];
            int to = rank[PairTable.to(key)];
            int at = next[0];
            ways.from[at] = from;
            ways.to[at] = to;
            ways.packed[at] = packed;
            ways.from[at + 1] = to;
            ways.to[at + 1] = from;
            ways.back[at + 1] = (int) (packed >>> 32);
            next[0] += 2;
        });
        Ways byTo = ways.sortedBy(ways.to, rank.length);
        return byTo.sortedBy(byTo.from, rank.length);
    }

    private void clear() {
        items.clear();
        categories.clear();
        pairs = new PairTable();
        categoryPairs = new PairTable();
        baskets = 0;
        orders = 0;
        repeatOrders = 0;
        chances = 0;
        repeats = 0;
        arrivals = new Arrivals();
        novelty = new Novelty();
    }

    private @Nullable Cell category(Cell of, Basket.Item item) {
        String name = item.category();
        if (name == null) {
            return null;
        }
        Cell cell = of.named;
        if (cell == null || !cell.name.equals(name)) {
            cell = categories.get(name);
            of.named = cell;
        }
        return cell;
    }

    private static Cell[] sorted(Cells cells) {
        Cell[] sorted = cells.cells.toArray(new Cell[0]);
        Arrays.sort(sorted, (a, b) -> RowDelta.compare(a.hash, a.name, b.hash, b.name));
        return sorted;
    }

    private static Cell[] room(Cell[] held, int size) {
        return held.length >= size ? held : new Cell[Math.max(size, 2 * held.length)];
    }
}

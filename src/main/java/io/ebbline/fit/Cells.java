package io.ebbline.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * What a likelihood is summed over: equal customers once, in the order of their numbers, so that a sum has the same bits
 * whatever order the customers come in.
 */
final class Cells {

    /** So many different customers are searched as they are; of more, some stand for others. */
    static final int FINE = 40_000;

    /** Enough to choose between models, which differ by more. */
    static final int FAIR = 10_000;

    /** Enough to find the way. */
    static final int ROUGH = 1_000;

    private static final double FIRST_WIDTH = 1 / 256.0;

    private static final Comparator<Cell> ORDER = Comparator.comparingLong(Cell::count)
            .thenComparingDouble(Cell::first)
            .thenComparingDouble(Cell::second);

    /** {@code weight} customers with this count and these two numbers, 0 or more. */
    record Cell(long count, double first, double second, double weight) {}

    private record Key(long count, long first, long second) {}

    private final List<Cell> cells;

    private Cells(List<Cell> sorted) {
        this.cells = sorted;
    }

    /** The cells of single customers. */
    static Cells of(List<Cell> single) {
        List<Cell> distinct = new ArrayList<>();
        Cell last = null;
        for (Cell cell : single.stream().sorted(ORDER).toList()) {
            if (last != null && ORDER.compare(last, cell) == 0) {
                last = new Cell(last.count(), last.first(), last.second(), last.weight() + cell.weight());
                distinct.set(distinct.size() - 1, last);
            } else {
                last = cell;
                distinct.add(cell);
            }
        }
        return new Cells(distinct);
    }

    /**
     * These, or fewer that stand for them. Customers of one count whose numbers are the same but for a share, doubled until at
     * most {@code limit} are left, are stood for by one of them, drawn by their weight: right on average, where the mean of them
     * would lean to one side.
     */
    Cells atMost(int limit) {
        double unit = sum(cell -> cell.first() + cell.second()) / weight() / 16;
        List<Cell> fewer = cells;
        for (double width = FIRST_WIDTH; fewer.size() > limit && width < 1; width *= 2) {
            fewer = drawn(fewer, unit, width);
        }
        return new Cells(fewer);
    }

    int size() {
        return cells.size();
    }

    /** How many customers these are. */
    double weight() {
        return sum(cell -> 1);
    }

    double sum(ToDoubleFunction<Cell> of) {
        return sum(count -> 0, of);
    }

    /** The sum over all customers of a part that depends on the count alone, and of the rest. */
    double sum(LongToDoubleFunction ofCount, ToDoubleFunction<Cell> of) {
        double sum = 0;
        double counted = 0;
        long count = -1;
        for (Cell cell : cells) {
            if (cell.count() != count) {
                count = cell.count();
                counted = ofCount.applyAsDouble(count);
            }
            sum += cell.weight() * (counted + of.applyAsDouble(cell));
        }
        return sum;
    }

    private static List<Cell> drawn(List<Cell> cells, double unit, double width) {
        Map<Key, Cell> drawn = new LinkedHashMap<>();
        long draw = 0;
        for (Cell cell : cells) {
            Key key = new Key(cell.count(), step(cell.first(), unit, width), step(cell.second(), unit, width));
            double chance = chance(draw++);
            drawn.merge(key, cell, (one, other) -> {
                double weight = one.weight() + other.weight();
                Cell kept = chance * weight < other.weight() ? other : one;
                return new Cell(kept.count(), kept.first(), kept.second(), weight);
            });
        }
        return List.copyOf(drawn.values());
    }

    private static long step(double value, double unit, double width) {
        return (long) (StrictMath.log1p(value / unit) / width);
    }

    /** 0 to below 1, without a pattern, the same for the same draw: the finalizer of MurmurHash3. */
    private static double chance(long draw) {
        long h = (draw + 1) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return ((h ^ (h >>> 33)) >>> 11) * 0x1p-53;
    }
}

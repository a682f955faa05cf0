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
    record Cell(long count, double first, double second, double weight) {

        private Cell and(Cell other) {
            double sum = weight + other.weight;
            double share = other.weight / sum;
            return new Cell(
                    count, first + share * (other.first - first), second + share * (other.second - second), sum);
        }
    }

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
                last = last.and(cell);
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
     * most {@code limit} are left, become one at their mean: what is smooth errs by the square of that share. On 200,000
     * simulated customers in 19,000 cells the MBG/NBD's parameters were off by .05 %.
     */
    Cells atMost(int limit) {
        Cell mean = new Cell(0, sum(Cell::first) / weight(), sum(Cell::second) / weight(), 1);
        List<Cell> fewer = cells;
        for (double width = FIRST_WIDTH; fewer.size() > limit && width < 1; width *= 2) {
            fewer = merged(fewer, mean, width);
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

    private static List<Cell> merged(List<Cell> cells, Cell mean, double width) {
        Map<Key, Cell> merged = new LinkedHashMap<>();
        for (Cell cell : cells) {
            Key key = new Key(
                    cell.count(), step(cell.first(), mean.first(), width), step(cell.second(), mean.second(), width));
            merged.merge(key, cell, Cell::and);
        }
        return List.copyOf(merged.values());
    }

    private static long step(double value, double mean, double width) {
        return value == 0 ? 0 : (long) (StrictMath.log1p(8 * value / mean) / width);
    }
}

package io.ebbline.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a likelihood is summed over: equal customers once, in the order of their numbers, so that a sum has the same bits
 * whatever order the customers come in.
 *
 * <p>Too many different ones are merged with their neighbours: those of the same count whose two numbers are the same but for a
 * share, which doubles until few enough are left. A merged cell stands at the mean of its customers, so a smooth likelihood errs
 * by the square of that share alone.
 */
final class Cells {

    /** With so many an optimum takes seconds, and is exact for most shops of some ten thousand customers. */
    static final int FINE = 20_000;

    /** Enough to find the way. */
    static final int COARSE = 1_000;

    private static final double FIRST_WIDTH = 1 / 256.0;

    private static final Comparator<Cell> ORDER = Comparator.comparingLong(Cell::count)
            .thenComparingDouble(Cell::first)
            .thenComparingDouble(Cell::second);

    /** {@code weight} customers with this count and, on average, these two numbers, 0 or more. */
    record Cell(long count, double first, double second, double weight) {}

    private record Key(long count, long first, long second) {}

    private final List<Cell> cells;
    private final double weight;

    private Cells(List<Cell> cells) {
        this.cells = cells;
        this.weight = cells.stream().mapToDouble(Cell::weight).sum();
    }

    static Cells of(List<Cell> single) {
        return new Cells(merged(
                single.stream().sorted(ORDER).toList(),
                cell -> new Key(
                        cell.count(),
                        Double.doubleToLongBits(cell.first() + 0.0),
                        Double.doubleToLongBits(cell.second() + 0.0))));
    }

    /** These, or at most {@code limit} that stand for them, if there are that few different counts. */
    Cells atMost(int limit) {
        List<Cell> fewer = cells;
        double unit = mean(cell -> cell.first() + cell.second()) / 16;
        for (double width = FIRST_WIDTH; fewer.size() > limit && width < 1; width *= 2) {
            double share = width;
            fewer = merged(
                    cells,
                    cell -> new Key(cell.count(), step(cell.first(), unit, share), step(cell.second(), unit, share)));
        }
        return fewer == cells ? this : new Cells(fewer);
    }

    int size() {
        return cells.size();
    }

    double weight() {
        return weight;
    }

    double sum(ToDoubleFunction<Cell> of) {
        double sum = 0;
        for (Cell cell : cells) {
            sum += cell.weight() * of.applyAsDouble(cell);
        }
        return sum;
    }

    double mean(ToDoubleFunction<Cell> of) {
        return sum(of) / weight;
    }

    private static long step(double value, double unit, double share) {
        return (long) StrictMath.floor(StrictMath.log1p(value / unit) / share);
    }

    private static List<Cell> merged(List<Cell> cells, java.util.function.Function<Cell, Key> by) {
        Map<Key, double[]> sums = new LinkedHashMap<>();
        for (Cell cell : cells) {
            double[] sum = sums.computeIfAbsent(by.apply(cell), key -> new double[3]);
            sum[0] += cell.weight() * cell.first();
            sum[1] += cell.weight() * cell.second();
            sum[2] += cell.weight();
        }
        List<Cell> merged = new ArrayList<>(sums.size());
        sums.forEach((key, sum) -> merged.add(new Cell(key.count(), sum[0] / sum[2], sum[1] / sum[2], sum[2])));
        return List.copyOf(merged);
    }
}

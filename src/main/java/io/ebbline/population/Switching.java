package io.ebbline.population;

import io.ebbline.model.LifetimeValue;
import io.ebbline.model.SpendShare;
import io.ebbline.model.SwitchingMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The purchase switching matrix (购买转移矩阵) of a shop's categories as of the end of a tick, and the value of its average
 * customer by category (spend share, 支出分配).
 *
 * <p>The shares of now are those of the customers' latest orders. F and R are the orders of the last {@value #YEAR_DAYS} days per
 * customer and what such an order came to, both held for the horizon; a step of the matrix is a year, as in the text.
 */
final class Switching {

    /** Categories that have a row of their own at most; the rest are one row. */
    static final int ROWS = 24;

    /** Years that the value looks ahead, beside the present one. */
    static final int HORIZON_YEARS = 2;

    /** Discount rate of a year. */
    static final double RATE = 0.1;

    /** Purchases that the prior of a row of the matrix is worth. */
    static final double SMOOTHING = 1;

    static final int YEAR_DAYS = 365;

    private record Total(String name, long orders) {}

    private final List<String> names;
    private final long[][] counts;
    private final long[] orders;
    private final long[] minor;
    private final long[] customers;

    private Switching(Switches switches) {
        names = names(switches);
        Map<String, Integer> rows = new HashMap<>();
        names.forEach(name -> rows.put(name, rows.size()));
        int n = names.size();
        counts = new long[n][n];
        orders = new long[n];
        minor = new long[n];
        customers = new long[n];
        switches.forEach((from, to, count, sum) -> {
            int out = from.equals(Switches.NONE) ? -1 : rows.getOrDefault(from, n - 1);
            int in = to.equals(Switches.NONE) ? -1 : rows.getOrDefault(to, n - 1);
            if (in >= 0) {
                orders[in] += count;
                minor[in] += sum;
                customers[in] += count;
            }
            if (out >= 0) {
                customers[out] -= count;
            }
            if (in >= 0 && out >= 0) {
                counts[out][in] += count;
            }
        });
    }

    /** Rows by the number of orders, ties by name; what has no row of its own comes last. Empty when no order named a category. */
    static List<SwitchingRow> rows(Switches switches, int tick) {
        return switches.isEmpty() ? List.of() : new Switching(switches).rows(year(switches.days(), tick));
    }

    /** Orders of the year that a tick ends, and what they came to. */
    private static long[] year(Cells days, int tick) {
        long[] year = new long[2];
        for (int day = tick - YEAR_DAYS + 1; day <= tick; day++) {
            year[0] += days.count(day);
            year[1] += days.sum(day);
        }
        return year;
    }

    private static List<String> names(Switches switches) {
        Map<String, Long> totals = new HashMap<>();
        switches.forEach((from, to, count, sum) -> totals.merge(to, count, Long::sum));
        boolean others = totals.remove(Switches.OTHER) != null;
        totals.remove(Switches.NONE);
        List<String> names = new ArrayList<>(totals.entrySet().stream()
                .map(total -> new Total(total.getKey(), total.getValue()))
                .sorted(Comparator.comparingLong(Total::orders).reversed().thenComparing(Total::name))
                .map(Total::name)
                .toList());
        if (others || names.size() > ROWS) {
            names.subList(Math.min(ROWS, names.size()), names.size()).clear();
            names.add(Switches.OTHER);
        }
        return names;
    }

    private List<SwitchingRow> rows(long[] year) {
        long all = Arrays.stream(customers).sum();
        double[] shares = Arrays.stream(customers)
                .mapToDouble(count -> all == 0 ? 0 : (double) count / all)
                .toArray();
        SwitchingMatrix matrix = matrix();
        List<LifetimeValue> values = matrix == null || all == 0 ? List.of() : values(matrix, shares, year, all);
        List<SwitchingRow> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(new SwitchingRow(
                    names.get(i).equals(Switches.OTHER) ? null : names.get(i),
                    customers[i],
                    shares[i],
                    orders[i],
                    minor[i],
                    matrix == null ? List.of() : chances(matrix, i),
                    values.isEmpty() ? null : Math.round(values.get(i).minor())));
        }
        return List.copyOf(rows);
    }

    private @Nullable SwitchingMatrix matrix() {
        if (Arrays.stream(counts).flatMapToLong(Arrays::stream).allMatch(count -> count == 0)) {
            return null;
        }
        double[][] known = Arrays.stream(counts)
                .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                .toArray(double[][]::new);
        return SwitchingMatrix.estimate(known, SMOOTHING);
    }

    private static List<Double> chances(SwitchingMatrix matrix, int from) {
        List<Double> chances = new ArrayList<>();
        for (int to = 0; to < matrix.size(); to++) {
            chances.add(matrix.chance(from, to));
        }
        return List.copyOf(chances);
    }

    private static List<LifetimeValue> values(SwitchingMatrix matrix, double[] shares, long[] year, long customers) {
        double[] purchases = new double[HORIZON_YEARS + 1];
        double[] spend = new double[HORIZON_YEARS + 1];
        Arrays.fill(purchases, (double) year[0] / customers);
        // A year in which more was credited than sold is worth nothing, not less.
        Arrays.fill(spend, year[0] == 0 ? 0 : Math.max(0, (double) year[1] / year[0]));
        return new SpendShare(matrix, RATE).values(shares, purchases, spend);
    }
}

package io.ebbline.population;

/** How values are spread, by {@link LogLinear} buckets: exact deletion, merging by addition, exact sums. */
public final class Histogram {

    private final Cells cells;

    /** Of nothing. */
    public Histogram() {
        this(new Cells());
    }

    /** Of buckets with their counts and sums, which it goes on to change. */
    public Histogram(Cells cells) {
        this.cells = cells;
    }

    /** Adds a value. */
    public void add(long value) {
        cells.add(LogLinear.bucket(value), 1, value);
    }

    /** Takes out a value that was added. */
    public void remove(long value) {
        cells.add(LogLinear.bucket(value), -1, -value);
    }

    /** Adds another's values. */
    public void merge(Histogram other) {
        cells.merge(other.cells);
    }

    /** Whether nothing is left of what was added. */
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** How many values. */
    public long count() {
        return cells.count();
    }

    /** Their exact sum. */
    public long sum() {
        return cells.sum();
    }

    /** The buckets with their counts and sums. */
    public Cells cells() {
        return cells;
    }

    /**
     * The smallest value whose cumulative count is at least ceil(j N / n), as the greatest value of its bucket: whoever shares
     * the bucket is not above it.
     *
     * @throws IllegalStateException when there are no values
     */
    public long quantile(int j, int n) {
        return LogLinear.upper(cells.quantile(j, n));
    }

    /**
     * The lower median, as the middle of its bucket: off by a 128th at most.
     *
     * @throws IllegalStateException when there are no values
     */
    public long median() {
        return LogLinear.middle(cells.quantile(1, 2));
    }

    /**
     * The mean, rounded down.
     *
     * @throws IllegalStateException when there are no values
     */
    public long mean() {
        long count = count();
        if (count == 0) {
            throw new IllegalStateException("The mean of nothing is not defined.");
        }
        return Math.floorDiv(sum(), count);
    }
}

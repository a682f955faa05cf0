package io.ebbline.population;

import io.ebbline.model.MigrationModel;
import io.ebbline.profile.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How predictions of an order came true: by the chance that was given, and by how long the customer had been silent. Sums are
 * whole numbers, so they merge by addition, in any order.
 */
public final class Outcomes {

    /** Tenths of a chance. */
    public static final int BINS = 10;

    /** Quarters of a year since the latest occasion: 0 to 7, and 8 and more. */
    public static final int QUARTERS = 9;

    /** A quarter of a year: 13 weeks, milliseconds. */
    public static final long QUARTER_MILLIS = Duration.ofDays(91).toMillis();

    private static final double MICROS = 1_000_000;

    // Where the numbers of each kind begin: one for each bin, then one for each quarter.
    private static final int PREDICTED = 0;
    private static final int BOUGHT = PREDICTED + BINS;
    private static final int EXPECTED = BOUGHT + BINS;
    private static final int ERROR = EXPECTED + BINS;
    private static final int SILENT = ERROR + BINS;
    private static final int RETURNED = SILENT + QUARTERS;

    /** How many {@link #numbers} there are. */
    public static final int SIZE = RETURNED + QUARTERS;

    private final long[] numbers;

    /** Of nothing. */
    public Outcomes() {
        this(new long[SIZE]);
    }

    /** Of the {@link #numbers} of another. */
    public Outcomes(long[] numbers) {
        if (numbers.length != SIZE) {
            throw new IllegalArgumentException("Outcomes are " + SIZE + " numbers, not " + numbers.length + ".");
        }
        this.numbers = numbers.clone();
    }

    /** Counts a prediction whose outcome is known. One that looked less than a quarter ahead tells nothing of a quarter. */
    public void add(Prediction checked) {
        int bin = Math.min(BINS - 1, (int) (checked.chance() * BINS));
        double error = (checked.bought() ? 1 : 0) - checked.chance();
        numbers[PREDICTED + bin]++;
        numbers[BOUGHT + bin] += checked.bought() ? 1 : 0;
        numbers[EXPECTED + bin] += Math.round(checked.chance() * MICROS);
        numbers[ERROR + bin] += Math.round(error * error * MICROS);
        if (checked.end() - checked.made() >= QUARTER_MILLIS) {
            int quarter = (int) Math.min(QUARTERS - 1, checked.silence() / QUARTER_MILLIS);
            numbers[SILENT + quarter]++;
            numbers[RETURNED + quarter] += checked.boughtWithin(QUARTER_MILLIS) ? 1 : 0;
        }
    }

    /** Adds another's predictions. */
    public void merge(Outcomes other) {
        Arrays.setAll(numbers, i -> numbers[i] + other.numbers[i]);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return predictions() == 0;
    }

    /** A copy of all that is counted. The order is part of the stored form. */
    public long[] numbers() {
        return numbers.clone();
    }

    // ---- by chance

    /** Predictions of a chance of at least {@code bin} tenths and less than a tenth more; of the last, 1 too. */
    public long predictions(int bin) {
        return numbers[PREDICTED + bin];
    }

    /** How many of them came to an order. */
    public long bought(int bin) {
        return numbers[BOUGHT + bin];
    }

    /** How many should have: the sum of their chances, each to the nearest millionth. */
    public double expected(int bin) {
        return numbers[EXPECTED + bin] / MICROS;
    }

    /** All predictions. */
    public long predictions() {
        return sum(PREDICTED, BINS);
    }

    /** How many came to an order. */
    public long bought() {
        return sum(BOUGHT, BINS);
    }

    /** Orders that came per order that was expected; NaN when none was. */
    public double ratio() {
        long expected = sum(EXPECTED, BINS);
        return expected == 0 ? Double.NaN : bought() * MICROS / expected;
    }

    /** The mean squared difference of chance and outcome (Brier 1950), 0 to 1, less is better; NaN without predictions. */
    public double brier() {
        return isEmpty() ? Double.NaN : sum(ERROR, BINS) / MICROS / predictions();
    }

    // ---- by silence

    /** Predictions of customers whose latest occasion was so many quarters ago. */
    public long silent(int quarter) {
        return numbers[SILENT + quarter];
    }

    /** How many of them ordered within the next quarter. */
    public long returned(int quarter) {
        return numbers[RETURNED + quarter];
    }

    /**
     * The migration model (Dwyer 1989) of these customers, a period being a quarter: who ordered in the quarter that ends now is
     * in its first state. Nothing is predicted of who has departed, so they count as lapsed: the states end with eight quarters,
     * or where fewer than half of those are seen whom the quarter before left silent. What is left there says nothing of the rest.
     *
     * @param margin minor units per quarter with an order, before the cost of contacts
     * @param contactCost minor units per quarter spent on a customer who has not lapsed, 0 or more
     * @param rate discount rate of a quarter, 0 or more
     * @throws IllegalStateException when no prediction says anything of a quarter
     * @throws IllegalArgumentException as {@link MigrationModel}
     */
    public MigrationModel migration(double margin, double contactCost, double rate) {
        List<Double> chances = new ArrayList<>();
        for (int quarter = 0; quarter < QUARTERS - 1 && mostAreSeen(quarter); quarter++) {
            chances.add((double) returned(quarter) / silent(quarter));
        }
        if (chances.isEmpty()) {
            throw new IllegalStateException(
                    "No prediction of customers who ordered within a quarter has been checked yet:"
                            + " wait until a horizon is over.");
        }
        return new MigrationModel(chances, margin, contactCost, rate);
    }

    private boolean mostAreSeen(int quarter) {
        long left = quarter == 0 ? 0 : silent(quarter - 1) - returned(quarter - 1);
        return silent(quarter) > 0 && 2 * silent(quarter) >= left;
    }

    private long sum(int from, int count) {
        return Arrays.stream(numbers, from, from + count).sum();
    }
}

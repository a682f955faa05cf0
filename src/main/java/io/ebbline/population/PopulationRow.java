package io.ebbline.population;

import java.util.List;

/**
 * How the customers who have a kept order (in the look-back window) are spread along one dimension at the end of a tick; or how predictions of an order
 * have come true up to then.
 *
 * @param customers how many have a kept order; or how many predictions have been checked
 * @param total sum over them, in the dimension's unit; or how many came to an order
 * @param deciles nine values, ascending, each the smallest that at least a tenth more of them do not exceed; the second, fourth,
 *     sixth and eighth are the quintile cuts; none when there is nobody
 * @param classes the 80-20 classes by net spend, A to D; none for the other dimensions
 * @param outcomes how predictions came true, by class; none for the other dimensions
 * @param switching the categories; none for the other dimensions
 */
public record PopulationRow(
        Dimension dimension,
        long customers,
        long total,
        List<Long> deciles,
        List<RevenueClass> classes,
        List<OutcomeClass> outcomes,
        List<SwitchingRow> switching) {

    /** A dimension that has no classes. */
    public PopulationRow(Dimension dimension, long customers, long total, List<Long> deciles) {
        this(dimension, customers, total, deciles, List.of(), List.of(), List.of());
    }

    /** How predictions came true. */
    static PopulationRow of(Dimension dimension, List<OutcomeClass> outcomes) {
        return new PopulationRow(
                dimension,
                outcomes.stream().mapToLong(OutcomeClass::predictions).sum(),
                outcomes.stream().mapToLong(OutcomeClass::bought).sum(),
                List.of(),
                List.of(),
                outcomes,
                List.of());
    }

    /** The row of the switching matrix. */
    static PopulationRow of(List<SwitchingRow> switching) {
        return new PopulationRow(
                Dimension.SWITCHING,
                switching.stream().mapToLong(SwitchingRow::customers).sum(),
                switching.stream().mapToLong(SwitchingRow::orders).sum(),
                List.of(),
                List.of(),
                List.of(),
                switching);
    }

    /** What is measured. The order of the constants is part of the wire format: add at the end. */
    public enum Dimension {
        /** Days since the latest kept order, a day begun counting in full. */
        RECENCY,
        /** Kept orders. */
        FREQUENCY,
        /** Net spend in minor units. */
        MONETARY,
        /** Predictions of an order within the model's horizon, by the chance that was given. */
        CALIBRATION,
        /** The same predictions, by the time since the latest occasion; held against the quarter that follows. */
        REPURCHASE,
        /** Orders that name a category, and how customers switch between categories. */
        SWITCHING
    }

    /**
     * Predictions of one class.
     *
     * @param index CALIBRATION: tenths of the chance, rounded down, 0 to 9; REPURCHASE: whole quarters of 13 weeks, 0 to 7, 8:
     *     eight or more
     * @param predictions how many were checked
     * @param bought how many of them came to an order, for REPURCHASE within a quarter
     * @param expected the sum of their chances; NaN for REPURCHASE, for they look further ahead
     */
    public record OutcomeClass(int index, long predictions, long bought, double expected) {}

    /**
     * Customers by what they bring, the most valuable first.
     *
     * @param name A: the first 80 % of revenue; B: the next 15 %; C: the last 5 %; D: no net revenue
     * @param fromMinor the least net spend of the class, to the bucket of {@link LogLinear}; 0 when there is nobody in it
     * @param revenueMinor what they bring together
     */
    public record RevenueClass(String name, long customers, long fromMinor, long revenueMinor) {}
}

package io.ebbline.population;

import java.util.List;

/**
 * How the customers who have a kept order (in the look-back window) are spread along one dimension, at the end of a tick.
 *
 * @param customers how many have a kept order; SWITCHING: an order that names a category
 * @param total sum over them, in the dimension's unit
 * @param deciles nine values, ascending, each the smallest that at least a tenth more of them do not exceed; the second, fourth,
 *     sixth and eighth are the quintile cuts; none when there is nobody
 * @param classes the 80-20 classes by net spend, A to D; none for the other dimensions
 * @param switching the categories; none for the other dimensions
 */
public record PopulationRow(
        Dimension dimension,
        long customers,
        long total,
        List<Long> deciles,
        List<RevenueClass> classes,
        List<SwitchingRow> switching) {

    /** A row of a dimension that is a number. */
    public PopulationRow(
            Dimension dimension, long customers, long total, List<Long> deciles, List<RevenueClass> classes) {
        this(dimension, customers, total, deciles, classes, List.of());
    }

    /** The row of the switching matrix. */
    static PopulationRow of(List<SwitchingRow> switching) {
        return new PopulationRow(
                Dimension.SWITCHING,
                switching.stream().mapToLong(SwitchingRow::customers).sum(),
                switching.stream().mapToLong(SwitchingRow::orders).sum(),
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
        /** Orders that name a category, and how customers switch between categories. */
        SWITCHING
    }

    /**
     * Customers by what they bring, the most valuable first.
     *
     * @param name A: the first 80 % of revenue; B: the next 15 %; C: the last 5 %; D: no net revenue
     * @param fromMinor the least net spend of the class, to the bucket of {@link LogLinear}; 0 when there is nobody in it
     * @param revenueMinor what they bring together
     */
    public record RevenueClass(String name, long customers, long fromMinor, long revenueMinor) {}
}

package io.ebbline.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A tenth of the customers by predicted spend.
 *
 * @param number 1 for the tenth of whom most was predicted, to 10
 * @param predictedMinor mean, minor units
 * @param actualMinor mean, minor units
 */
public record SpendDecile(int number, int customers, double predictedMinor, double actualMinor) {

    private static final int TENTHS = 10;

    /** The tenths, as equal in size as can be; none when no spend was predicted. Equal predictions keep the history's order. */
    public static List<SpendDecile> of(HoldOut test) {
        List<Prediction> sorted = test.predictions().stream()
                .filter(one -> !Double.isNaN(one.spendMinor()))
                .sorted(Comparator.comparingDouble(Prediction::spendMinor).reversed())
                .toList();
        List<SpendDecile> deciles = new ArrayList<>();
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            List<Prediction> own = sorted.subList(
                    (int) ((long) sorted.size() * tenth / TENTHS), (int) ((long) sorted.size() * (tenth + 1) / TENTHS));
            if (!own.isEmpty()) {
                deciles.add(new SpendDecile(
                        tenth + 1,
                        own.size(),
                        own.stream()
                                .mapToDouble(Prediction::spendMinor)
                                .average()
                                .orElseThrow(),
                        own.stream().mapToLong(Prediction::netMinor).average().orElseThrow()));
            }
        }
        return deciles;
    }
}

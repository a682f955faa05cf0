package io.ebbline.backtest;

import io.ebbline.model.ExpectedPurchases;
import java.util.ArrayList;
import java.util.List;

/**
 * Customers of one frequency at the cut, and what followed on average: the test of conditional expectations.
 *
 * @param repeats days with an order after the first; {@link #MOST} stands for that many or more
 * @param orders days with an order within the horizon, mean
 * @param expected the mean that the model expects
 * @param bought the share who ordered
 * @param pBuy mean chance of it; of those who were given one
 */
public record FrequencyBin(int repeats, int customers, double orders, double expected, double bought, double pBuy) {

    /** The last bin. */
    public static final int MOST = 7;

    /** The bins that hold anybody. */
    public static List<FrequencyBin> of(HoldOut test) {
        ExpectedPurchases expectation = test.model().value().purchases();
        double horizonDays = (double) test.cutoff().horizonMillis() / Cutoff.DAY_MILLIS;
        List<FrequencyBin> bins = new ArrayList<>();
        for (int repeats = 0; repeats <= MOST; repeats++) {
            int bin = repeats;
            List<Prediction> own = test.predictions().stream()
                    .filter(one -> Math.min(one.known().repeats(), MOST) == bin)
                    .toList();
            if (!own.isEmpty()) {
                double expected = own.stream()
                        .mapToDouble(one -> expectation.purchases(
                                one.known().repeats(),
                                one.known().spanDays(),
                                one.known().silenceDays(),
                                horizonDays))
                        .average()
                        .orElseThrow();
                bins.add(new FrequencyBin(
                        bin,
                        own.size(),
                        own.stream().mapToInt(Prediction::occasions).average().orElseThrow(),
                        expected,
                        own.stream()
                                .mapToInt(one -> one.bought() ? 1 : 0)
                                .average()
                                .orElseThrow(),
                        own.stream()
                                .mapToDouble(Prediction::pBuy)
                                .filter(chance -> !Double.isNaN(chance))
                                .average()
                                .orElse(Double.NaN)));
            }
        }
        return bins;
    }
}

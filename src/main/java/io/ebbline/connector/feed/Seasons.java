package io.ebbline.connector.feed;

import java.time.Duration;

/** How much is bought in each month: years of 365.25 days in twelve equal months. Every year's weights have the mean 1. */
final class Seasons {

    private static final long YEAR = Duration.ofHours(8_766).toMillis();
    private static final long MONTH = YEAR / 12;

    /** People on holiday buy less, and people who give presents more. */
    private static final double[] GENERAL = normal(0.9, 0.9, 0.95, 1, 1, 0.95, 0.85, 0.85, 1, 1.05, 1.25, 1.3);

    /** The sales of January, April, July and November. */
    private static final double[] SALES = normal(3, 0.4, 0.4, 2.5, 0.4, 0.4, 3, 0.4, 0.4, 0.4, 3, 0.6);

    private Seasons() {}

    static double[] of(ShopSegment segment, int month) {
        return switch (segment) {
            case SEASONAL -> twice(month);
            case BARGAIN -> SALES;
            default -> GENERAL;
        };
    }

    private static double[] twice(int month) {
        double[] weights = new double[12];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i - month) % 6 == 0 ? 5.4 : 0.12;
        }
        return normal(weights);
    }

    private static double[] normal(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weights.length / sum;
        }
        return weights;
    }

    /** The month of an instant, from 0. */
    static int month(long time) {
        return (int) (Math.floorMod(time, YEAR) / MONTH);
    }

    /** The first instant of the next month. */
    static long monthEnd(long time) {
        return (Math.floorDiv(time, MONTH) + 1) * MONTH;
    }
}

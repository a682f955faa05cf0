package io.ebbline.backtest.measure;

import java.util.function.IntToDoubleFunction;

/**
 * How true chances are, and not their order alone.
 *
 * @param chances one for each customer, 0 to 1
 * @param outcomes whether it happened
 */
public record Chances(double[] chances, boolean[] outcomes) {

    /** What a chance of 0 or 1 is taken for, so that one that proves wrong costs much and not everything. */
    private static final double LEAST = 1e-15;

    public Chances {
        if (chances.length != outcomes.length) {
            throw new IllegalArgumentException(
                    chances.length + " chances but " + outcomes.length + " outcomes: give one of each for a customer.");
        }
    }

    /** Mean squared difference of chance and outcome (Brier 1950), 0 to 1; the less, the better. */
    public double brier(int[] times) {
        return mean(times, i -> square(chances[i] - (outcomes[i] ? 1 : 0)));
    }

    /** Mean negative natural logarithm of the chance given to what happened; the less, the better. */
    public double logLoss(int[] times) {
        return mean(times, i -> {
            double chance = Math.min(Math.max(chances[i], LEAST), 1 - LEAST);
            return -(outcomes[i] ? StrictMath.log(chance) : StrictMath.log1p(-chance));
        });
    }

    /** The mean chance. */
    public double predicted(int[] times) {
        return mean(times, i -> chances[i]);
    }

    /** The share to whom it happened. */
    public double happened(int[] times) {
        return mean(times, i -> outcomes[i] ? 1 : 0);
    }

    private double mean(int[] times, IntToDoubleFunction term) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < chances.length; i++) {
            if (times[i] > 0) {
                sum += times[i] * term.applyAsDouble(i);
                count += times[i];
            }
        }
        return sum / count;
    }

    private static double square(double x) {
        return x * x;
    }
}

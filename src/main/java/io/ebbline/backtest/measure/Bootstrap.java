package io.ebbline.backtest.measure;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * The bootstrap over customers (Efron 1979): how a figure varies when as many customers are drawn from them with replacement.
 * The same seed draws the same customers, on every machine.
 *
 * @param customers how many there are to draw from
 * @param resamples how many times they are drawn
 */
public record Bootstrap(int customers, int resamples, long seed) {

    /**
     * The figures of every resample.
     *
     * @param figures each a function of how often each customer was drawn
     * @return by figure, then by resample
     */
    public double[][] of(List<ToDoubleFunction<int[]>> figures) {
        double[][] values = new double[figures.size()][resamples];
        // Its generator is specified to the bit, which other generators of the library are not.
        Random random = new Random(seed);
        for (int resample = 0; resample < resamples; resample++) {
            int[] times = new int[customers];
            for (int draw = 0; draw < customers; draw++) {
                times[random.nextInt(customers)]++;
            }
            for (int figure = 0; figure < values.length; figure++) {
                values[figure][resample] = figures.get(figure).applyAsDouble(times);
            }
        }
        return values;
    }
}

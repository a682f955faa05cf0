package io.ebbline.backtest.measure;

import java.util.Arrays;

/** Where a figure would mostly lie with other customers of the same kind. NaN where too little is known. */
public record Interval(double low, double high) {

    /** Between the 2.5 % and the 97.5 % point of what resamples gave; those that gave nothing are left out. */
    public static Interval of95(double[] resampled) {
        double[] sorted = Arrays.stream(resampled)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Interval(quantile(sorted, .025), quantile(sorted, .975));
    }

    /** Linear between order statistics; Hyndman and Fan's (1996) type 7. */
    private static double quantile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = p * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}

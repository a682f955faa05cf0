package io.ebbline.backtest.measure;

/**
 * How true predicted amounts are.
 *
 * @param predicted one for each customer
 * @param actual what came of it, in the same unit
 */
public record Amounts(double[] predicted, double[] actual) {

    public Amounts {
        if (predicted.length != actual.length) {
            throw new IllegalArgumentException(predicted.length + " predictions but " + actual.length
                    + " amounts: give one of each for a customer.");
        }
    }

    /** The sum of what was predicted over that of what came. */
    public double totalRatio(int[] times) {
        double sum = 0;
        double came = 0;
        for (int i = 0; i < predicted.length; i++) {
            sum += times[i] * predicted[i];
            came += times[i] * actual[i];
        }
        return sum / came;
    }

    /** Root of the mean squared error, in their unit. */
    public double rmse(int[] times) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < predicted.length; i++) {
            double error = predicted[i] - actual[i];
            sum += times[i] * error * error;
            count += times[i];
        }
        return Math.sqrt(sum / count);
    }
}

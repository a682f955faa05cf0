package io.ebbline.backtest.measure;

import java.util.ArrayList;
import java.util.List;

/** How often it happened to those who were given about the same chance. */
public final class Calibration {

    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959964;

    private Calibration() {}

    /**
     * Those with a chance from {@code from} up to {@code to}.
     *
     * @param customers how many, at least one
     * @param chance their mean chance
     * @param happened how many of them it happened to
     */
    public record Bin(double from, double to, int customers, double chance, int happened) {

        /** The share to whom it happened, 0 to 1. */
        public double share() {
            return (double) happened / customers;
        }

        /** The lower end of the share's 95 % interval (Wilson 1927). */
        public double low() {
            return happened == 0 ? 0 : middle() - reach();
        }

        /** The upper end of the share's 95 % interval (Wilson 1927). */
        public double high() {
            return happened == customers ? 1 : middle() + reach();
        }

        private double middle() {
            return (happened + Z * Z / 2) / (customers + Z * Z);
        }

        private double reach() {
            double variance = share() * (1 - share()) * customers + Z * Z / 4;
            return Z * Math.sqrt(variance) / (customers + Z * Z);
        }
    }

    /** The bins of equal width that hold anybody; a chance on an edge belongs to the upper one, 1 to the last. */
    public static List<Bin> bins(Chances chances, int number) {
        int[] customers = new int[number];
        int[] happened = new int[number];
        double[] sums = new double[number];
        for (int i = 0; i < chances.chances().length; i++) {
            double chance = chances.chances()[i];
            int bin = Math.min(number - 1, (int) (chance * number));
            customers[bin]++;
            happened[bin] += chances.outcomes()[i] ? 1 : 0;
            sums[bin] += chance;
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < number; bin++) {
            if (customers[bin] > 0) {
                bins.add(new Bin(
                        (double) bin / number,
                        (bin + 1.0) / number,
                        customers[bin],
                        sums[bin] / customers[bin],
                        happened[bin]));
            }
        }
        return bins;
    }
}

package io.ebbline.model;

import io.ebbline.model.RepeatBuying.Family;
import java.util.Random;

/**
 * Customers simulated as the model tells it, each observed for a while and then followed for the horizon; how many of those
 * with x repeats bought or were alive, beside what the model says of them.
 */
final class Cohort {

    private final long[] customers = new long[1000];
    private final long[] bought = new long[1000];
    private final long[] alive = new long[1000];
    private final double[] pBuy = new double[1000];
    private final double[] pAlive = new double[1000];

    Cohort(RepeatBuying model, int size, double observed, double horizon) {
        Random random = new Random(7);
        for (int i = 0; i < size; i++) {
            double rate = -Math.log(1 - random.nextDouble()) / model.alphaDays(); // Gamma(1, alpha)
            double dropOut = 1 - Math.pow(random.nextDouble(), 1 / model.b()); // Beta(1, b)
            boolean here = model.family() == Family.BG || random.nextDouble() >= dropOut;
            int x = 0;
            double last = 0;
            double next = here ? gap(model, rate, random) : Double.POSITIVE_INFINITY;
            while (next <= observed) {
                x++;
                last = next;
                here = random.nextDouble() >= dropOut;
                next = here ? last + gap(model, rate, random) : Double.POSITIVE_INFINITY;
            }
            if (x < customers.length) {
                customers[x]++;
                bought[x] += next <= observed + horizon ? 1 : 0;
                alive[x] += here ? 1 : 0;
                pBuy[x] += model.pBuy(x, last, observed - last, horizon);
                pAlive[x] += model.pAlive(x, last, observed - last);
            }
        }
    }

    private static double gap(RepeatBuying model, double rate, Random random) {
        double sum = 0;
        for (int stage = 0; stage < model.k(); stage++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return sum / rate;
    }

    double boughtShare(int x) {
        return bought[x] / (double) customers[x];
    }

    double aliveShare(int x) {
        return alive[x] / (double) customers[x];
    }

    double meanPBuy(int x) {
        return pBuy[x] / customers[x];
    }

    double meanPAlive(int x) {
        return pAlive[x] / customers[x];
    }

    /** Of a share among them, at most. */
    double standardError(int x) {
        return .5 / Math.sqrt(customers[x]);
    }
}

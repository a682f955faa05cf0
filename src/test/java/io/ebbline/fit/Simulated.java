package io.ebbline.fit;

import io.ebbline.fit.GammaGammaFit.Spend;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.ParetoNbd;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatBuying.Family;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.random.RandomDataGenerator;

/** Customers drawn from the models themselves, with a seed. */
final class Simulated {

    private final RandomDataGenerator random;

    Simulated(long seed) {
        random = new RandomDataGenerator(seed);
    }

    /** So many customers who first bought some time in the 400 days of a history. */
    List<Buyer.Sample> repeatBuyers(RepeatBuying model, int customers) {
        List<Buyer.Sample> samples = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = random.nextUniform(0, 400);
            double rate = random.nextGamma(model.r(), 1 / model.alphaDays());
            double dropOut = random.nextBeta(model.a(), model.b());
            boolean alive = model.family() == Family.BG || random.nextUniform(0, 1) >= dropOut;
            double span = 0;
            double logGaps = 0;
            int repeats = 0;
            while (alive) {
                double gap = random.nextGamma(model.k(), 1 / rate);
                alive = span + gap <= age;
                if (alive) {
                    span += gap;
                    logGaps += Math.log(gap);
                    repeats++;
                    alive = random.nextUniform(0, 1) >= dropOut;
                }
            }
            samples.add(new Buyer.Sample(repeats + 1, repeats, span, age - span, logGaps, 0, 0, 0));
        }
        return samples;
    }

    /** The same with the Pareto/NBD. */
    List<Buyer.Sample> leavers(ParetoNbd model, int customers) {
        List<Buyer.Sample> samples = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = random.nextUniform(0, 400);
            double rate = random.nextGamma(model.r(), 1 / model.alphaDays());
            double life = random.nextExponential(1 / random.nextGamma(model.s(), 1 / model.betaDays()));
            double span = 0;
            int repeats = 0;
            double next = random.nextExponential(1 / rate);
            while (next <= Math.min(age, life)) {
                span = next;
                repeats++;
                next += random.nextExponential(1 / rate);
            }
            samples.add(new Buyer.Sample(repeats + 1, repeats, span, age - span, 0, 0, 0, 0));
        }
        return samples;
    }

    /** So many customers of one to five orders. */
    List<Spend> spends(GammaGamma model, int customers) {
        List<Spend> spends = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            int orders = 1 + i % 5;
            double nu = random.nextGamma(model.q(), 1 / model.v());
            spends.add(new Spend(orders, random.nextGamma(model.p() * orders, 1 / nu) / orders));
        }
        return spends;
    }

    double uniform(double until) {
        return random.nextUniform(0, until);
    }

    double exponential(double mean) {
        return random.nextExponential(mean);
    }
}

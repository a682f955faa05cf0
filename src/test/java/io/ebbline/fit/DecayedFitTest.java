package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.fit.DecayedFit.Window;
import io.ebbline.model.DecayedBuying;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DecayedFitTest {

    private static final long DAY = CdnowBuyers.DAY;
    private static final long CUT = 400 * DAY;
    private static final DecayedBuying TRUTH = new DecayedBuying(.3, 60, .02);

    /** Whoever comes back does so as often as the model says. */
    @Test
    void findsWhatCustomersWereDrawnFrom() {
        Fitted<DecayedBuying> fitted = DecayedFit.of(buyers(1, 20_000), new long[] {CUT}, 60 * DAY);
        DecayedBuying model = fitted.parameters();
        assertThat(model.r()).isCloseTo(TRUTH.r(), Percentage.withPercentage(10));
        assertThat(model.alphaDays()).isCloseTo(TRUTH.alphaDays(), Percentage.withPercentage(10));
        assertThat(model.lambdaPerDay()).isCloseTo(TRUTH.lambdaPerDay(), Percentage.withPercentage(10));
        assertThat(fitted.customers()).isEqualTo(20_000);
        assertThat(fitted.note()).contains(String.format("half after %.1f days", Math.log(2) / model.lambdaPerDay()));
    }

    /** As the engine puts it: a count decayed to the last occasion, a span and a silence; and nothing near by is likelier. */
    @Test
    void theLogLossIsThatOfTheModelAsTheEngineAsksIt() {
        List<Buyer> buyers = buyers(2, 1_000);
        List<Window> windows = List.of(new Window(300 * DAY, 400 * DAY), new Window(CUT, CUT + 60 * DAY));
        Fitted<DecayedBuying> fitted = DecayedFit.of(buyers, windows);
        DecayedBuying best = fitted.parameters();
        assertThat(fitted.logLikelihood()).isCloseTo(naive(best, buyers, windows), within(1e-6));
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            DecayedBuying other = new DecayedBuying(
                    best.r() * Math.exp(random.nextGaussian() / 20),
                    best.alphaDays() * Math.exp(random.nextGaussian() / 20),
                    best.lambdaPerDay() * Math.exp(random.nextGaussian() / 20));
            assertThat(naive(other, buyers, windows)).isLessThan(fitted.logLikelihood() + 1e-6);
        }
    }

    @Test
    void theOrderOfCustomersDoesNotCount() {
        List<Buyer> buyers = buyers(3, 2_000);
        List<Buyer> shuffled = new ArrayList<>(buyers);
        Collections.shuffle(shuffled, new Random(2));
        long[] cuts = {300 * DAY, CUT};
        assertThat(DecayedFit.of(shuffled, cuts, 60 * DAY)).isEqualTo(DecayedFit.of(buyers, cuts, 60 * DAY));
    }

    /** Rates differ from customer to customer and never change. */
    @Test
    void whereNobodyChangesNothingIsForgotten() {
        Simulated simulated = new Simulated(5);
        List<Buyer> buyers = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            List<Long> times = new ArrayList<>();
            double mean = 20 + simulated.exponential(100);
            for (double day = 0; day < 1_600; day += 1 + simulated.exponential(mean)) {
                times.add((long) day * DAY);
            }
            buyers.add(buyer(times));
        }
        Fitted<DecayedBuying> fitted = DecayedFit.of(buyers, new long[] {1_500 * DAY}, 90 * DAY);
        assertThat(fitted.parameters().lambdaPerDay()).isLessThan(Math.log(2) / 1_500);
    }

    /** Those who order often are the ones who stay away. */
    @Test
    void whereTheCountTellsTheOppositeTheFitIsRefused() {
        List<Buyer> buyers = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            buyers.add(
                    i % 3 == 0
                            ? CdnowBuyers.buyer(i % 60 * DAY, CUT + DAY)
                            : CdnowBuyers.buyer(i % 60 * DAY, CUT - i % 9 * 3 * DAY));
        }
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> DecayedFit.of(buyers, new long[] {CUT}, 60 * DAY))
                .withMessageContaining("ran off");
    }

    @Test
    void tooLittleIsRefused() {
        List<Buyer> buyers = buyers(4, 200);
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> DecayedFit.of(buyers, new long[] {-1}, 60 * DAY))
                .withMessageContaining("0 customers by the last cut, and a fit needs 50");
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> DecayedFit.of(buyers, new long[] {CUT + 100 * DAY}, 60 * DAY))
                .withMessageContaining("0 customers who came back after a cut, and a fit needs 10");
        List<Buyer> once = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            once.add(i % 3 == 0 ? CdnowBuyers.buyer(i % 60 * DAY, CUT + DAY) : CdnowBuyers.buyer(i % 60 * DAY));
        }
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> DecayedFit.of(once, new long[] {CUT}, 60 * DAY))
                .withMessageContaining("0 customers who had ordered again by the last cut, and a fit needs 10");
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(CUT, CUT));
    }

    /** Buyers with some history up to the cut, who come back within 60 days of it with the chance that the truth gives them. */
    private static List<Buyer> buyers(long seed, int count) {
        Simulated simulated = new Simulated(seed);
        List<Buyer> buyers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Long> times = new ArrayList<>();
            double stop = simulated.uniform(600);
            double mean = simulated.exponential(60) + 3;
            double day = simulated.uniform(300);
            do {
                times.add((long) day * DAY);
                day += 1 + simulated.exponential(mean);
            } while (day < Math.min(400, stop));
            double chance = chance(TRUTH, times, new Window(CUT, CUT + 60 * DAY));
            if (simulated.uniform(1) < chance) {
                times.add(CUT + (1 + (long) simulated.uniform(58)) * DAY);
            }
            buyers.add(buyer(times));
        }
        return buyers;
    }

    private static Buyer buyer(List<Long> times) {
        return CdnowBuyers.buyer(times.stream().mapToLong(Long::longValue).toArray());
    }

    private static double naive(DecayedBuying model, List<Buyer> buyers, List<Window> windows) {
        double sum = 0;
        for (Window window : windows) {
            for (Buyer buyer : buyers) {
                if (buyer.firstOrder() <= window.cut()) {
                    Buyer.Sample known = buyer.at(window.cut());
                    double count = buyer.decayedRepeats(window.cut(), model.lambdaPerDay())
                            * Math.exp(model.lambdaPerDay() * known.silenceDays());
                    double chance = model.pBuy(
                            count,
                            known.spanDays(),
                            known.silenceDays(),
                            (window.until() - window.cut()) / (double) DAY);
                    sum += Math.log(buyer.occasions(window.cut(), window.until()) > 0 ? chance : 1 - chance);
                }
            }
        }
        return sum;
    }

    private static double chance(DecayedBuying model, List<Long> times, Window window) {
        long first = times.get(0);
        long last = times.get(times.size() - 1);
        double count = times.stream()
                .skip(1)
                .mapToDouble(time -> Math.exp(-model.lambdaPerDay() * (last - time) / DAY))
                .sum();
        return model.pBuy(
                count,
                (last - first) / (double) DAY,
                (window.cut() - last) / (double) DAY,
                (window.until() - window.cut()) / (double) DAY);
    }
}

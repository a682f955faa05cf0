package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatBuying.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatBuyingFitTest {

    @ParameterizedTest
    @CsvSource({"BG,1", "MBG,1", "MBG,2", "MBG,3", "MBG,4"})
    void findsWhatCustomersWereDrawnFrom(Family family, int k) {
        RepeatBuying truth = new RepeatBuying(family, k, .9, 30.0 / k, .8, 1.8);
        List<Buyer.Sample> samples = new Simulated(7).repeatBuyers(truth, 6_000);
        RepeatBuying model = RepeatBuyingFit.of(samples, family, k).parameters();
        double[] errors = StandardErrors.of(
                p -> naive(new RepeatBuying(family, k, p[0], p[1], p[2], p[3]), samples),
                model.r(),
                model.alphaDays(),
                model.a(),
                model.b());
        assertThat(model.r()).isCloseTo(truth.r(), within(3 * errors[0]));
        assertThat(model.alphaDays()).isCloseTo(truth.alphaDays(), within(3 * errors[1]));
        assertThat(model.a()).isCloseTo(truth.a(), within(3 * errors[2]));
        assertThat(model.b()).isCloseTo(truth.b(), within(3 * errors[3]));
        assertThat(errors[0]).isLessThan(truth.r() / 10);
        assertThat(errors[3]).isLessThan(truth.b() / 2);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void choosesTheRhythmThatCustomersWereDrawnFrom(int k) {
        RepeatBuying truth = new RepeatBuying(Family.MBG, k, .9, 30, .8, 1.8);
        Fitted<RepeatBuying> fitted = RepeatBuyingFit.best(new Simulated(11).repeatBuyers(truth, 1_500));
        assertThat(fitted.parameters().family()).isEqualTo(Family.MBG);
        assertThat(fitted.parameters().k()).isEqualTo(k);
        assertThat(fitted.note()).contains("MBG/NBD -", "MBG/CNBD-2 -", "MBG/CNBD-3 -", "MBG/CNBD-4 -", "; BG/NBD -");
    }

    @Test
    void theLikelihoodIsThatOfEveryCustomer() {
        List<Buyer.Sample> samples = someTwice(new Simulated(3), 2_000);
        for (int k = 1; k <= 2; k++) {
            Fitted<RepeatBuying> fitted = RepeatBuyingFit.of(samples, Family.MBG, k);
            assertThat(fitted.logLikelihood()).isCloseTo(naive(fitted.parameters(), samples), within(1e-6));
            assertThat(fitted.customers()).isEqualTo(samples.size());
        }
    }

    @Test
    void nothingNearByIsLikelier() {
        List<Buyer.Sample> samples = someTwice(new Simulated(4), 2_000);
        RepeatBuying best = RepeatBuyingFit.of(samples, Family.MBG, 1).parameters();
        double most = naive(best, samples);
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            RepeatBuying other = new RepeatBuying(
                    Family.MBG,
                    1,
                    best.r() * Math.exp(random.nextGaussian() / 20),
                    best.alphaDays() * Math.exp(random.nextGaussian() / 20),
                    best.a() * Math.exp(random.nextGaussian() / 20),
                    best.b() * Math.exp(random.nextGaussian() / 20));
            assertThat(naive(other, samples)).isLessThan(most + 1e-6);
        }
    }

    @Test
    void theOrderOfCustomersDoesNotCount() {
        List<Buyer.Sample> samples = someTwice(new Simulated(5), 1_000);
        Fitted<RepeatBuying> one = RepeatBuyingFit.best(samples);
        List<Buyer.Sample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(2));
        assertThat(RepeatBuyingFit.best(shuffled)).isEqualTo(one);
    }

    /** More different customers than are told apart in the search. */
    @Test
    void manyCustomersAreFittedAsWell() {
        RepeatBuying truth = new RepeatBuying(Family.MBG, 2, .9, 15, .8, 1.8);
        List<Buyer.Sample> samples = new Simulated(6).repeatBuyers(truth, 60_000);
        Fitted<RepeatBuying> fitted = RepeatBuyingFit.of(samples, Family.MBG, 2);
        assertThat(fitted.logLikelihood())
                .isGreaterThan(naive(truth, samples))
                .isCloseTo(naive(fitted.parameters(), samples), within(1e-4));
        assertThat(fitted.parameters().r()).isCloseTo(truth.r(), Percentage.withPercentage(4));
        assertThat(fitted.parameters().a()).isCloseTo(truth.a(), Percentage.withPercentage(6));
    }

    /** Nobody drops out, so nothing tells how the chances of dropping out differ: the prior keeps them from running off. */
    @Test
    void aRidgeEndsAtThePrior() {
        RepeatBuying faithful = new RepeatBuying(Family.MBG, 1, .9, 30, 1e-3, 1e6);
        List<Buyer.Sample> samples = new Simulated(8).repeatBuyers(faithful, 2_000);
        Fitted<RepeatBuying> fitted = RepeatBuyingFit.of(samples, Family.MBG, 1);
        RepeatBuying model = fitted.parameters();
        assertThat(fitted.note()).contains("The customers hardly tell b: the prior held it at ");
        assertThat(model.a() / (model.a() + model.b())).isLessThan(.002);
        assertThat(model.r()).isCloseTo(.9, within(.1));
        assertThat(fitted.logLikelihood()).isGreaterThan(naive(faithful, samples) - 3);
    }

    /** All the same to the day: no rates differ, and r and alpha grow without end. */
    @Test
    void customersWhoDifferInNothingAreRefused() {
        List<Buyer.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            samples.add(new Buyer.Sample(9, 8, 80, 5, 8 * Math.log(10), 0, 0, 0));
        }
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> RepeatBuyingFit.of(samples, Family.MBG, 4))
                .withMessageContaining("r ran off to ")
                .withMessageContaining("Fit to more of them");
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> RepeatBuyingFit.best(samples))
                .withMessageContaining("MBG/CNBD-2 refused (r ran off to ");
    }

    @Test
    void tooLittleIsRefused() {
        RepeatBuying truth = new RepeatBuying(Family.MBG, 1, .9, 30, .8, 1.8);
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> RepeatBuyingFit.best(new Simulated(9).repeatBuyers(truth, 49)))
                .withMessageContaining("49 customers, and a fit needs 50");
        List<Buyer.Sample> once = Collections.nCopies(500, new Buyer.Sample(1, 0, 0, 10, 0, 0, 0, 0));
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> RepeatBuyingFit.of(once, Family.MBG, 1))
                .withMessageContaining("0 customers who ordered again");
    }

    /** To the day, so that customers coincide. */
    private static List<Buyer.Sample> someTwice(Simulated simulated, int customers) {
        List<Buyer.Sample> samples = new ArrayList<>();
        for (Buyer.Sample s : simulated.repeatBuyers(new RepeatBuying(Family.MBG, 1, .9, 30, .8, 1.8), customers)) {
            samples.add(new Buyer.Sample(
                    s.orders(),
                    s.repeats(),
                    Math.ceil(s.spanDays()),
                    Math.floor(s.silenceDays()),
                    s.logGaps(),
                    0,
                    0,
                    0));
        }
        return samples;
    }

    private static double naive(RepeatBuying model, List<Buyer.Sample> samples) {
        return samples.stream()
                .mapToDouble(s -> model.logLikelihood(s.repeats(), s.spanDays(), s.silenceDays(), s.logGaps()))
                .sum();
    }
}

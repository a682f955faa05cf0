package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.fit.GammaGammaFit.Spend;
import io.ebbline.model.GammaGamma;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GammaGammaFitTest {

    @Test
    void findsWhatCustomersWereDrawnFrom() {
        List<Spend> spends = new Simulated(1).spends(new GammaGamma(5, 3.5, 4_000), 6_000);
        Fitted<GammaGamma> fitted = GammaGammaFit.ofSpend(spends);
        GammaGamma model = fitted.parameters();
        double[] errors = StandardErrors.of(
                p -> naive(new GammaGamma(p[0], p[1], p[2]), spends), model.p(), model.q(), model.v());
        assertThat(model.p()).isCloseTo(5, within(3 * errors[0]));
        assertThat(model.q()).isCloseTo(3.5, within(3 * errors[1]));
        assertThat(model.v()).isCloseTo(4_000, within(3 * errors[2]));
        assertThat(errors[0]).isLessThan(1);
        assertThat(fitted.logLikelihood()).isCloseTo(naive(model, spends), within(1e-6));
    }

    @Test
    void theOrderOfCustomersDoesNotCount() {
        List<Spend> spends = new Simulated(2).spends(new GammaGamma(5, 3.5, 4_000), 1_000);
        List<Spend> shuffled = new ArrayList<>(spends);
        Collections.shuffle(shuffled, new Random(2));
        assertThat(GammaGammaFit.ofSpend(shuffled)).isEqualTo(GammaGammaFit.ofSpend(spends));
    }

    @Test
    void spendIsNetAndPerOrder() {
        List<Spend> spends = new Simulated(3).spends(new GammaGamma(5, 3.5, 400_000), 300);
        List<Spend> whole = new ArrayList<>();
        List<Buyer.Sample> samples = new ArrayList<>();
        for (Spend spend : spends) {
            long net = Math.round(spend.mean()) * spend.orders();
            whole.add(new Spend(spend.orders(), Math.round(spend.mean())));
            samples.add(new Buyer.Sample(spend.orders(), 0, 0, 1, 0, net + 700, 700, 1));
        }
        samples.add(new Buyer.Sample(3, 0, 0, 1, 0, 5_000, 5_000, 1));
        assertThat(GammaGammaFit.of(samples)).isEqualTo(GammaGammaFit.ofSpend(whole));
        assertThat(GammaGammaFit.of(samples).customers()).isEqualTo(300);
    }

    /** Every order costs the same, so p grows without end. */
    @Test
    void ordersOfOnePriceAreRefused() {
        List<Spend> spends = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            spends.add(new Spend(1 + i % 5, 1_000));
        }
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> GammaGammaFit.ofSpend(spends))
                .withMessageContaining("p ran off to ");
    }

    @Test
    void tooLittleIsRefused() {
        List<Spend> nothing = Collections.nCopies(500, new Spend(2, 0));
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> GammaGammaFit.ofSpend(nothing))
                .withMessageContaining("0 customers with spend, and a fit needs 50");
        List<Spend> once = Collections.nCopies(500, new Spend(1, 10));
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> GammaGammaFit.ofSpend(once))
                .withMessageContaining("0 customers with several orders, and a fit needs 10");
    }

    private static double naive(GammaGamma model, List<Spend> spends) {
        return spends.stream()
                .mapToDouble(s -> model.logLikelihood(s.orders(), s.mean()))
                .sum();
    }
}

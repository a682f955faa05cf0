package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.ParetoNbd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoNbdFitTest {

    @Test
    void findsWhatCustomersWereDrawnFrom() {
        List<Buyer.Sample> samples = new Simulated(1).leavers(new ParetoNbd(.8, 40, .7, 90), 6_000);
        Fitted<ParetoNbd> fitted = ParetoNbdFit.of(samples);
        ParetoNbd model = fitted.parameters();
        double[] errors = StandardErrors.of(
                p -> naive(new ParetoNbd(p[0], p[1], p[2], p[3]), samples),
                model.r(),
                model.alphaDays(),
                model.s(),
                model.betaDays());
        assertThat(model.r()).isCloseTo(.8, within(3 * errors[0]));
        assertThat(model.alphaDays()).isCloseTo(40, within(3 * errors[1]));
        assertThat(model.s()).isCloseTo(.7, within(3 * errors[2]));
        assertThat(model.betaDays()).isCloseTo(90, within(3 * errors[3]));
        assertThat(errors[0]).isLessThan(.1);
        assertThat(fitted.logLikelihood()).isCloseTo(naive(model, samples), within(1e-6));
    }

    @Test
    void theOrderOfCustomersDoesNotCount() {
        List<Buyer.Sample> samples = new Simulated(2).leavers(new ParetoNbd(.8, 40, .7, 90), 1_000);
        List<Buyer.Sample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(2));
        assertThat(ParetoNbdFit.of(shuffled)).isEqualTo(ParetoNbdFit.of(samples));
    }

    @Test
    void tooLittleIsRefused() {
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> ParetoNbdFit.of(List.of()))
                .withMessageContaining("0 customers, and a fit needs 50");
    }

    private static double naive(ParetoNbd model, List<Buyer.Sample> samples) {
        return samples.stream()
                .mapToDouble(s -> model.logLikelihood(s.repeats(), s.spanDays(), s.silenceDays()))
                .sum();
    }
}

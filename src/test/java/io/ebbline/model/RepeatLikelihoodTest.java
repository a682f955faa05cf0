package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.RepeatBuying.Family;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The likelihood of {@link RepeatBuying}; published parameters and histories are in weeks. */
class RepeatLikelihoodTest {

    private static double ofSample(RepeatBuying model, Iterable<CdnowSample> sample) {
        double sum = 0;
        for (CdnowSample c : sample) {
            sum += model.logLikelihood(c.repeats(), c.span(), c.silence(), 0);
        }
        return sum;
    }

    @Test
    void singleCustomersAsPublished() {
        RepeatBuying bg = new RepeatBuying(Family.BG, 1, .25, 4, .8, 2.5);
        assertThat(bg.logLikelihood(0, 0, 40, 0)).isEqualTo(-.59947382, within(1e-8));
        assertThat(bg.logLikelihood(200, 38, 2, 0)).isEqualTo(100.7957, within(1e-4));
        RepeatBuying mbg = new RepeatBuying(Family.MBG, 1, .25, 4, .8, 2.5);
        assertThat(mbg.logLikelihood(0, 0, 40, 0)).isEqualTo(-.41792826, within(1e-8));
        assertThat(mbg.logLikelihood(200, 38, 2, 0)).isEqualTo(100.7869, within(1e-4));
    }

    @Test
    void theCdnowSampleAsPublished() throws IOException {
        RepeatBuying btyd = new RepeatBuying(Family.BG, 1, .2425967, 4.413659, .7929869, 2.426164);
        assertThat(ofSample(btyd, CdnowSample.exact())).isEqualTo(-9582.4292, within(1e-4));
        RepeatBuying fader = new RepeatBuying(Family.BG, 1, .243, 4.414, .793, 2.426);
        assertThat(ofSample(fader, CdnowSample.rounded())).isEqualTo(-9582.4268, within(1e-4));
        RepeatBuying mbg = new RepeatBuying(Family.MBG, 1, .5249, 6.1836, .8910, 1.6129);
        assertThat(ofSample(mbg, CdnowSample.rounded())).isEqualTo(-9582.1328, within(1e-3));
    }

    /** The density of the gaps g1..gx and of the silence, as the model tells it, over rates and drop-out chances. */
    @Property(tries = 100)
    void agreesWithNumericalIntegration(
            @ForAll Family family,
            @ForAll @IntRange(min = 1, max = 4) int k,
            @ForAll @IntRange(max = 6) int repeats,
            @ForAll @DoubleRange(min = .5, max = 20) double gap,
            @ForAll @DoubleRange(max = 100) double silence) {
        RepeatBuying model = new RepeatBuying(family, k, .6, 20, .8, 1.4);
        double factorial = new double[] {1, 1, 2, 6}[k - 1];
        double logGaps = 0;
        double span = 0;
        for (int i = 0; i < repeats; i++) {
            double length = gap * (1 + i % 3);
            logGaps += Math.log(length);
            span += length;
        }
        double rates = 0;
        double gone = 0;
        double silent = 0;
        for (double y = -60; y < 6; y += .01) {
            double rate = Math.exp(y);
            double weight = Math.exp(.6 * y - 20 * rate);
            double gaps = Math.exp(k * repeats * y + (k - 1) * logGaps - rate * span) / Math.pow(factorial, repeats);
            double fewer = 0;
            double term = Math.exp(-rate * silence);
            for (int j = 0; j < k; j++) {
                fewer += term;
                term *= rate * silence / (j + 1);
            }
            rates += weight;
            gone += weight * gaps;
            silent += weight * gaps * fewer;
        }
        double chances = 0;
        double stays = 0;
        double leaves = 0;
        int tosses = repeats + (family == Family.MBG ? 1 : 0); // at each they may drop out
        for (double y = -80; y < 80; y += .01) {
            double p = 1 / (1 + Math.exp(-y));
            double stay = 1 / (1 + Math.exp(y));
            double weight = Math.pow(p, .8) * Math.pow(stay, 1.4);
            chances += weight;
            stays += weight * Math.pow(stay, tosses);
            leaves += tosses == 0 ? 0 : weight * Math.pow(stay, tosses - 1) * p;
        }
        double density = (silent * stays + gone * leaves) / rates / chances;
        assertThat(model.logLikelihood(repeats, span, silence, logGaps)).isEqualTo(Math.log(density), within(1e-9));
    }

    @Test
    void extremesAreFinite() {
        for (Family family : Family.values()) {
            for (int k = 1; k <= 4; k++) {
                RepeatBuying model = new RepeatBuying(family, k, .6, 50, .8, 1.2);
                for (long repeats : new long[] {0, 1, 1000, 1_000_000_000}) {
                    for (double span : new double[] {0, 1e-9, 1e5, 1.1e11}) {
                        for (double silence : new double[] {0, 1e-9, 1e5, 1.1e11}) {
                            assertThat(model.logLikelihood(repeats, span, silence, 0))
                                    .isFinite();
                        }
                    }
                }
            }
        }
    }
}

package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GammaGammaTest {

    /** Fitted to the CDNOW sample, dollars: Fader and Hardie (2013). */
    private static final GammaGamma FADER = new GammaGamma(6.25, 3.74, 15.44);

    /** The same in more digits. */
    private static final GammaGamma FITTED = new GammaGamma(6.249, 3.744, 15.446);

    @Test
    void likelihoodOfTheSampleAsComputedIndependently() throws IOException {
        List<CdnowSample> repeaters = CdnowSample.spending().stream()
                .filter(customer -> customer.repeats() > 0)
                .toList();
        assertThat(repeaters).hasSize(946);
        double sum = repeaters.stream()
                .mapToDouble(customer -> FADER.logLikelihood(customer.repeats(), customer.meanSpend()))
                .sum();
        assertThat(sum).isEqualTo(-4055.9247, within(1e-4));
        assertThat(sum).isEqualTo(-4055.9177, within(.01)); // at the fitted digits, CLVTools
    }

    /** The lifetimes package's test, customers 1 to 10; more digits in its Quickstart, which fits p, q, v anew. */
    @Test
    void spendOfTheFirstTenAsPublished() throws IOException {
        double[] published = {24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17};
        List<CdnowSample> first = CdnowSample.spending().subList(0, 10);
        for (int i = 0; i < 10; i++) {
            CdnowSample customer = first.get(i);
            assertThat(FADER.expectedSpend(customer.repeats(), customer.meanSpend()))
                    .isEqualTo(published[i], within(.1));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,24.658619", "1,18.911489", "2,35.170981", "5,71.462843", "8,27.282408"})
    void spendWithFittedParametersAsPublished(int row, double published) throws IOException {
        CdnowSample customer = CdnowSample.spending().get(row);
        assertThat(FITTED.expectedSpend(customer.repeats(), customer.meanSpend()))
                .isEqualTo(published, within(.01));
    }

    @Test
    void meanSpendOfAllAsPublished() throws IOException {
        List<CdnowSample> all = CdnowSample.spending();
        double expected = all.stream()
                .mapToDouble(customer -> FITTED.expectedSpend(customer.repeats(), customer.meanSpend()))
                .average()
                .orElseThrow();
        assertThat(expected).isEqualTo(35.2529588256, within(.01));
        double seen = all.stream()
                .filter(customer -> customer.repeats() > 0)
                .mapToDouble(CdnowSample::meanSpend)
                .average()
                .orElseThrow();
        assertThat(seen).isEqualTo(35.078551797, within(1e-8));
    }

    /** Over rates nu: of those that fit the mean spend, the mean of p / nu; and what they are worth together. */
    @ParameterizedTest
    @CsvSource({"1,10", "1,500", "3,42.5", "40,20"})
    void agreesWithNumericalIntegration(long orders, double mean) {
        double shape = FADER.p() * orders;
        double likelihood = 0;
        double spend = 0;
        double own = 0; // Gamma(px) and Gamma(q), too
        double all = 0;
        double step = .001;
        for (double y = -30; y < 12; y += step) {
            double nu = Math.exp(y);
            own += Math.exp(shape * y - nu - shape * Math.log(shape)) * step;
            all += Math.exp(FADER.q() * y - nu) * step;
            double density = Math.exp(shape * Math.log(nu * orders * mean)
                    - nu * orders * mean
                    - shape * Math.log(shape)
                    + FADER.q() * Math.log(FADER.v() * nu)
                    - FADER.v() * nu);
            likelihood += density * step;
            spend += density * FADER.p() / nu * step;
        }
        double logGammas = Math.log(own) + Math.log(all);
        assertThat(FADER.logLikelihood(orders, mean))
                .isEqualTo(Math.log(likelihood) - logGammas - Math.log(mean), within(1e-9));
        assertThat(FADER.expectedSpend(orders, mean)).isEqualTo(spend / likelihood, within(1e-7 * mean));
    }

    @Test
    void liesBetweenOwnAndAllAndMovesToOwn() {
        assertThat(FADER.populationMean()).isEqualTo(6.25 * 15.44 / 2.74, within(1e-12));
        assertThat(FADER.expectedSpend(0, Double.NaN)).isEqualTo(FADER.populationMean());
        assertThat(FADER.expectedSpend(1, 100)).isBetween(FADER.populationMean(), FADER.expectedSpend(5, 100));
        assertThat(FADER.expectedSpend(Long.MAX_VALUE, 100)).isEqualTo(100, within(1e-9));
    }

    @Test
    void outOfRangeIsRefusedWithTheWayToMendIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GammaGamma(6, 1, 15))
                .withMessage(
                        "q is 1.0: it must be above 1 and finite, or the mean spend of all customers is endless; fit to"
                                + " more customers, or without the few largest orders.");
        assertThatIllegalArgumentException().isThrownBy(() -> new GammaGamma(6, Double.NaN, 15));
        assertThatIllegalArgumentException().isThrownBy(() -> new GammaGamma(0, 3, 15));
        assertThatIllegalArgumentException().isThrownBy(() -> new GammaGamma(6, 3, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FADER.logLikelihood(0, 0))
                .withMessageContaining("leave customers without an order or without spend out of the fit");
        assertThatIllegalArgumentException().isThrownBy(() -> FADER.logLikelihood(2, 0));
    }
}

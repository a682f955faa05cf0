package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.fit.GammaGammaFit.Spend;
import io.ebbline.model.CdnowSample;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.ParetoNbd;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatBuying.Family;
import io.ebbline.model.RepeatExpectation;
import io.ebbline.model.ScoringModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Fits to the CDNOW histories against what is published of them. The sample's times are in weeks, so what is a day elsewhere is
 * a week there.
 */
class PublishedFitsTest {

    private static final Percentage A_THOUSANDTH = Percentage.withPercentage(.1);

    // ---- BG/NBD

    /** Fader, Hardie, Lee (2005), to their digits. */
    @Test
    void bgOfTheRoundedSample() throws IOException {
        RepeatBuying model =
                RepeatBuyingFit.of(samples(CdnowSample.rounded()), Family.BG, 1).parameters();
        assertParameters(model, .243, 4.414, .793, 2.426, 5e-3);
    }

    /** CLVTools and BTYD. */
    @Test
    void bgOfTheSample() throws IOException {
        Fitted<RepeatBuying> fitted = RepeatBuyingFit.of(samples(CdnowSample.exact()), Family.BG, 1);
        RepeatBuying model = fitted.parameters();
        assertThat(fitted.logLikelihood()).isEqualTo(-9582.429, within(1e-3));
        assertThat(fitted.customers()).isEqualTo(2357);
        assertThat(model.r()).isCloseTo(.2425945, A_THOUSANDTH);
        assertThat(model.alphaDays()).isCloseTo(4.4136019, A_THOUSANDTH);
        assertThat(model.a()).isCloseTo(.7929199, A_THOUSANDTH);
        assertThat(model.b()).isCloseTo(2.4258881, A_THOUSANDTH);
    }

    /** Standard errors as lifetimes gives them: the likelihood has the published curvature where the fit ends. */
    @Test
    void bgStandardErrors() throws IOException {
        List<CdnowSample> sample = CdnowSample.rounded();
        RepeatBuying model = RepeatBuyingFit.of(samples(sample), Family.BG, 1).parameters();
        double[] errors = StandardErrors.of(
                p -> {
                    RepeatBuying near = new RepeatBuying(Family.BG, 1, p[0], p[1], p[2], p[3]);
                    return sum(sample, c -> near.logLikelihood(c.repeats(), c.span(), c.silence(), 0));
                },
                model.r(),
                model.alphaDays(),
                model.a(),
                model.b());
        assertThat(errors).containsExactly(new double[] {.012557, .378221, .185719, .705345}, within(1e-3));
    }

    /** lifetimes, and Hardie's spreadsheet. */
    @Test
    void whatTheFittedBgExpects() throws IOException {
        List<CdnowSample> sample = CdnowSample.rounded();
        RepeatExpectation fitted = new RepeatExpectation(
                RepeatBuyingFit.of(samples(sample), Family.BG, 1).parameters());
        double[] weeks = {.1429, 1, 3, 31.8571, 32, 78};
        double[] published = {.0078, .0532, .1506, 1.0405, 1.0437, 1.8576};
        for (int i = 0; i < weeks.length; i++) {
            assertThat(fitted.purchasesOfNew(weeks[i])).isEqualTo(published[i], within(1e-3));
        }
        assertThat(fitted.purchases(2, 30.43, 8.43, 39)).isEqualTo(1.226, within(1e-3));
        assertThat(sample.stream()
                        .map(c -> fitted.purchases(c.repeats(), c.span(), c.silence(), 1))
                        .sorted((one, other) -> Double.compare(other, one))
                        .limit(5)
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .containsExactly(new double[] {.710623, .662396, .486526, .474738, .424877}, within(2e-6));
    }

    // ---- MBG/NBD

    /** BTYDplus, by way of lifetimes; the log-likelihood computed apart from this project. */
    @Test
    void mbgOfTheRoundedSample() throws IOException {
        Fitted<RepeatBuying> fitted = RepeatBuyingFit.of(samples(CdnowSample.rounded()), Family.MBG, 1);
        assertParameters(fitted.parameters(), .525, 6.183, .891, 1.614, 1e-3);
        assertThat(fitted.logLikelihood()).isEqualTo(-9582.1328, within(1e-3));
        assertThat(new RepeatExpectation(fitted.parameters()).purchases(2, 30.43, 8.43, 39))
                .isEqualTo(1.226, within(.05));
    }

    // ---- Pareto/NBD

    @Test
    void paretoOfTheRoundedSample() throws IOException {
        Fitted<ParetoNbd> fitted = ParetoNbdFit.of(samples(CdnowSample.rounded()));
        ParetoNbd model = fitted.parameters();
        assertThat(new double[] {model.r(), model.alphaDays(), model.s(), model.betaDays()})
                .containsExactly(new double[] {.553, 10.578, .606, 11.669}, within(.015));
        assertThat(fitted.logLikelihood()).isEqualTo(-9595.0, within(.05));
        assertThat(model.purchases(26, 216 / 7.0, 1 / 7.0, 52)).isEqualTo(25.46, within(.01));
        assertThat(model.purchasesOfNew(9)).isEqualTo(.38909211, within(.01));
    }

    /** CLVTools, with its standard errors. */
    @Test
    void paretoOfTheSample() throws IOException {
        List<CdnowSample> sample = CdnowSample.exact();
        Fitted<ParetoNbd> fitted = ParetoNbdFit.of(samples(sample));
        ParetoNbd model = fitted.parameters();
        assertThat(fitted.logLikelihood()).isEqualTo(-9594.976, within(1e-3));
        assertThat(model.r()).isCloseTo(.55315, A_THOUSANDTH);
        assertThat(model.alphaDays()).isCloseTo(10.57633, A_THOUSANDTH);
        assertThat(model.s()).isCloseTo(.60625, A_THOUSANDTH);
        assertThat(model.betaDays()).isCloseTo(11.67150, A_THOUSANDTH);
        double[] errors = StandardErrors.of(
                p -> {
                    ParetoNbd near = new ParetoNbd(p[0], p[1], p[2], p[3]);
                    return sum(sample, c -> near.logLikelihood(c.repeats(), c.span(), c.silence()));
                },
                model.r(),
                model.alphaDays(),
                model.s(),
                model.betaDays());
        double[] published = {.0476264, .8427222, .1872594, 6.2105448};
        for (int i = 0; i < published.length; i++) {
            assertThat(errors[i]).isCloseTo(published[i], Percentage.withPercentage(1));
        }
    }

    // ---- Gamma-Gamma

    /** Fader and Hardie (2013) and lifetimes; v is in dollars. */
    @Test
    void gammaGammaOfTheRepeatsOfTheSample() throws IOException {
        List<CdnowSample> sample = CdnowSample.spending();
        List<Spend> spends =
                sample.stream().map(c -> new Spend(c.repeats(), c.meanSpend())).toList();
        Fitted<GammaGamma> fitted = GammaGammaFit.ofSpend(spends);
        GammaGamma model = fitted.parameters();
        assertThat(fitted.customers()).isEqualTo(946);
        assertThat(fitted.logLikelihood()).isEqualTo(-4055.9177, within(.01));
        assertThat(new double[] {model.p(), model.q(), model.v()})
                .containsExactly(new double[] {6.25, 3.74, 15.44}, within(.015));
        double[] published = {24.658619, 18.911489, 35.170981, 35.170981, 35.170981, 71.462843, 18.911489, 35.170981};
        for (int i = 0; i < published.length; i++) {
            assertThat(model.expectedSpend(spends.get(i).orders(), spends.get(i).mean()))
                    .isEqualTo(published[i], within(1e-2));
        }
        assertThat(spends.stream()
                        .mapToDouble(s -> model.expectedSpend(s.orders(), s.mean()))
                        .average())
                .hasValueCloseTo(35.2529588256, within(.01));
    }

    // ---- all customers

    /** Year 1997 of all customers, days, as published with the returns of 1998; log-likelihoods computed apart. */
    @Test
    void everybodyIn1997() throws IOException {
        List<Buyer.Sample> known = CdnowBuyers.known(CdnowBuyers.master().values(), "1997-12-31");
        assertThat(known).hasSize(23_570);
        Fitted<RepeatBuying> bg = RepeatBuyingFit.of(known, Family.BG, 1);
        assertThat(bg.logLikelihood()).isEqualTo(-186_464.31, within(.01));
        assertParameters(bg.parameters(), .26557, 38.0806, .59913, 2.22901, 1e-3);
        Fitted<RepeatBuying> mbg = RepeatBuyingFit.of(known, Family.MBG, 1);
        assertThat(mbg.logLikelihood()).isEqualTo(-186_420.83, within(.01));
        assertParameters(mbg.parameters(), .604, 56.29, .6398, 1.1816, 5e-3);
        ParetoNbd pareto = ParetoNbdFit.of(known).parameters();
        assertThat(new double[] {pareto.r(), pareto.alphaDays(), pareto.s(), pareto.betaDays()})
                .containsExactly(new double[] {.61, 87.11, .36, 42.84}, within(.02));
    }

    /** What is shipped was fitted before this package was written, by other code. */
    @Test
    void theShippedBuyingModelIsTheFitToItsHistory() throws IOException {
        Collection<Buyer> everybody = CdnowBuyers.master().values();
        Fitted<RepeatBuying> mbg = RepeatBuyingFit.of(CdnowBuyers.known(everybody, "1997-09-30"), Family.MBG, 1);
        RepeatBuying repeat = ScoringModel.shipped().buying().repeat();
        assertThat(mbg.logLikelihood()).isEqualTo(-142_694.57, within(.01));
        assertParameters(mbg.parameters(), repeat.r(), repeat.alphaDays(), repeat.a(), repeat.b(), 5e-3);

        List<DecayedFit.Window> windows = new ArrayList<>();
        for (String day : List.of("1997-05-27", "1997-07-01", "1997-08-05")) {
            windows.add(new DecayedFit.Window(CdnowBuyers.day(day), CdnowBuyers.day("1997-09-30")));
        }
        DecayedBuying model = DecayedFit.of(List.copyOf(everybody), windows).parameters();
        DecayedBuying decayed = ScoringModel.shipped().buying().decayed();
        assertThat(model.r()).isEqualTo(decayed.r(), within(5e-4));
        assertThat(model.alphaDays()).isEqualTo(decayed.alphaDays(), within(.05));
        assertThat(model.lambdaPerDay()).isEqualTo(decayed.lambdaPerDay(), within(5e-6));
    }

    // ---- from events to repeats, spans and ages

    /** lifetimes' example, by days. */
    @Test
    void holdOutsOfSixCustomers() {
        Map<Integer, Buyer> buyers = Map.of(
                1, buyer("2015-01-01", "2015-02-06"),
                2, buyer("2015-01-01"),
                3, buyer("2015-01-01", "2015-01-02", "2015-01-05"),
                4, buyer("2015-01-16", "2015-02-02", "2015-02-05"),
                5, buyer("2015-01-16", "2015-01-17", "2015-01-18"),
                6, buyer("2015-02-02"));
        long cut = CdnowBuyers.day("2015-02-01");
        assertThat(holdOut(buyers.get(1), "2015-02-01", "2015-02-07")).isEqualTo(1);
        assertThat(holdOut(buyers.get(2), "2015-02-01", "2015-02-07")).isZero();
        assertThat(holdOut(buyers.get(1), "2015-02-01", "2015-02-04")).isZero();
        assertThat(holdOut(buyers.get(4), "2015-02-01", "2015-02-04")).isEqualTo(1);
        assertThat(buyers.get(3).at(cut).repeats()).isEqualTo(2);
        assertThat(buyers.get(3).at(cut).spanDays()).isEqualTo(4);
        assertThat(CdnowBuyers.known(buyers.values(), "2015-02-01")).hasSize(5);
    }

    /** CLVTools: an order on the day of the split is no hold-out order. */
    @Test
    void holdOutsOfTheSample() throws IOException {
        Map<String, Buyer> sample = CdnowBuyers.sample();
        assertThat(sample).hasSize(2357);
        assertThat(holdOut(sample.get("0001"), "1998-01-01", "1998-06-30")).isZero();
        assertThat(holdOut(sample.get("1000"), "1998-01-01", "1998-06-30")).isEqualTo(3);
        assertThat(holdOut(sample.get("1056"), "1998-01-01", "1998-06-30")).isEqualTo(3);
    }

    /** The published summary, from the orders that it sums up. */
    @Test
    void theSampleFromItsOrders() throws IOException {
        List<Buyer.Sample> known = CdnowBuyers.known(CdnowBuyers.sample().values(), "1997-09-30");
        List<CdnowSample> published = CdnowSample.exact();
        for (int i = 0; i < published.size(); i++) {
            assertThat(known.get(i).repeats()).isEqualTo(published.get(i).repeats());
            assertThat(known.get(i).spanDays() / 7).isEqualTo(published.get(i).span(), within(1e-6));
            assertThat(known.get(i).silenceDays() / 7)
                    .isEqualTo(published.get(i).silence(), within(1e-6));
        }
    }

    private static int holdOut(Buyer buyer, String after, String until) {
        return buyer.occasions(CdnowBuyers.day(after), CdnowBuyers.day(until));
    }

    private static Buyer buyer(String... days) {
        return CdnowBuyers.buyer(Arrays.stream(days).mapToLong(CdnowBuyers::day).toArray());
    }

    private static void assertParameters(RepeatBuying model, double r, double alpha, double a, double b, double near) {
        assertThat(new double[] {model.r(), model.alphaDays(), model.a(), model.b()})
                .containsExactly(new double[] {r, alpha, a, b}, within(near));
    }

    private static List<Buyer.Sample> samples(List<CdnowSample> sample) {
        return sample.stream()
                .map(c -> new Buyer.Sample(c.repeats() + 1, c.repeats(), c.span(), c.silence(), 0, 0, 0, 0))
                .toList();
    }

    private static double sum(List<CdnowSample> sample, ToDoubleFunction<CdnowSample> of) {
        return sample.stream().mapToDouble(of).sum();
    }
}

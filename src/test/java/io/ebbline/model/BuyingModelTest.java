package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.RepeatBuying.Family;
import java.util.function.LongPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BuyingModelTest {

    private static final long DAY = 86_400_000;
    private static final long CENTURY = 36_525 * DAY;

    private static final BuyingModel MODEL = BuyingModel.shipped();

    private static final BuyingModel REGULAR =
            new BuyingModel(new RepeatBuying(Family.MBG, 3, 1.5, 20, .8, 4), new DecayedBuying(.5, 40, .06), 14 * DAY);

    /** Slopes like those of real histories, and half-lives of any length. */
    private static final BuyingLayer LAYER = new BuyingLayer(-.4, .4, .3, -.3, .7, .2, .15, 364 * DAY, 91 * DAY, 3_500);

    private static final BuyingModel LAYERED =
            new BuyingModel(MODEL.repeat(), MODEL.decayed(), MODEL.horizonMillis(), LAYER);

    private static final BuyingModel LAYERED_REGULAR = new BuyingModel(
            REGULAR.repeat(),
            REGULAR.decayed(),
            REGULAR.horizonMillis(),
            new BuyingLayer(1.5, 1.4, 0, .2, .3, 0, -.5, 60 * DAY, 5 * DAY, 100));

    /** What is known of a customer, and a threshold. */
    record Case(Evidence evidence, long fromMillis, double q) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Long> repeats = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 12), Arbitraries.longs().between(0, 1000));
        Arbitrary<Double> freshness = Arbitraries.doubles().between(0, 1).ofScale(9);
        Arbitrary<Long> spans = Arbitraries.longs().between(0, 800 * DAY);
        Arbitrary<Long> starts =
                Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().between(0, 400 * DAY));
        Arbitrary<Double> thresholds = Arbitraries.oneOf(
                Arbitraries.doubles().between(.01, .99).ofScale(9),
                Arbitraries.doubles().between(.2, .6).ofScale(9));
        return Combinators.combine(repeats, freshness, spans, starts, thresholds)
                .as((x, fresh, span, from, q) -> new Case(evidence(x, fresh, span), from, q));
    }

    /** As fresh as the repeats are, so are spend and units large: from nothing to 1,000 money units. */
    private static Evidence evidence(long repeats, double fresh, long span) {
        double spend = fresh < .1 ? 0 : 3.5 * StrictMath.pow(10, 6 * fresh);
        return new Evidence(
                repeats,
                span,
                repeats == 0 ? 0 : 1 + (repeats - 1) * fresh,
                repeats == 0 ? 0 : 1 + (repeats - 1) * StrictMath.sqrt(fresh),
                spend,
                10 * fresh * fresh);
    }

    @Property
    void pBuyIsTheMeanOfBothModels(@ForAll("cases") Case some) {
        Evidence known = some.evidence;
        double span = known.spanMillis() / 864e5;
        double silence = some.fromMillis / 864e5;
        double one = MODEL.repeat().pBuy(known.repeats(), span, silence, 182);
        double other = MODEL.decayed().pBuy(known.decayedRepeats(), span, silence, 182);
        assertThat(MODEL.pBuy(known, some.fromMillis)).isEqualTo((one + other) / 2, within(1e-15));
        assertThat(MODEL.pAlive(known.repeats(), known.spanMillis(), some.fromMillis))
                .isEqualTo(MODEL.repeat().pAlive(known.repeats(), span, silence));
    }

    // ---- the layer

    @Property
    void withALayerPBuyIsTheMeanOfItsChanceAndOfThatMean(@ForAll("cases") Case some) {
        Evidence known = some.evidence;
        double span = known.spanMillis() / 864e5;
        double silence = some.fromMillis / 864e5;
        double one = MODEL.repeat().pBuy(known.repeats(), span, silence, 182);
        double other = MODEL.decayed().pBuy(known.decayedRepeats(), span, silence, 182);
        double z = -.4
                + .4 * Math.log((one + .02) / (1.02 - one))
                + .3 * Math.log((other + .02) / (1.02 - other))
                - .3 * Math.log(1 + known.repeats())
                + .7 * Math.log(.05 + known.recentRepeats() * Math.pow(.5, silence / 364))
                + .2 * Math.log(1 + known.recentSpendMinor() * Math.pow(.5, silence / 91) / 3_500)
                + .15 * Math.log(1 + known.unitsPerOccasion());
        double expected = .5 / (1 + Math.exp(-z)) + .25 * (one + other);
        assertThat(LAYERED.pBuy(known, some.fromMillis)).isEqualTo(expected, within(1e-12));
    }

    @Property(tries = 3_000)
    void withALayerItFallsInSilence(@ForAll("cases") Case some, @ForAll @LongRange(max = 3_000_000_000L) long more) {
        assertThat(LAYERED.pBuy(some.evidence, some.fromMillis + more))
                .isLessThanOrEqualTo(LAYERED.pBuy(some.evidence, some.fromMillis))
                .isBetween(0.0, 1.0);
    }

    @Test
    void slopesUnderWhichAChanceWouldRiseInSilenceAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyingLayer(0, 1, 1, 0, -.1, 0, 0, DAY, DAY, 1))
                .withMessage("layer.recentRepeats is -0.1: it must be 0 or more and finite, or the chance would rise in"
                        + " silence; leave the term out and fit anew.");
        assertThatIllegalArgumentException().isThrownBy(() -> new BuyingLayer(0, -1, 1, 0, 0, 0, 0, DAY, DAY, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyingLayer(0, 1, Double.NaN, 0, 0, 0, 0, DAY, DAY, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BuyingLayer(0, 1, 1, 0, 0, -1, 0, DAY, DAY, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyingLayer(0, 1, 1, 0, 0, 0, 0, DAY, DAY - 1, 1))
                .withMessage("layer.spendHalfLifeMillis is 86399999: it must be a day (86400000) or more.");
        assertThatIllegalArgumentException().isThrownBy(() -> new BuyingLayer(0, 1, 1, 0, 0, 0, 0, DAY, DAY, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyingLayer(Double.NaN, 1, 1, 0, 0, 0, 0, DAY, DAY, 1))
                .withMessage("layer.intercept is NaN: it must be finite; fit the model anew.");
    }

    // ---- crossings

    @Property(tries = 20_000)
    void pBuyCrossesWhereBisectionSays(@ForAll("cases") Case some) {
        for (BuyingModel model : new BuyingModel[] {MODEL, LAYERED}) {
            long expected = bisect(silence -> model.pBuy(some.evidence, silence) < some.q, some.fromMillis);
            assertThat(model.fallsBelow(some.q, some.evidence, some.fromMillis)).isEqualTo(expected);
        }
    }

    @Property(tries = 20_000)
    void pAliveCrossesWhereBisectionSays(@ForAll("cases") Case some) {
        for (BuyingModel model : new BuyingModel[] {MODEL, REGULAR}) {
            long repeats = some.evidence.repeats();
            long span = some.evidence.spanMillis();
            long expected = bisect(silence -> model.pAlive(repeats, span, silence) < some.q, some.fromMillis);
            assertThat(model.aliveFallsBelow(some.q, repeats, span, some.fromMillis))
                    .isEqualTo(expected);
        }
    }

    /** The naive way. */
    private static long bisect(LongPredicate below, long from) {
        if (below.test(from)) {
            return from;
        }
        if (!below.test(CENTURY)) {
            return Long.MAX_VALUE;
        }
        long no = from;
        long yes = CENTURY;
        while (yes - no > 1) {
            long middle = (no + yes) / 2;
            if (below.test(middle)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return yes;
    }

    @Property(tries = 3_000)
    void withRegularGapsItStaysBelowFromTheCrossingOn(@ForAll("cases") Case some) {
        for (BuyingModel model : new BuyingModel[] {REGULAR, LAYERED_REGULAR}) {
            long found = model.fallsBelow(some.q, some.evidence, some.fromMillis);
            if (found > some.fromMillis) {
                long end = Math.min(found, CENTURY);
                assertThat(model.pBuy(some.evidence, end - 1)).isGreaterThanOrEqualTo(some.q);
            }
            if (found <= CENTURY) {
                for (int i = 0; i < 1000; i++) {
                    long later = found + (long) (some.evidence.spanMillis() * 1e-5 + DAY) * i;
                    assertThat(model.pBuy(some.evidence, later)).isLessThan(some.q);
                }
            }
        }
    }

    /** The analytic slope is what crossings are guessed with. */
    @Property(tries = 2_000)
    void theSlopeIsThatOfTheCurve(@ForAll("cases") Case some) {
        for (BuyingModel model : new BuyingModel[] {LAYERED, LAYERED_REGULAR}) {
            Crossing.Curve curve = model.curve(some.evidence);
            double day = some.fromMillis / 864e5 + 1;
            double step = 1e-3;
            double rise = curve.at(day + step).value() - curve.at(day - step).value();
            assertThat(curve.at(day).slope()).isEqualTo(rise / (2 * step), within(1e-4 * Math.abs(rise / step) + 1e-9));
        }
    }

    /** Weekly buyers: at the purchase the next one is a week off, and the chance of one within two days is small. */
    @Test
    void aChanceThatRisesAgainIsNotTakenForLost() {
        BuyingModel weekly =
                new BuyingModel(new RepeatBuying(Family.MBG, 4, 4, 7, .8, 20), new DecayedBuying(.5, 40, 2), 2 * DAY);
        Evidence known = new Evidence(50, 350 * DAY, 1, 40, 0, 1);
        double q = .15;
        assertThat(weekly.pBuy(known, DAY)).isLessThan(q);
        assertThat(weekly.pBuy(known, 7 * DAY)).isGreaterThan(q);
        long found = weekly.fallsBelow(q, known, DAY);
        assertThat(found).isGreaterThan(7 * DAY);
        assertThat(weekly.pBuy(known, found)).isLessThan(q);
        assertThat(weekly.pBuy(known, found - 1)).isGreaterThanOrEqualTo(q);
        assertThat(weekly.fallsBelow(.9, known, DAY)).isEqualTo(DAY);
    }

    @Property
    void whoIsBelowAlreadyCrossesAtOnce(
            @ForAll @DoubleRange(min = .9, max = .99) double q, @ForAll @LongRange(max = 3_000_000_000L) long from) {
        assertThat(MODEL.fallsBelow(q, new Evidence(0, 0, 0, 0, 0, 1), from)).isEqualTo(from);
    }

    @Test
    void aThresholdBelowWhatIsLeftOfAnyoneIsNeverCrossed() {
        assertThat(MODEL.fallsBelow(.05, new Evidence(3, 50 * DAY, 2, 2, 0, 1), 0))
                .isEqualTo(Long.MAX_VALUE);
        BuyingModel bg = new BuyingModel(
                new RepeatBuying(Family.BG, 1, .243, 31, .793, 2.426), MODEL.decayed(), MODEL.horizonMillis());
        assertThat(bg.aliveFallsBelow(.5, 0, 0, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void extremesAreAnswered() {
        for (BuyingModel model : new BuyingModel[] {MODEL, REGULAR, LAYERED, LAYERED_REGULAR}) {
            for (long repeats : new long[] {0, 1, 1000, 1_000_000_000, Long.MAX_VALUE}) {
                for (long span : new long[] {0, 1, DAY, CENTURY, Long.MAX_VALUE}) {
                    for (long from : new long[] {0, 1, DAY, CENTURY, Long.MAX_VALUE}) {
                        for (double q : new double[] {1e-300, .01, .5, .99, 1 - 1e-16}) {
                            double much = Math.min(repeats, 1e6);
                            Evidence known = new Evidence(repeats, span, much, much, much * 1e13, much * 1e13);
                            assertThat(model.fallsBelow(q, known, from)).isGreaterThanOrEqualTo(from);
                            assertThat(model.aliveFallsBelow(q, repeats, span, from))
                                    .isGreaterThanOrEqualTo(from);
                        }
                    }
                }
            }
        }
    }

    @Test
    void horizonsAndThresholdsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BuyingModel(MODEL.repeat(), MODEL.decayed(), 0))
                .withMessage("horizonMillis is 0: it must be positive, 26 weeks for instance.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.fallsBelow(0, new Evidence(1, 1, 1, 1, 1, 1), 1))
                .withMessage("The threshold is 0.0: choose a probability above 0 and below 1.");
        assertThatIllegalArgumentException().isThrownBy(() -> MODEL.aliveFallsBelow(1, 1, 1, 1));
    }
}

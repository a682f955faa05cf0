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

    /** What is known of a customer, and a threshold. */
    record Case(long repeats, double decayedCount, long spanMillis, long fromMillis, double q) {}

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
                .as((x, fresh, span, from, q) -> new Case(x, x == 0 ? 0 : 1 + (x - 1) * fresh, span, from, q));
    }

    @Property
    void pBuyIsTheMeanOfBothModels(@ForAll("cases") Case some) {
        double one = MODEL.repeat().pBuy(some.repeats, some.spanMillis / 864e5, some.fromMillis / 864e5, 182);
        double other = MODEL.decayed().pBuy(some.decayedCount, some.spanMillis / 864e5, some.fromMillis / 864e5, 182);
        assertThat(MODEL.pBuy(some.repeats, some.decayedCount, some.spanMillis, some.fromMillis))
                .isEqualTo((one + other) / 2, within(1e-15));
        assertThat(MODEL.pAlive(some.repeats, some.spanMillis, some.fromMillis))
                .isEqualTo(MODEL.repeat().pAlive(some.repeats, some.spanMillis / 864e5, some.fromMillis / 864e5));
    }

    // ---- crossings

    @Property(tries = 20_000)
    void pBuyCrossesWhereBisectionSays(@ForAll("cases") Case some) {
        long expected = bisect(
                silence -> MODEL.pBuy(some.repeats, some.decayedCount, some.spanMillis, silence) < some.q,
                some.fromMillis);
        assertThat(MODEL.fallsBelow(some.q, some.repeats, some.decayedCount, some.spanMillis, some.fromMillis))
                .isEqualTo(expected);
    }

    @Property(tries = 20_000)
    void pAliveCrossesWhereBisectionSays(@ForAll("cases") Case some) {
        for (BuyingModel model : new BuyingModel[] {MODEL, REGULAR}) {
            long expected =
                    bisect(silence -> model.pAlive(some.repeats, some.spanMillis, silence) < some.q, some.fromMillis);
            assertThat(model.aliveFallsBelow(some.q, some.repeats, some.spanMillis, some.fromMillis))
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
        long found = REGULAR.fallsBelow(some.q, some.repeats, some.decayedCount, some.spanMillis, some.fromMillis);
        long end = Math.min(found, CENTURY);
        if (found > some.fromMillis) {
            assertThat(pBuyRegular(some, end - 1)).isGreaterThanOrEqualTo(some.q);
        }
        if (found <= CENTURY) {
            for (int i = 0; i < 1000; i++) {
                assertThat(pBuyRegular(some, found + (long) (some.spanMillis * 1e-5 + DAY) * i))
                        .isLessThan(some.q);
            }
        }
    }

    private static double pBuyRegular(Case some, long silence) {
        return REGULAR.pBuy(some.repeats, some.decayedCount, some.spanMillis, silence);
    }

    /** Weekly buyers: at the purchase the next one is a week off, and the chance of one within two days is small. */
    @Test
    void aChanceThatRisesAgainIsNotTakenForLost() {
        BuyingModel weekly =
                new BuyingModel(new RepeatBuying(Family.MBG, 4, 4, 7, .8, 20), new DecayedBuying(.5, 40, 2), 2 * DAY);
        long repeats = 50;
        long span = 350 * DAY;
        double q = .15;
        assertThat(weekly.pBuy(repeats, 1, span, DAY)).isLessThan(q);
        assertThat(weekly.pBuy(repeats, 1, span, 7 * DAY)).isGreaterThan(q);
        long found = weekly.fallsBelow(q, repeats, 1, span, DAY);
        assertThat(found).isGreaterThan(7 * DAY);
        assertThat(weekly.pBuy(repeats, 1, span, found)).isLessThan(q);
        assertThat(weekly.pBuy(repeats, 1, span, found - 1)).isGreaterThanOrEqualTo(q);
        assertThat(weekly.fallsBelow(.9, repeats, 1, span, DAY)).isEqualTo(DAY);
    }

    @Property
    void whoIsBelowAlreadyCrossesAtOnce(
            @ForAll @DoubleRange(min = .9, max = .99) double q, @ForAll @LongRange(max = 3_000_000_000L) long from) {
        assertThat(MODEL.fallsBelow(q, 0, 0, 0, from)).isEqualTo(from);
    }

    @Test
    void aThresholdBelowWhatIsLeftOfAnyoneIsNeverCrossed() {
        assertThat(MODEL.fallsBelow(.05, 3, 2, 50 * DAY, 0)).isEqualTo(Long.MAX_VALUE);
        BuyingModel bg = new BuyingModel(
                new RepeatBuying(Family.BG, 1, .243, 31, .793, 2.426), MODEL.decayed(), MODEL.horizonMillis());
        assertThat(bg.aliveFallsBelow(.5, 0, 0, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void extremesAreAnswered() {
        for (BuyingModel model : new BuyingModel[] {MODEL, REGULAR}) {
            for (long repeats : new long[] {0, 1, 1000, 1_000_000_000, Long.MAX_VALUE}) {
                for (long span : new long[] {0, 1, DAY, CENTURY, Long.MAX_VALUE}) {
                    for (long from : new long[] {0, 1, DAY, CENTURY, Long.MAX_VALUE}) {
                        for (double q : new double[] {1e-300, .01, .5, .99, 1 - 1e-16}) {
                            assertThat(model.fallsBelow(q, repeats, Math.min(repeats, 1e6), span, from))
                                    .isGreaterThanOrEqualTo(from);
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
                .isThrownBy(() -> MODEL.fallsBelow(0, 1, 1, 1, 1))
                .withMessage("The threshold is 0.0: choose a probability above 0 and below 1.");
        assertThatIllegalArgumentException().isThrownBy(() -> MODEL.aliveFallsBelow(1, 1, 1, 1));
    }
}

package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.DecayRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The trend against sums over the plain list of weights. */
class TrendTest {

    private static final DecayRules RULES = DecayRules.shipped();
    private static final double FAST_PER_DAY = Math.log(2) / 21;
    private static final double SLOW_PER_DAY = Math.log(2) / 91;

    private record Weight(double weight, long time) {}

    private static Trend trend(List<Weight> weights) {
        Trend trend = new Trend();
        weights.forEach(w -> trend.add(w.weight, w.time, RULES));
        return trend;
    }

    /** Weights in no order of time. */
    private static List<Weight> weights(long seed, int size) {
        Random random = new Random(seed);
        List<Weight> weights = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            weights.add(new Weight(0.01 + 100 * random.nextDouble(), day(random.nextDouble() * 300)));
        }
        return weights;
    }

    private static double sum(List<Weight> weights, double perDay, long asOf) {
        return weights.stream()
                .mapToDouble(w -> w.weight * Math.exp(-perDay * (asOf - w.time) / DAY))
                .sum();
    }

    private static double ratio(List<Weight> weights, long asOf) {
        return FAST_PER_DAY * sum(weights, FAST_PER_DAY, asOf) / (SLOW_PER_DAY * sum(weights, SLOW_PER_DAY, asOf));
    }

    private static long newest(List<Weight> weights) {
        return weights.stream().mapToLong(Weight::time).max().orElseThrow();
    }

    @Property
    void bothSumsAreWhatIsLeftOfEachWeightWhateverTheOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int size) {
        List<Weight> weights = weights(seed, size);
        Trend trend = trend(weights);
        long newest = newest(weights);
        assertThat(trend.at()).isEqualTo(newest);
        assertThat(trend.count()).isEqualTo(size);
        assertThat(trend.fast()).isCloseTo(sum(weights, FAST_PER_DAY, newest), within(1e-9 * trend.fast()));
        assertThat(trend.slow()).isCloseTo(sum(weights, SLOW_PER_DAY, newest), within(1e-9 * trend.slow()));
    }

    @Property
    void theRatioIsThatOfTheRates(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int size,
            @ForAll @IntRange(max = 300) int silence) {
        List<Weight> weights = weights(seed, size);
        long asOf = newest(weights) + silence * DAY;
        double expected = ratio(weights, asOf);
        assertThat(trend(weights).ratio(asOf, RULES)).isCloseTo(expected, within(1e-9 * expected));
    }

    @Property
    void theFallComesWithinAMillisecondOfTheCrossing(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int size,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double level) {
        List<Weight> weights = weights(seed, size);
        Trend trend = trend(weights);
        long above = newest(weights);
        long below = above + 2_000 * DAY;
        if (ratio(weights, above) < level) {
            assertThat(trend.fallsBelow(level, RULES)).isEqualTo(above);
            return;
        }
        while (below - above > 1) {
            long middle = above + (below - above) / 2;
            if (trend.ratio(middle, RULES) < level) {
                below = middle;
            } else {
                above = middle;
            }
        }
        assertThat(trend.fallsBelow(level, RULES)).isBetween(below - 1, below + 1);
    }

    @Test
    void aSteadyRateHasARatioOfAboutOne() {
        List<Weight> weights = new ArrayList<>();
        for (int i = 0; i < 10 * 365; i++) {
            weights.add(new Weight(7, day(i)));
        }
        assertThat(trend(weights).ratio(day(10 * 365 - 0.5), RULES)).isCloseTo(1, within(0.001));
    }

    @Test
    void aYoungSteadyRateErrsToTheHighSide() {
        List<Weight> weights = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            weights.add(new Weight(1, day(i)));
            assertThat(trend(weights).ratio(day(i + 1), RULES)).isGreaterThan(1);
        }
    }

    @Test
    void whereThereWasNothingNothingFalls() {
        for (Trend trend : List.of(
                new Trend(),
                trend(List.of(new Weight(0, day(1)), new Weight(0, day(2)))),
                trend(List.of(new Weight(5, day(1)), new Weight(-50, day(2)))))) {
            assertThat(trend.ratio(day(3), RULES)).isNaN();
            assertThat(trend.fallsBelow(0.5, RULES)).isEqualTo(Profile.NO_DEADLINE);
        }
    }

    @Test
    void whoTookBackOfLateMoreThanTheyBoughtHasFallenAtOnce() {
        Trend trend = trend(List.of(new Weight(1_000, day(0)), new Weight(-100, day(200))));
        assertThat(trend.ratio(day(200), RULES)).isNegative();
        assertThat(trend.fallsBelow(0.5, RULES)).isEqualTo(day(200));
    }

    @Test
    void aFallBeyondTheEndOfTimeNeverComes() {
        Trend trend = new Trend();
        DecayRules alike = new DecayRules(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 1_000_000, 1, 1);
        trend.add(1, Long.MAX_VALUE / 2, alike);
        assertThat(trend.fallsBelow(0.5, alike)).isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void theFarEndOfTimeForgetsTheBeginning() {
        Trend trend = trend(List.of(new Weight(1, 0), new Weight(2, Long.MAX_VALUE / 2), new Weight(3, 5)));
        assertThat(trend.fast()).isEqualTo(2);
        assertThat(trend.slow()).isEqualTo(2);
    }
}

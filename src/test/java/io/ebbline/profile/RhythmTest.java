package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.Evidence;
import io.ebbline.model.ScoringModel;
import io.ebbline.testing.Shop;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The rhythm against what the plain list of order times says. */
class RhythmTest {

    private static final ScoringModel MODEL = ScoringModel.shipped();
    private static final double LAMBDA = MODEL.buying().decayed().lambdaPerDay();
    private static final double SLOW_TO = MODEL.churn().slowTo();
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Offset<Double> CLOSE = within(1e-9);

    private static Rhythm rhythm(List<Long> times, ZoneId zone) {
        Rhythm rhythm = new Rhythm();
        ShopClock clock = new ShopClock(zone);
        times.forEach(time -> rhythm.purchase(Shop.order("o", time, 100), true, clock, MODEL));
        return rhythm;
    }

    /** Order times in order, some of one day, from March on, so that London changes its offset. */
    private static List<Long> times(long seed, int size) {
        Random random = new Random(seed);
        List<Long> times = new ArrayList<>();
        long time = day(80);
        for (int i = 0; i < size; i++) {
            time += random.nextInt(3) == 0 ? random.nextInt(20) * DAY / 24 : (long) (random.nextDouble() * 40 * DAY);
            times.add(time);
        }
        return times;
    }

    /** Order times in order, each on a day of its own. */
    private static List<Long> days(long seed, int size) {
        Random random = new Random(seed);
        List<Long> times = new ArrayList<>();
        int day = 0;
        for (int i = 0; i < size; i++) {
            day += 1 + random.nextInt(15);
            times.add(day(day) + random.nextInt((int) DAY));
        }
        return times;
    }

    /** The first order of each local day. */
    private static List<Long> occasions(List<Long> times, ZoneId zone) {
        Map<LocalDate, Long> first = new TreeMap<>();
        for (long time : times) {
            first.merge(Instant.ofEpochMilli(time).atZone(zone).toLocalDate(), time, Math::min);
        }
        return List.copyOf(first.values());
    }

    private static double decayed(List<Long> occasions, long asOf) {
        return fading(occasions.subList(1, occasions.size()), asOf, LAMBDA);
    }

    private static double fading(List<Long> times, long asOf, double lambda) {
        return times.stream()
                .mapToDouble(time -> Math.exp(-lambda * (asOf - time) / DAY))
                .sum();
    }

    @Property
    void anOccasionIsALocalDayAndRepeatsFade(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        List<Long> times = times(seed, size);
        List<Long> occasions = occasions(times, LONDON);
        long last = times.get(size - 1);
        Rhythm rhythm = rhythm(times, LONDON);
        assertThat(rhythm.first()).isEqualTo(times.get(0));
        assertThat(rhythm.last()).isEqualTo(last);
        assertThat(rhythm.span()).isEqualTo(last - times.get(0));
        assertThat(rhythm.repeats()).isEqualTo(occasions.size() - 1);
        assertThat(rhythm.decayed()).isCloseTo(decayed(occasions, last), CLOSE);
        assertThat(rhythm.recent())
                .isCloseTo(fading(occasions.subList(1, occasions.size()), last, Math.log(2) / 364), CLOSE);
        assertThat(rhythm.spent()).isCloseTo(100 * fading(times, last, Math.log(2) / 364), CLOSE);
        assertThat(rhythm.evidence())
                .isEqualTo(new Evidence(
                        rhythm.repeats(),
                        rhythm.span(),
                        rhythm.decayed(),
                        rhythm.recent(),
                        rhythm.spent(),
                        (double) size / occasions.size()));
        assertThat(rhythm.fresh())
                .isEqualTo(MODEL.buying().pBuy(rhythm.evidence(), 0))
                .isEqualTo(rhythm.pBuy(MODEL, last));
    }

    /**
     * Page's sum: at each order add ln(likelihood of the gap at the slow rate / at the usual one), that is ln(slowTo) + (1 -
     * slowTo) x rate x gap for a Poisson process, and never go below 0. The rate is what the gaps before leave of it:
     * (r + x) / (alpha + tx).
     */
    @Property
    void theCusumIsPagesSum(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(max = 400) int silence) {
        List<Long> times = times(seed, size);
        double alpha = MODEL.buying().repeat().alphaDays();
        double r = MODEL.buying().repeat().r();
        double sum = 0;
        double rate = 0;
        long previous = times.get(0);
        for (int i = 0; i < size; i++) {
            List<Long> before = times.subList(0, i);
            int occasions = occasions(times.subList(0, i + 1), ZoneOffset.UTC).size();
            sum += (1 - SLOW_TO) * rate * (times.get(i) - previous) / DAY;
            if (i > 0 && occasions > occasions(before, ZoneOffset.UTC).size()) {
                sum = Math.max(0, sum + Math.log(SLOW_TO));
            }
            previous = times.get(i);
            rate = (r + occasions - 1) / (alpha + (double) (previous - times.get(0)) / DAY);
        }
        Rhythm rhythm = rhythm(times, ZoneOffset.UTC);
        assertThat(rhythm.cusum()).isCloseTo(sum, CLOSE);
        assertThat(rhythm.cusum(previous + silence * DAY, MODEL))
                .isCloseTo(sum + (1 - SLOW_TO) * rate * silence, CLOSE);
    }

    @Property
    void lateOrdersOfOtherDaysCountAsIfTheyHadComeInTime(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int size) {
        List<Long> times = days(seed, size);
        Random random = new Random(seed);
        List<Long> late = new ArrayList<>();
        List<Long> arrival = new ArrayList<>();
        for (long time : times.subList(0, size - 1)) {
            (random.nextInt(3) == 0 ? late : arrival).add(time);
        }
        arrival.add(times.get(size - 1));
        Collections.shuffle(late, random);
        arrival.addAll(late);
        Rhythm inTime = rhythm(times, ZoneOffset.UTC);
        Rhythm afterwards = rhythm(arrival, ZoneOffset.UTC);
        assertThat(afterwards.first()).isEqualTo(inTime.first());
        assertThat(afterwards.last()).isEqualTo(inTime.last());
        assertThat(afterwards.repeats()).isEqualTo(size - 1);
        assertThat(afterwards.decayed()).isCloseTo(inTime.decayed(), CLOSE);
        assertThat(afterwards.recent()).isCloseTo(inTime.recent(), CLOSE);
        assertThat(afterwards.spent()).isCloseTo(inTime.spent(), CLOSE);
        assertThat(afterwards.quantity()).isEqualTo(inTime.quantity());
        assertThat(afterwards.fresh()).isCloseTo(inTime.fresh(), CLOSE);
    }

    @Test
    void aLateOrderOfTheFirstOrTheLatestDayIsNoOccasion() {
        Rhythm rhythm = rhythm(List.of(day(1.5), day(9.5), day(9.2), day(1.7), day(1.1)), ZoneOffset.UTC);
        assertThat(rhythm.repeats()).isEqualTo(1);
        assertThat(rhythm.decayed()).isEqualTo(1);
        assertThat(rhythm.first()).isEqualTo(day(1.1));
        assertThat(rhythm.last()).isEqualTo(day(9.5));
    }

    @Test
    void moreLinesOfAnOrderAreSpendAndUnitsAndNoOccasion() {
        Rhythm rhythm = new Rhythm();
        ShopClock clock = new ShopClock(ZoneOffset.UTC);
        rhythm.purchase(Shop.order("a", day(0), 1_000), true, clock, MODEL);
        double fresh = rhythm.fresh();
        rhythm.purchase(Shop.order("a", day(364), 500), false, clock, MODEL);
        assertThat(rhythm.last()).isEqualTo(day(0));
        assertThat(rhythm.repeats()).isZero();
        assertThat(rhythm.fresh()).isEqualTo(fresh); // the shipped model has no layer that would know of spend
        // A half-life later half is left of the order, and all of the lines that came then.
        assertThat(rhythm.evidence()).isEqualTo(new Evidence(0, 0, 0, 0, rhythm.spent(), 2));
        assertThat(rhythm.spent() / 2).isCloseTo(1_000 / 2.0 + 500, CLOSE);
    }

    @Test
    void aPurchaseOfLessThanNothingLeavesNoSpend() {
        Rhythm rhythm = rhythm(List.of(day(0)), ZoneOffset.UTC);
        rhythm.purchase(Shop.order("o", day(1), -5_000), false, new ShopClock(ZoneOffset.UTC), MODEL);
        assertThat(rhythm.spent()).isNegative();
        assertThat(rhythm.evidence().recentSpendMinor()).isZero();
    }

    @Test
    void midnightIsTheShops() {
        List<Long> aroundMidnightInLondon = List.of(
                Instant.parse("2020-07-01T22:59:59.999Z").toEpochMilli(),
                Instant.parse("2020-07-01T23:00:00Z").toEpochMilli());
        assertThat(rhythm(aroundMidnightInLondon, LONDON).repeats()).isEqualTo(1);
        assertThat(rhythm(aroundMidnightInLondon, ZoneOffset.UTC).repeats()).isZero();
    }

    @Test
    void aCusumBegunAnewCountsFromTheLatestOccasion() {
        Rhythm rhythm = rhythm(List.of(day(0), day(10), day(90)), ZoneOffset.UTC);
        assertThat(rhythm.cusum()).isPositive();
        rhythm.restartCusum();
        assertThat(rhythm.cusum()).isZero();
        assertThat(rhythm.cusum(day(100), MODEL)).isCloseTo(10 * DAY * rhythm.slip(MODEL), CLOSE);
    }

    @Test
    void beforeTheLatestOccasionThereIsNoSilence() {
        Rhythm rhythm = rhythm(List.of(day(0), day(10)), ZoneOffset.UTC);
        assertThat(rhythm.silence(day(9))).isZero();
        assertThat(rhythm.silence(day(11))).isEqualTo(DAY);
    }

    @Test
    void theBeginningAndTheFarEndOfTimeAreOrderTimesToo() {
        Rhythm rhythm = rhythm(List.of(0L, Long.MAX_VALUE / 2), LONDON);
        assertThat(rhythm.repeats()).isEqualTo(1);
        assertThat(rhythm.decayed()).isEqualTo(1);
        assertThat(rhythm.fresh()).isBetween(0.0, 1.0);
        assertThat(rhythm.cusum()).isPositive().isFinite();
        assertThat(rhythm.pAlive(Shop.calm(), Long.MAX_VALUE - 1)).isBetween(0.0, 1.0);
    }
}

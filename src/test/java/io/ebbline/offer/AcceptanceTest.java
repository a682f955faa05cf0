package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Tick;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Exposure.Answer;
import io.ebbline.profile.Exposure.Step;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Profile;
import io.ebbline.state.AcceptanceCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    /** An offer that is shown on a day and accepted so many days later; negative: never. */
    private record Shown(String offerId, Pace pace, int day, int life, int after) {

        Exposure exposure(boolean answered) {
            long at = day * Tick.MILLIS;
            boolean accepted = answered && after >= 0;
            return new Exposure(
                    offerId,
                    pace,
                    at,
                    at + life * Tick.MILLIS,
                    Profile.NEVER,
                    accepted ? Answer.ACCEPTED : Answer.NONE,
                    accepted ? at + after * Tick.MILLIS : Profile.NEVER);
        }
    }

    private static TreeMap<Integer, Responses> days(List<Shown> all) {
        TreeMap<Integer, Responses> days = new TreeMap<>();
        for (Shown one : all) {
            on(days, one.day).add(Step.SHOWN, one.exposure(false));
            if (one.after >= 0) {
                on(days, one.day + one.after).add(Step.ACCEPTED, one.exposure(true));
            }
            on(days, one.day + one.life).add(Step.ENDED, one.exposure(true));
        }
        return days;
    }

    private static Responses on(TreeMap<Integer, Responses> days, int day) {
        return days.computeIfAbsent(day, d -> new Responses());
    }

    private static Acceptance fold(TreeMap<Integer, Responses> days, int until) {
        Acceptance acceptance = new Acceptance();
        days.headMap(until, true).forEach(acceptance::fold);
        return acceptance;
    }

    private static List<Shown> random(Random random, int number, int days, double hazard) {
        List<Shown> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int after = 0;
            while (after <= 7 && random.nextDouble() >= hazard) {
                after++;
            }
            all.add(new Shown("a", Pace.ONCE, random.nextInt(days), 7, after > 7 ? -1 : after));
        }
        return all;
    }

    /** Kaplan and Meier with faded counts, each of those who wait counted on each day by itself. */
    private static double naive(List<Shown> all, String offerId, Pace pace, int until) {
        double mean = hazard(all, null, -1, until, Acceptance.SMOOTHING * Acceptance.PRIOR, Acceptance.SMOOTHING);
        double usual = hazard(all, offerId, -1, until, Acceptance.SMOOTHING * mean, Acceptance.SMOOTHING);
        double came = Acceptance.FACTOR_SMOOTHING;
        double expected = Acceptance.FACTOR_SMOOTHING;
        double ownCame = 0;
        double ownExpected = 0;
        for (String each : List.of("a", "b")) {
            double eachUsual = hazard(all, each, -1, until, Acceptance.SMOOTHING * mean, Acceptance.SMOOTHING);
            for (Shown one : all) {
                if (one.offerId.equals(each) && one.pace == pace) {
                    for (int day = one.day; day <= Math.min(until, last(one)); day++) {
                        double fade = fade(day, until);
                        double hazard = fade
                                * hazard(
                                        all,
                                        each,
                                        day - one.day,
                                        until,
                                        Acceptance.SMOOTHING * eachUsual,
                                        Acceptance.SMOOTHING);
                        double accepted = day - one.day == one.after ? fade : 0;
                        came += accepted;
                        expected += hazard;
                        ownCame += each.equals(offerId) ? accepted : 0;
                        ownExpected += each.equals(offerId) ? hazard : 0;
                    }
                }
            }
        }
        double factor =
                (ownCame + Acceptance.FACTOR_SMOOTHING * came / expected) / (ownExpected + Acceptance.FACTOR_SMOOTHING);
        double waits = 1;
        for (int age = 0; age <= 7; age++) {
            waits *= 1 - factor * hazard(all, offerId, age, until, Acceptance.SMOOTHING * usual, Acceptance.SMOOTHING);
        }
        return 1 - waits;
    }

    private static int last(Shown one) {
        return one.day + (one.after >= 0 ? one.after : one.life);
    }

    private static double fade(int day, int until) {
        return Math.pow(.5, (until - day) / (double) AffinityRules.FEEDBACK_HALF_LIFE);
    }

    private static double hazard(
            List<Shown> all, @Nullable String offerId, int age, int until, double came, double waited) {
        for (Shown one : all) {
            if (offerId == null || one.offerId.equals(offerId)) {
                for (int day = one.day; day <= Math.min(until, last(one)); day++) {
                    if (age < 0 || day - one.day == age) {
                        waited += fade(day, until);
                        came += day - one.day == one.after ? fade(day, until) : 0;
                    }
                }
            }
        }
        return came / waited;
    }

    @Property(tries = 30)
    void isWhatCountingEveryDayOfEverybodyGives(@ForAll long seed) {
        Random random = new Random(seed);
        List<Shown> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int life = 7;
            all.add(new Shown(
                    random.nextBoolean() ? "a" : "b",
                    random.nextBoolean() ? Pace.ONCE : Pace.MONTH,
                    random.nextInt(12),
                    life,
                    random.nextInt(2 * life) - life));
        }
        all.add(new Shown("a", Pace.ONCE, 0, 7, 3));
        // Nothing happens on the day after, and it counts all the same.
        all.add(new Shown("b", Pace.ONCE, 0, 7, -1));
        TreeMap<Integer, Responses> days = days(all);
        for (int day : days.keySet()) {
            Acceptance.Estimate estimate = fold(days, day).estimate();
            for (String offerId : List.of("a", "b")) {
                assertThat(estimate.of(offerId, Pace.MONTH).mean())
                        .isCloseTo(naive(all, offerId, Pace.MONTH, day), within(1e-9));
            }
        }
    }

    /** Counted as soon as they are known, the accepted of three days would seem to be nearly all of those known. */
    @Test
    void whoHasNotAnsweredYetCountsFromTheFirstDay() {
        List<Shown> all = random(new Random(1), 20_000, 1, .03);
        double share = all.stream().filter(one -> one.after >= 0).count() / 20_000.0;
        TreeMap<Integer, Responses> days = days(all);

        for (int day = 1; day <= 7; day++) {
            Posterior chance = fold(days, day).estimate().of("a", Pace.ONCE);
            assertThat(chance.mean()).isCloseTo(share, within(.04));
        }
        assertThat(fold(days, 7).estimate().of("a", Pace.ONCE).mean()).isCloseTo(share, within(.005));
    }

    /** What is claimed to be known is known that well: standard scores have a variance of about one. */
    @Test
    void isAsSureAsItMayBe() {
        double truth = 1 - Math.pow(.95, 8);
        double sum = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            List<Shown> all = random(new Random(run), 400, 1, .05);
            Posterior chance = fold(days(all), 7).estimate().of("a", Pace.ONCE);
            double error = chance.mean() - truth;
            sum += error * error / chance.variance();
        }
        // Of a shrunken estimate less; doubted twice over (offer and pace), no more than twice less.
        assertThat(sum / runs).isBetween(.4, 1.3);
    }

    @Property(tries = 50)
    void partsAddUpHoweverTheyAreCutAndStored(@ForAll long seed) {
        Random random = new Random(seed);
        List<Shown> all = random(random, 60, 20, .1);
        TreeMap<Integer, Responses> whole = days(all);
        TreeMap<Integer, Responses> one = days(all.subList(0, 30));
        TreeMap<Integer, Responses> other = days(all.subList(30, 60));
        Acceptance acceptance = new Acceptance();
        for (int day : whole.keySet()) {
            Responses sum = new Responses();
            List.of(one, other).forEach(half -> {
                if (half.containsKey(day)) {
                    sum.merge(half.get(day));
                }
            });
            PackedWriter out = new PackedWriter();
            AcceptanceCodec.write(sum, out);
            Responses read = new Responses();
            AcceptanceCodec.readInto(read, new PackedReader(out.toBytes()));
            acceptance.fold(day, read);
            AcceptanceCodec.write(acceptance, out.reset());
            acceptance = new Acceptance();
            AcceptanceCodec.readInto(acceptance, new PackedReader(out.toBytes()));
        }
        Acceptance.Estimate expected = fold(whole, Integer.MAX_VALUE).estimate();
        for (Pace pace : Pace.values()) {
            assertThat(acceptance.estimate().of("a", pace)).isEqualTo(expected.of("a", pace));
        }
        assertThat(acceptance.offers().get("a").waiting()).isEmpty();
        assertThat(acceptance.offers().get("a").acceptedEver())
                .isEqualTo(all.stream().filter(shown -> shown.after >= 0).count());
    }

    @Test
    void ofTooManyOffersThoseGoThatLeastIsKnownOf() {
        Acceptance acceptance = new Acceptance();
        Responses day = new Responses();
        for (int i = 0; i <= Acceptance.CAPACITY; i++) {
            day.add("offer" + i, Pace.ONCE, 0, 7, i == 500 ? 1 : 2, 0, 0);
        }
        acceptance.fold(0, day);

        assertThat(acceptance.offers()).hasSize(Acceptance.CAPACITY).doesNotContainKey("offer500");
        assertThat(acceptance.news().stream().filter(MarketUpdate.Feedback::isGone))
                .extracting(MarketUpdate.Feedback::offerId)
                .containsExactly("offer500");
        Responses next = new Responses();
        next.add("offer500", Pace.ONCE, 0, 7, 0, 1, 0);
        acceptance.fold(1, next);
        assertThat(acceptance.offers()).hasSize(Acceptance.CAPACITY);
        assertThat(acceptance.news().stream().filter(MarketUpdate.Feedback::isGone))
                .extracting(MarketUpdate.Feedback::offerId)
                .containsExactly("offer500");
    }

    @Test
    void isForgottenByHalvesWhileNobodyIsShownIt() {
        Posterior fresh = new Posterior(30, 70);
        assertThat(fresh.asSureAs(50)).isEqualTo(new Posterior(15, 35));
        assertThat(fresh.asSureAs(200)).isEqualTo(fresh);
        assertThat(fresh.variance()).isCloseTo(.3 * .7 / 101, within(1e-12));
    }
}

package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Nothing of the future reaches the past: when everything after an instant is exchanged, the events of all customers and the
 * versions that take effect, then all that was said up to the instant stays as it was, byte for byte.
 */
class FutureTest {

    private static final int HISTORIES = 40;

    @Test
    void whatIsOfferedUpToAnInstantIsTheSameWhateverComesAfter() throws Exception {
        int said = 0;
        int different = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            OfferHistory history = OfferHistory.of(500 + seed);
            long instant = instant(new Random(seed));
            OfferHistory other = history.withOtherFuture(instant, 9_000 + seed);
            OffersSaid all = OffersSaid.expected(history);
            OffersSaid past = all.upTo(instant);
            // One goes tick by tick in memory, the other through the operators, some way or other.
            OffersSaid otherwise = new OfferSchedule(other, other.told(), seed, false).run();
            assertThat(otherwise.upTo(instant)).as("history " + seed).isEqualTo(past);
            said += past.size();
            different += otherwise.equals(all) ? 0 : 1;
        }
        assertThat(said).as("offers compared").isGreaterThan(500);
        assertThat(different).as("futures that are others").isEqualTo(HISTORIES);
    }

    @Test
    void whatScoringTellsUpToAnInstantIsTheSameWhateverComesAfter() {
        int told = 0;
        for (long seed = 0; seed < 4 * HISTORIES; seed++) {
            OfferHistory history = OfferHistory.of(500 + seed);
            long instant = instant(new Random(seed));
            List<OfferHistory.Told> past = upTo(history, instant);
            assertThat(upTo(history.withOtherFuture(instant, 9_000 + seed), instant))
                    .as("history " + seed)
                    .isEqualTo(past);
            told += past.size();
        }
        assertThat(told).as("effects compared").isGreaterThan(5_000);
    }

    /** The answer is that of the end of a run; {@link Effect.Changed} has each one of before. */
    private static List<OfferHistory.Told> upTo(OfferHistory history, long instant) {
        return history.effects().stream()
                .filter(one -> one.effect().asOf() <= instant && !(one.effect() instanceof Effect.Answer))
                .toList();
    }

    /** In the middle, now and then where one tick ends and another begins. */
    private static long instant(Random random) {
        long at = Records.day(8) + (long) (random.nextDouble() * 12 * Records.DAY);
        return random.nextInt(3) == 0 ? at - Math.floorMod(at, Records.DAY) - random.nextInt(2) : at;
    }
}

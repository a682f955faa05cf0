package io.ebbline.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The ids of recent events against a plain list of all of them. */
class SeenEventsTest {

    private static final long HORIZON = 1_000;

    private record Seen(long key, long time) {}

    /** Both kinds of memory, fed alike. */
    private static final class Pair {
        final SeenEvents seen = new SeenEvents();
        final List<Seen> all = new ArrayList<>();
        long now = 100_000;

        void add(long key, long time) {
            now = Math.max(now, time);
            seen.add(key, time, now - HORIZON);
            all.add(new Seen(key, time));
        }

        boolean expected(long key) {
            return all.stream().anyMatch(s -> s.key == key && s.time >= now - HORIZON);
        }

        boolean answered(long key) {
            return seen.contains(key, now - HORIZON);
        }

        void mustAgreeOn(long keys) {
            for (long key = 0; key < keys; key++) {
                assertThat(answered(key)).as("key %d at %d", key, now).isEqualTo(expected(key));
            }
        }
    }

    @Property(tries = 300)
    void itKnowsWhatAListOfTheHorizonKnows(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 300) int adds,
            @ForAll @IntRange(min = 1, max = 100) int keys,
            @ForAll @IntRange(min = 1, max = 200) int step) {
        Pair pair = new Pair();
        for (int i = 0; i < adds; i++) {
            boolean late = random.nextInt(5) == 0;
            long time = late ? pair.now - random.nextInt((int) HORIZON) : pair.now + random.nextInt(step);
            long key = random.nextInt(keys);
            assertThat(pair.answered(key)).isEqualTo(pair.expected(key));
            pair.add(key, time);
        }
        pair.mustAgreeOn(keys);
    }

    @Property(tries = 5)
    void itKnowsThousandsOfIds(@ForAll Random random) {
        Pair pair = new Pair();
        for (int i = 0; i < 3_000; i++) {
            long time = random.nextInt(50) == 0 ? pair.now - random.nextInt(500) : pair.now + random.nextInt(2);
            pair.add(i, time);
        }
        pair.mustAgreeOn(3_100);
    }

    @Test
    void anIdThatExpiredAndCameAgainIsKnownAgain() {
        Pair pair = new Pair();
        for (int key = 0; key < 40; key++) {
            pair.add(key, 100_000);
        }
        for (int key = 100; key < 116; key++) {
            pair.add(key, 101_001);
        }
        assertThat(pair.answered(0)).isFalse();
        pair.add(0, 101_001);
        assertThat(pair.answered(0)).isTrue();
    }

    @Test
    void whatWasSeenExactlyAtTheHorizonIsStillKnown() {
        SeenEvents seen = new SeenEvents();
        seen.add(7, 500, 0);
        assertThat(seen.contains(7, 500)).isTrue();
        assertThat(seen.contains(7, 501)).isFalse();
    }

    @Test
    void itsMemoryIsBoundedByTheHorizon() {
        SeenEvents seen = new SeenEvents();
        for (int i = 0; i < 100_000; i++) {
            seen.add(i, i, i - 100);
        }
        assertThat(seen.size()).isLessThan(512);
    }

    @Test
    void idsAreKeptInOrderOfTimeWhateverTheOrderOfArrival() {
        SeenEvents seen = new SeenEvents();
        for (long time : new long[] {5, 3, 9, 1, 7}) {
            seen.add(10 * time, time, 0);
        }
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            keys.add(seen.key(i));
        }
        assertThat(keys).containsExactly(10L, 30L, 50L, 70L, 90L);
    }
}

package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.profile.Profile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The bounded list against a map that is cut down to the latest. */
class TimedKeysTest {

    private static final int CAPACITY = 5;

    @Property
    void theLatestAreHeldEachAtItsLatestTime(
            @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> keys,
            @ForAll @Size(max = 60) List<@IntRange(max = 30) Integer> times) {
        TimedKeys held = new TimedKeys(CAPACITY);
        Map<Long, Long> naive = new HashMap<>();
        for (int i = 0; i < Math.min(keys.size(), times.size()); i++) {
            long key = keys.get(i);
            long time = times.get(i);
            if (key == 0) {
                held.forgetUntil(time);
                naive.values().removeIf(at -> at <= time);
            } else {
                held.add(key, time);
                naive.merge(key, time, Math::max);
                cut(naive);
            }
            assertThat(held.size()).isEqualTo(naive.size());
            for (long any = 1; any < 10; any++) {
                assertThat(held.last(any)).isEqualTo(naive.getOrDefault(any, Profile.NEVER));
            }
            for (int j = 1; j < held.size(); j++) {
                assertThat(held.time(j)).isGreaterThanOrEqualTo(held.time(j - 1));
            }
        }
    }

    private static void cut(Map<Long, Long> naive) {
        if (naive.size() > CAPACITY) {
            long oldest = naive.entrySet().stream()
                    .min(Map.Entry.<Long, Long>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                    .orElseThrow()
                    .getKey();
            naive.remove(oldest);
        }
    }
}

package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The write-back cache against the store that it stands in front of. */
class CustomerCacheTest {

    /** A store that hands out copies, as one that serializes does, and keeps a diary. */
    private static final class Box implements CustomerCache.Store<int[]> {
        private final Map<String, Integer> stored = new HashMap<>();
        private final List<String> loads = new ArrayList<>();
        private final List<String> stores = new ArrayList<>();

        @Override
        public int[] load(String key) {
            loads.add(key);
            return new int[] {stored.getOrDefault(key, 0)};
        }

        @Override
        public boolean store(String key, int[] value) {
            stores.add(key);
            if (value[0] == 0) {
                stored.remove(key);
                return false;
            }
            stored.put(key, value[0]);
            return true;
        }
    }

    private enum What {
        LOOK,
        CHANGE,
        CLEAR,
        FLUSH
    }

    private record Action(What what, String key) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<What> what =
                Arbitraries.of(What.LOOK, What.LOOK, What.CHANGE, What.CHANGE, What.CHANGE, What.CLEAR, What.FLUSH);
        return Combinators.combine(what, Arbitraries.of("a", "b", "c", "d", "e"))
                .as(Action::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void whateverIsDoneItAnswersAsAPlainMapWould(
            @ForAll("actions") List<Action> actions, @ForAll @IntRange(min = 1, max = 3) int capacity)
            throws Exception {
        Box box = new Box();
        CustomerCache<int[]> cache = new CustomerCache<>(capacity, box);
        Map<String, Integer> plain = new HashMap<>();
        Set<String> cleared = new HashSet<>(); // Of these nothing is kept: they leave with the next flush.
        for (Action action : actions) {
            if (action.what == What.FLUSH) {
                cache.flush();
                assertThat(box.stored).isEqualTo(plain);
                for (String key : List.of("a", "b", "c", "d", "e")) {
                    CustomerCache.Entry<int[]> entry = cache.peek(key);
                    assertThat(entry == null || !cleared.contains(key)).isTrue();
                }
                cleared.clear();
            } else {
                if (cache.peek(action.key) == null) {
                    cleared.remove(action.key); // Stored when it was evicted.
                }
                CustomerCache.Entry<int[]> entry = cache.get(action.key);
                assertThat(entry.key()).isEqualTo(action.key);
                assertThat(entry.value()[0]).isEqualTo(plain.getOrDefault(action.key, 0));
                if (action.what == What.CHANGE) {
                    entry.value()[0]++;
                    entry.changed();
                    plain.merge(action.key, 1, Integer::sum);
                    cleared.remove(action.key);
                } else if (action.what == What.CLEAR) {
                    entry.value()[0] = 0;
                    entry.changed();
                    plain.remove(action.key);
                    cleared.add(action.key);
                }
            }
            assertThat(cache.size()).isLessThanOrEqualTo(capacity);
        }
        cache.flush();
        assertThat(box.stored).isEqualTo(plain);
    }

    @Property
    void aValueIsStoredOnlyIfItChangedAndLoadedOnlyIfItIsNotCached(
            @ForAll("actions") List<Action> actions, @ForAll @IntRange(min = 1, max = 3) int capacity)
            throws Exception {
        Box box = new Box();
        CustomerCache<int[]> cache = new CustomerCache<>(capacity, box);
        Set<String> unsaved = new HashSet<>();
        for (Action action : actions) {
            boolean cached = cache.peek(action.key) != null;
            box.loads.clear();
            box.stores.clear();
            if (action.what == What.FLUSH) {
                int stored = cache.flush();
                assertThat(stored).isEqualTo(box.stores.size());
                assertThat(box.stores).containsExactlyInAnyOrderElementsOf(unsaved);
                unsaved.clear();
            } else {
                CustomerCache.Entry<int[]> entry = cache.get(action.key);
                assertThat(box.loads).isEqualTo(cached ? List.of() : List.of(action.key));
                assertThat(unsaved).containsAll(box.stores);
                assertThat(box.stores).hasSizeLessThanOrEqualTo(cached ? 0 : 1);
                box.stores.forEach(unsaved::remove);
                if (action.what == What.CHANGE || action.what == What.CLEAR) {
                    entry.changed();
                    unsaved.add(action.key);
                }
            }
        }
    }

    @Test
    void whatWasUsedSinceTheHandLastPassedGetsASecondChance() throws Exception {
        CustomerCache<int[]> cache = new CustomerCache<>(3, new Box());
        for (String key : List.of("a", "b", "c", "d")) {
            cache.get(key); // The hand goes round: a leaves, b and c have spent their chance.
        }
        cache.get("b");
        cache.get("e");
        assertThat(cache.peek("b")).isNotNull();
        assertThat(cache.peek("d")).isNotNull();
        assertThat(cache.peek("c")).isNull();
    }

    @Test
    void aPeekIsNoUse() throws Exception {
        CustomerCache<int[]> cache = new CustomerCache<>(3, new Box());
        for (String key : List.of("a", "b", "c", "d")) {
            cache.get(key);
        }
        cache.peek("b");
        cache.get("e");
        assertThat(cache.peek("b")).isNull();
        assertThat(cache.peek("c")).isNotNull();
    }

    @Test
    void withoutAConfiguredCapacityItTakesItsShareOfAQuarterOfTheHeap() {
        long gigabyte = 1L << 30;
        assertThat(CustomerCache.capacity(7, gigabyte, 2)).isEqualTo(7);
        assertThat(CustomerCache.capacity(0, 4 * gigabyte, 2))
                .isEqualTo(CustomerCache.capacity(0, 2 * gigabyte, 1))
                .isBetween(100_000, 1_000_000);
        assertThat(CustomerCache.capacity(0, 1, 64)).isEqualTo(1_000);
    }

    @Test
    void aCacheWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new CustomerCache<>(0, new Box())).isInstanceOf(IllegalArgumentException.class);
    }
}

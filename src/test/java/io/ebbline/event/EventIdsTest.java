package io.ebbline.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ids that consumers have stored: they must never change. The literals were worked out in Python with hashlib. */
class EventIdsTest {

    @Test
    void anIdIsTheBeginningOfTheHashOfItsParts() {
        assertThat(EventIds.of("lifecycle-transitions", "12583", "STAGE", 1_291_193_160_000L, 0))
                .isEqualTo("ab6483080f558764092dbf01ede522d2");
        assertThat(EventIds.of("lifecycle-transitions", "M\u00fcller", "SEGMENT", -1, 12))
                .isEqualTo("af011d886de7f6a8a62669e30475586d");
    }

    @Test
    void eachPartCountsAndTheirLimitsDo() {
        Set<String> ids = new TreeSet<>();
        ids.add(EventIds.of("t", "c", "k", 1, 0));
        ids.add(EventIds.of("u", "c", "k", 1, 0));
        ids.add(EventIds.of("t", "d", "k", 1, 0));
        ids.add(EventIds.of("t", "c", "l", 1, 0));
        ids.add(EventIds.of("t", "c", "k", 2, 0));
        ids.add(EventIds.of("t", "c", "k", 1, 1));
        ids.add(EventIds.of("tc", "", "k", 1, 0));
        ids.add(EventIds.of("t", "ck", "", 1, 0));
        ids.add(EventIds.of("t", "c", "k1", 0, 0));
        assertThat(ids).hasSize(9);
    }
}

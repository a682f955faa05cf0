package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.FeedRecord;
import io.ebbline.wire.Topic;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShuffleTest {

    @Property(tries = 200)
    void arrivesInOrderWithinTheBoundAndTheSameEveryTime(
            @ForAll long seed,
            @ForAll @IntRange(max = 100) int size,
            @ForAll @IntRange(min = 1, max = 2_000) int bound) {
        List<FeedRecord> records = Feeds.random(seed, size, 300);

        List<FeedRecord> shuffled = Shuffle.within(records, bound, seed);

        assertThat(shuffled).isSortedAccordingTo(Comparator.comparingLong(FeedRecord::arrival));
        assertThat(shuffled)
                .allSatisfy(r -> assertThat(r.arrival()).isBetween(r.recordTime(), r.recordTime() + bound - 1));
        assertThat(shuffled)
                .extracting(FeedRecord::event)
                .containsExactlyInAnyOrderElementsOf(
                        records.stream().map(FeedRecord::event).toList());
        assertThat(Shuffle.within(records, bound, seed)).isEqualTo(shuffled);
    }

    @Example
    void aBoundOfOneMillisecondChangesNothing() {
        List<FeedRecord> records = Feeds.random(1, 200, 3);

        assertThat(Shuffle.within(records, 1, 7)).isEqualTo(records);
    }

    @Example
    void seedsDiffer() {
        List<FeedRecord> records = Feeds.random(1, 200, 3);

        assertThat(Shuffle.within(records, 1_000, 7)).isNotEqualTo(Shuffle.within(records, 1_000, 8));
    }

    @Example
    void whatIsLateStaysLate() {
        FeedRecord late = new FeedRecord(Topic.PURCHASES, "c", 90_000, 0, null, new byte[0]);

        assertThat(Shuffle.within(List.of(late), 10_000, 1)).containsExactly(late);
    }

    @Example
    void aBoundOfNothingIsRefused() {
        assertThatThrownBy(() -> Shuffle.within(List.of(), 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

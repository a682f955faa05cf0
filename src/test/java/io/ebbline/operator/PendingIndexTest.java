package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Who is due. */
class PendingIndexTest {

    private final PendingIndex<String> pending = new PendingIndex<>();

    private List<String> due(long watermark) {
        List<String> keys = new ArrayList<>();
        for (String key = pending.pollDue(watermark); key != null; key = pending.pollDue(watermark)) {
            keys.add(key);
        }
        return keys;
    }

    @Test
    void nobodyIsDueBeforeTheWatermarkHasReachedTheirFirstEvent() {
        pending.add("anna", 10, null);
        assertThat(due(9)).isEmpty();
        assertThat(due(10)).containsExactly("anna");
        assertThat(due(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void customersWhoAreDueTogetherAllComeUp() {
        pending.add("anna", 10, null);
        pending.add("bert", 10, null);
        pending.add("carl", 11, null);
        assertThat(due(10)).containsExactlyInAnyOrder("anna", "bert");
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void anEntryThatHasBecomeStaleComesUpInItsTurn() {
        pending.add("anna", 20, null);
        pending.add("anna", 10, null);
        assertThat(due(15)).containsExactly("anna");
        assertThat(due(20)).containsExactly("anna");
        assertThat(pending.size()).isZero();
    }

    @Test
    void everyEntryIsShownWhenItIsStored() {
        pending.add("anna", 20, null);
        pending.add("bert", 10, null);
        List<String> shown = new ArrayList<>();
        pending.forEach((key, due) -> shown.add(key + "@" + due));
        assertThat(shown).containsExactlyInAnyOrder("anna@20", "bert@10");
        assertThat(pending.size()).isEqualTo(2);
    }

    @Property
    void whoeverIsDueComesUpOnceAndTheOthersStay(
            @ForAll List<@LongRange(min = -1_000, max = 1_000) Long> times,
            @ForAll @LongRange(min = -1_000, max = 1_000) long watermark) {
        PendingIndex<String> index = new PendingIndex<>();
        times.forEach(time -> index.add(Long.toString(time), time, null));
        List<Long> polled = new ArrayList<>();
        for (String key = index.pollDue(watermark); key != null; key = index.pollDue(watermark)) {
            polled.add(Long.parseLong(key));
        }
        List<Long> left = new ArrayList<>();
        index.forEach((key, due) -> left.add(due));
        assertThat(polled)
                .containsExactlyInAnyOrderElementsOf(
                        times.stream().filter(time -> time <= watermark).toList());
        assertThat(left)
                .containsExactlyInAnyOrderElementsOf(
                        times.stream().filter(time -> time > watermark).toList());
    }
}

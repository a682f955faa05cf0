package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LiveTimersTest {

    /** As the operators use it: armed only for earlier, and the earliest goes off first. A negative number: it goes off. */
    @Property
    void itKnowsAllThatWereArmedAndHaveNotGoneOff(@ForAll @Size(max = 30) int @IntRange(min = -5, max = 20) [] steps) {
        LiveTimers timers = new LiveTimers();
        TreeSet<Long> plain = new TreeSet<>();
        for (int step : steps) {
            if (step < 0 && !plain.isEmpty()) {
                assertThat(timers.fired(plain.pollFirst())).isTrue();
            } else if (step >= 0 && (plain.isEmpty() || step < plain.first())) {
                timers.arm(step);
                plain.add((long) step);
            }
            assertThat(timers.earliest()).isEqualTo(plain.isEmpty() ? LiveTimers.NONE : plain.first());
        }
        PackedWriter out = new PackedWriter();
        timers.write(out);
        LiveTimers restored = new LiveTimers();
        restored.read(new PackedReader(out.toBytes()));
        assertThat(restored.clear()).containsExactly(plain.descendingSet().toArray(Long[]::new));
        assertThat(restored.earliest()).isEqualTo(LiveTimers.NONE);
        assertThat(restored.clear()).isEmpty();
    }

    @Test
    void whatIsNotTheEarliestHasNotGoneOff() {
        LiveTimers timers = new LiveTimers();
        timers.arm(9);
        timers.arm(4);
        assertThat(timers.fired(9)).isFalse();
        assertThat(timers.earliest()).isEqualTo(4);
        assertThatIllegalArgumentException().isThrownBy(() -> timers.arm(4));
    }
}

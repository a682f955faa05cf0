package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WaitingEventsTest {

    @Property(tries = 300)
    void itIsASortedListThatIsTakenFromAtBothEnds(@ForAll Random random) {
        WaitingEvents waiting = new WaitingEvents();
        List<OverflowKey> sorted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int action = random.nextInt(6);
            if (action < 4) {
                OverflowKey next = new OverflowKey(random.nextInt(20), new byte[] {(byte) random.nextInt()}, 0);
                boolean beforeLast = !sorted.isEmpty() && next.compareTo(sorted.get(sorted.size() - 1)) < 0;
                assertThat(waiting.beforeLast(next.time(), next.body())).isEqualTo(beforeLast);
                waiting.insert(next.time(), next.body());
                sorted.add(next);
                sorted.sort(null);
            } else if (!sorted.isEmpty() && action == 4) {
                waiting.removeFirst();
                sorted.remove(0);
            } else if (!sorted.isEmpty()) {
                waiting.removeLast();
                sorted.remove(sorted.size() - 1);
            }
            assertThat(waiting.size()).isEqualTo(sorted.size());
            for (int at = 0; at < sorted.size(); at++) {
                assertThat(waiting.time(at)).isEqualTo(sorted.get(at).time());
                assertThat(waiting.body(at)).isEqualTo(sorted.get(at).body());
            }
        }
    }
}

package io.ebbline.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    private static final Addresses ADDRESSES =
            new Addresses("127.0.0.1:9092", "http://127.0.0.1:8081", "http://127.0.0.1:8082");
    private static final long NOW = TimeUnit.SECONDS.toNanos(2);
    private static final long TIME = 1_323_434_100_000L;

    private final LiveState state = new LiveState("online-retail", 25_900, ADDRESSES);

    @Test
    void anEmptyScreenHasTheHeightOfAFullOne() {
        int empty = new LiveScreen(false).draw(state.snapshot(NOW)).size();
        fill();

        assertThat(new LiveScreen(false).draw(state.snapshot(NOW)))
                .hasSize(empty)
                .hasSizeLessThanOrEqualTo(23);
    }

    @Test
    void showsWhatTheStateHolds() {
        fill();

        String screen = String.join("\n", new LiveScreen(false).draw(state.snapshot(NOW)));

        assertThat(screen)
                .contains("Ebbline  online-retail  feeding")
                .contains("12,345 of 25,900 events, 2,345 a second; watermark 2011-12-09 12:35")
                .containsPattern("Champions +2 ")
                .containsPattern("MATURE +2\\b")
                .containsPattern("PROSPECT +1\\b")
                .containsPattern("Customers +4\\b")
                .contains("Newest of 7 transitions")
                .containsPattern("c7 +none -> Loyal  \\(purchase\\)")
                .doesNotContain("c2 ")
                .contains("Rejected or late: late 1, no-customer 2")
                .contains("Kafka 127.0.0.1:9092  registry http://127.0.0.1:8081")
                .contains("Flink http://127.0.0.1:8082");
        assertThat(screen.lines().filter(line -> line.contains(" 5 "))).anyMatch(line -> line.contains("█   2"));
    }

    @Test
    void noLineIsWiderThanTheScreen() {
        fill();
        for (int i = 0; i < 200; i++) {
            state.rejected("a-reason-of-some-length-" + i);
            state.score("x" + i, new Standing("STAGE" + i, "A segment with quite a long name " + i, 1 + i % 5, 1));
        }

        assertThat(new LiveScreen(false).draw(state.snapshot(NOW)))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(LiveScreen.WIDTH));
    }

    @Test
    void coloursDoNotChangeTheText() {
        fill();

        List<String> coloured = new LiveScreen(true).draw(state.snapshot(NOW));

        assertThat(coloured).anyMatch(line -> line.contains("\u001b[48;5;"));
        assertThat(String.join("\n", coloured).replaceAll("\u001b\\[[0-9;]*m", ""))
                .contains("Champions", "R\\F    1    2");
    }

    @Test
    void aLineForALogSaysItInShort() {
        fill();

        assertThat(LiveScreen.line(state.snapshot(NOW)))
                .isEqualTo(
                        "feeding: 12,345 of 25,900 events, 2,345 a second; watermark 2011-12-09 12:35; 4 customers, 7"
                                + " transitions; rejected or late: late 1, no-customer 2");
    }

    @Test
    void aCustomerCountsWhereTheNewestScoreSays() {
        state.score("a", new Standing("GROWTH", "New", 5, 1));
        state.score("a", new Standing("MATURE", "Champions", 5, 5));
        state.score("b", new Standing("GROWTH", "New", 5, 1));
        state.score("b", null);
        state.score("c", null);

        LiveSnapshot snapshot = state.snapshot(NOW);

        assertThat(snapshot.customers()).isEqualTo(1);
        assertThat(snapshot.stages()).containsExactly(Map.entry("MATURE", 1L));
        assertThat(snapshot.segments()).containsExactly(Map.entry("Champions", 1L));
        assertThat(snapshot.grid().get(4)).containsExactly(0L, 0L, 0L, 0L, 1L);
    }

    @Test
    void shadesAreSpreadByMagnitude() {
        assertThat(LiveScreen.shade(0, 1000)).isZero();
        assertThat(LiveScreen.shade(1, 1000)).isEqualTo(1);
        assertThat(LiveScreen.shade(1000, 1000)).isEqualTo(4);
        assertThat(LiveScreen.shade(300, 1000)).isEqualTo(3);
        assertThat(LiveScreen.shade(1, 1)).isEqualTo(4);
    }

    @Test
    void theWatermarkHasWordsForItsEnds() {
        state.watermark(OptionalLong.of(Long.MIN_VALUE));
        assertThat(LiveScreen.line(state.snapshot(NOW))).contains("watermark not yet");
        state.watermark(OptionalLong.of(Long.MAX_VALUE));
        state.watermark(OptionalLong.empty());
        assertThat(LiveScreen.line(state.snapshot(NOW))).contains("watermark at the end");
    }

    @Test
    void aFeedThatStandsStillHasNoRate() {
        fill();
        assertThat(state.snapshot(TimeUnit.SECONDS.toNanos(60)).eventsPerSecond())
                .isZero();
    }

    private void fill() {
        state.phase("feeding");
        state.fed(10_000, 0);
        state.fed(12_345, TimeUnit.SECONDS.toNanos(1));
        state.watermark(OptionalLong.of(TIME));
        state.score("a", new Standing("MATURE", "Champions", 5, 5));
        state.score("b", new Standing("MATURE", "Champions", 5, 5));
        state.score("c", new Standing("GROWTH", "Lost", 1, 1));
        state.score("d", new Standing("PROSPECT", null, 0, 0));
        for (int i = 1; i <= 7; i++) {
            state.transition(new Transition(TIME, "c" + i, null, "Loyal", "PURCHASE"));
        }
        state.rejected("no-customer");
        state.rejected("no-customer");
        state.rejected("late");
    }
}

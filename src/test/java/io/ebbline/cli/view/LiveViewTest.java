package io.ebbline.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private static final class Recorder implements Painter {
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch shown = new CountDownLatch(3);

        @Override
        public long everyMillis() {
            return 1;
        }

        @Override
        public void show(LiveSnapshot snapshot) {
            calls.add("show");
            shown.countDown();
            throw new IllegalStateException("can't be drawn");
        }

        @Override
        public void end(LiveSnapshot snapshot) {
            calls.add("end " + snapshot.phase());
        }
    }

    @Test
    void showsAgainAndAgainThoughItFailsAndEndsOnce() throws InterruptedException {
        Recorder recorder = new Recorder();
        LiveState state = Views.empty();
        LiveView view = new LiveView(state, recorder);
        assertThat(recorder.shown.await(30, TimeUnit.SECONDS)).isTrue();
        state.phase("done");
        view.close();
        view.close();

        assertThat(recorder.calls).endsWith("show", "end done");
        assertThat(recorder.calls.stream().filter(call -> call.startsWith("end")))
                .hasSize(1);
    }

    @Test
    void whereItIsNoTerminalThereAreLinesAndAPictureAtTheEnd() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Painter painter = new LinePainter(new PrintStream(written, true, StandardCharsets.UTF_8));
        LiveSnapshot snapshot = Views.filled().snapshot(Views.NOW);

        painter.show(snapshot);
        assertThat(written.toString(StandardCharsets.UTF_8).lines()).containsExactly(LiveScreen.line(snapshot));
        painter.end(snapshot);

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("C-1042  slipping: 48 days", "DEPARTED → GROWTH", "Champions 2", "17 orders")
                .doesNotContain("\u001b");
    }
}

package io.ebbline.cli.view;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows a state again and again until it is closed: drawn over itself on a terminal, as a line now and then elsewhere. This
 * is the one class that knows how a terminal is written to.
 */
public final class LiveView implements AutoCloseable {
    private static final long DRAW_MILLIS = 500;
    private static final long LINE_MILLIS = 5_000;
    private static final String ESC = "\u001b[";

    private final LiveState state;
    private final PrintStream out;
    private final boolean terminal;
    private final LiveScreen screen;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live-view");
        thread.setDaemon(true);
        return thread;
    });
    private int drawn;
    private boolean closed;

    private LiveView(LiveState state, PrintStream out, boolean terminal, boolean colour) {
        this.state = state;
        this.out = out;
        this.terminal = terminal;
        this.screen = new LiveScreen(colour);
    }

    /**
     * Starts to show a state.
     *
     * @param terminal whether {@code out} can be drawn over
     */
    public static LiveView open(LiveState state, PrintStream out, boolean terminal, boolean colour) {
        LiveView view = new LiveView(state, out, terminal, colour);
        long every = terminal ? DRAW_MILLIS : LINE_MILLIS;
        var unused = view.timer.scheduleAtFixedRate(view::show, every, every, TimeUnit.MILLISECONDS);
        return view;
    }

    /** Shows the state once more and stops; the last picture stays. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (!closed) {
                show();
                closed = true;
            }
        }
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        if (!terminal) {
            out.println(LiveScreen.line(state.snapshot(System.nanoTime())));
            return;
        }
        List<String> lines = screen.draw(state.snapshot(System.nanoTime()));
        // Without wrapping, a narrow terminal cuts lines off and the number of lines stays known.
        StringBuilder text = new StringBuilder(ESC + "?25l" + ESC + "?7l");
        if (drawn > 0) {
            text.append(ESC).append(drawn).append('A');
        }
        for (String line : lines) {
            text.append('\r').append(line).append(ESC).append("K\n");
        }
        text.append(ESC).append("?7h").append(ESC).append("?25h");
        drawn = lines.size();
        out.print(text);
        out.flush();
    }
}

package io.ebbline.cli.view;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a state again and again until it is closed: drawn in place on a terminal, as a line now and then elsewhere. */
public final class LiveView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);

    private final LiveState state;
    private final Painter painter;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live-view");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;
    private boolean failed;

    LiveView(LiveState state, Painter painter) {
        this.state = state;
        this.painter = painter;
        var unused = timer.scheduleAtFixedRate(
                this::show, painter.everyMillis(), painter.everyMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to show a state.
     *
     * @param out where lines go
     * @param terminal whether {@code out} is standard output and that is a terminal
     * @param colour whether to use colours on a terminal that has any
     */
    public static LiveView open(LiveState state, PrintStream out, boolean terminal, boolean colour) {
        Optional<Painter> painter = terminal ? TerminalPainter.standard(colour) : Optional.empty();
        return new LiveView(state, painter.orElseGet(() -> new LinePainter(out)));
    }

    /** Stops; a last picture stays. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (!closed) {
                closed = true;
                painter.end(state.snapshot(System.nanoTime()));
            }
        }
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        try {
            painter.show(state.snapshot(System.nanoTime()));
        } catch (RuntimeException e) {
            // Once is enough: it would be the same every time.
            if (!failed) {
                LOG.error("The live view can't be drawn", e);
            }
            failed = true;
        }
    }
}

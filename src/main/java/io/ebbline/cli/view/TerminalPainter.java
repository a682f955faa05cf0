package io.ebbline.cli.view;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws over the terminal's alternate screen; the last picture goes to the main one, above the prompt that follows. */
final class TerminalPainter implements Painter {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalPainter.class);
    private static final Size USUAL = new Size(80, 24);
    private static final int REDRAW_ALL = 20;

    private final Terminal terminal;
    private final LiveScreen screen;
    private final Display display;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private Size size = USUAL;
    private int shown;

    /**
     * Takes a terminal over, until {@link #end}.
     *
     * @param colour whether to use colours where there are any
     */
    TerminalPainter(Terminal terminal, boolean colour) {
        this.terminal = terminal;
        Integer colours = terminal.getNumericCapability(Capability.max_colors);
        this.screen = new LiveScreen(colour && colours != null ? colours : 0);
        this.display = new Display(terminal, true);
        terminal.handle(Terminal.Signal.WINCH, signal -> resized.set(true));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** The terminal on standard output; empty when it can't be drawn over. */
    static Optional<Painter> standard(boolean colour) {
        try {
            // The provider that asks stty: it loads no native library, of which a newer Java would warn on the screen.
            // Native
            // signals stay off: Ctrl-C is to reach the shutdown hooks.
            Terminal terminal = TerminalBuilder.builder()
                    .name("Ebbline")
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .provider("exec")
                    .dumb(true)
                    .encoding(StandardCharsets.UTF_8)
                    .nativeSignals(false)
                    .build();
            if (terminal.getStringCapability(Capability.cursor_address) != null) {
                return Optional.of(new TerminalPainter(terminal, colour));
            }
            terminal.close();
        } catch (IOException e) {
            LOG.warn("The terminal can't be drawn on", e);
        }
        return Optional.empty();
    }

    @Override
    public long everyMillis() {
        return 500;
    }

    @Override
    public void show(LiveSnapshot snapshot) {
        if (resized.getAndSet(false)) {
            size = size(terminal);
            display.resize(size.getRows(), size.getColumns());
            display.clear();
        }
        // What was typed meanwhile is on the screen too.
        if (++shown % REDRAW_ALL == 0) {
            display.clear();
        }
        // The last column stays empty: terminals differ in where the cursor goes from there.
        List<AttributedString> lines = screen.draw(snapshot, size.getColumns() - 1, size.getRows());
        // The display keeps the list, and changes it when lines have moved.
        display.update(new ArrayList<>(lines), 0);
    }

    @Override
    public void end(LiveSnapshot snapshot) {
        terminal.puts(Capability.exit_ca_mode);
        terminal.puts(Capability.cursor_normal);
        List<AttributedString> picture = screen.picture(snapshot, size.getColumns() - 1);
        picture.forEach(line -> terminal.writer().println(line.toAnsi(terminal)));
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            LOG.warn("The terminal can't be closed", e);
        }
    }

    private static Size size(Terminal terminal) {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    }
}

package io.ebbline.cli.view;

import static io.ebbline.cli.view.Views.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** What is written is fed to a terminal emulator: its screen must be what was to be drawn. */
class TerminalPainterTest {
    private static final String ALTERNATE_ON = "\u001b[?1049h";
    private static final String ALTERNATE_OFF = "\u001b[?1049l";
    private static final String CURSOR_OFF = "\u001b[?25l";
    private static final String CURSOR_ON = "\u001b[?25h";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LiveScreen plain = new LiveScreen(0);
    private final LiveState state = Views.filled();

    private ExternalTerminal terminal(String type, int columns, int rows) throws IOException {
        ExternalTerminal terminal = new ExternalTerminal(
                "test", type, new ByteArrayInputStream(new byte[0]), written, StandardCharsets.UTF_8);
        terminal.setSize(new Size(columns, rows));
        return terminal;
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static List<String> screen(ScreenTerminal emulator) {
        return emulator.toString().lines().map(String::stripTrailing).toList();
    }

    private List<String> expected(int columns, int rows) {
        return plain.draw(state.snapshot(NOW), columns - 1, rows).stream()
                .map(AttributedString::toString)
                .map(String::stripTrailing)
                .toList();
    }

    @Test
    void theScreenIsWhatWasToBeDrawnAlsoAfterItChanged() throws IOException {
        TerminalPainter painter = new TerminalPainter(terminal("xterm-256color", 100, 30), false);
        ScreenTerminal emulator = new ScreenTerminal(100, 30);
        for (int i = 0; i < 50; i++) {
            painter.show(state.snapshot(NOW));
            emulator.write(written());
            written.reset();
            assertThat(screen(emulator)).startsWith(expected(100, 30).toArray(String[]::new));
            state.score("n" + i, new Standing("MATURE", "Segment " + i % 7, 1 + i % 5, 1 + i % 3, i));
            state.signal(Views.signal(Views.TIME + i, "c" + i, SignalKind.values()[i % 7]));
            state.transition(new Transition(Views.TIME, true, "MATURE", "S" + i % 5));
            state.phase("step " + i);
        }
    }

    @Test
    void aResizedTerminalIsDrawnAnew() throws IOException {
        ExternalTerminal terminal = terminal("xterm-256color", 120, 40);
        TerminalPainter painter = new TerminalPainter(terminal, false);
        painter.show(state.snapshot(NOW));
        written.reset();
        terminal.setSize(new Size(80, 24));
        terminal.raise(Terminal.Signal.WINCH);
        painter.show(state.snapshot(NOW));

        ScreenTerminal emulator = new ScreenTerminal(80, 24);
        emulator.write(written());

        assertThat(screen(emulator)).startsWith(expected(80, 24).toArray(String[]::new));
    }

    @Test
    void nothingIsWrittenWhereNothingChanged() throws IOException {
        TerminalPainter painter = new TerminalPainter(terminal("xterm-256color", 120, 40), true);
        painter.show(state.snapshot(NOW));
        written.reset();
        painter.show(state.snapshot(NOW));

        assertThat(written()).isEmpty();
    }

    @Test
    void theEndShowsTheCursorLeavesTheAlternateScreenAndKeepsAPicture() throws IOException {
        TerminalPainter painter = new TerminalPainter(terminal("xterm-256color", 100, 30), true);
        assertThat(written()).contains(ALTERNATE_ON).contains(CURSOR_OFF);
        painter.show(state.snapshot(NOW));
        painter.end(state.snapshot(NOW));

        String all = written();
        String after = all.substring(all.lastIndexOf(ALTERNATE_OFF));
        assertThat(all.lastIndexOf(ALTERNATE_OFF)).isGreaterThan(all.lastIndexOf(ALTERNATE_ON));
        assertThat(all.lastIndexOf(CURSOR_ON)).isGreaterThan(all.lastIndexOf(CURSOR_OFF));
        assertThat(after).contains(CURSOR_ON).contains("online-retail", "won back: an order after 210 days away");
        assertThat(after.lines().count())
                .isEqualTo(plain.picture(state.snapshot(NOW), 99).size());
        assertThat(after).endsWith("\n");
        // Every colour is switched off again.
        assertThat(after.lastIndexOf("\u001b[0m")).isGreaterThanOrEqualTo(after.lastIndexOf("\u001b[38"));
    }

    @Test
    void coloursAreUsedWhereThereAreAnyAndTheyAreWanted() throws IOException {
        assertThat(drawnOn("xterm-256color", true)).contains("\u001b[48;5;").contains("\u001b[38;5;");
        assertThat(drawnOn("xterm-256color", false)).doesNotContain("\u001b[48").doesNotContain("\u001b[38");
        assertThat(drawnOn("ansi", true)).doesNotContain(";5;").containsPattern("\u001b\\[[0-9;]*4[0-7]m");
        assertThat(drawnOn("dumb", true)).doesNotContain("\u001b");
    }

    private String drawnOn(String type, boolean colour) throws IOException {
        written.reset();
        TerminalPainter painter = new TerminalPainter(terminal(type, 100, 30), colour);
        painter.show(state.snapshot(NOW));
        painter.end(state.snapshot(NOW));
        return written();
    }

    @Test
    void aTerminalWithoutASizeIsTakenForAUsualOne() throws IOException {
        TerminalPainter painter = new TerminalPainter(terminal("xterm-256color", 0, 0), false);
        painter.show(state.snapshot(NOW));

        ScreenTerminal emulator = new ScreenTerminal(80, 24);
        emulator.write(written());

        assertThat(screen(emulator)).startsWith(expected(80, 24).toArray(String[]::new));
    }

    @Test
    void aPipeIsNoTerminal() {
        assertThat(TerminalPainter.standard(true)).isEmpty();
    }
}

package io.ebbline.cli;

import io.ebbline.cli.view.LiveState;
import io.ebbline.cli.view.LiveView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output: lines, and the live view. */
final class Console {
    private final PrintStream out;
    private final boolean terminal;
    private final boolean colour;

    private Console(PrintStream out, boolean terminal, boolean colour) {
        this.out = out;
        this.terminal = terminal;
        this.colour = colour;
    }

    /** The process's own. The launcher knows whether it is a terminal; Java 17 can't tell. */
    static Console standard() {
        // Not System.out, which knows ASCII alone where no locale is set.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        boolean terminal = Boolean.getBoolean("ebbline.terminal");
        boolean colour = terminal && System.getenv("NO_COLOR") == null;
        return new Console(out, terminal, colour);
    }

    /** Any stream, which is no terminal. */
    static Console to(PrintStream out) {
        return new Console(out, false, false);
    }

    /** Prints a line. */
    void line(String text) {
        out.println(text);
    }

    /** Prints a line where the live view does not say the same. */
    void note(String text) {
        if (!terminal) {
            out.println(text);
        }
    }

    /** Starts the live view. */
    LiveView show(LiveState state) {
        return LiveView.open(state, out, terminal, colour);
    }
}

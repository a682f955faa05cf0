package io.ebbline.cli.view;

import java.io.PrintStream;

/** Where nothing can be drawn over: a line now and then, a plain picture at the end. */
final class LinePainter implements Painter {
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final LiveScreen screen = new LiveScreen(0);

    LinePainter(PrintStream out) {
        this.out = out;
    }

    @Override
    public long everyMillis() {
        return 5_000;
    }

    @Override
    public void show(LiveSnapshot snapshot) {
        out.println(LiveScreen.line(snapshot));
    }

    @Override
    public void end(LiveSnapshot snapshot) {
        screen.picture(snapshot, WIDTH)
                .forEach(line -> out.println(line.toString().stripTrailing()));
    }
}

package io.ebbline.cli.view;

import java.util.List;
import org.jline.utils.AttributedStyle;

/** What the screen's parts look like, in 256 colours, in 8, or in none. */
final class Palette {
    private static final int MANY = 256;
    private static final int FEW = 8;

    private final int colours;

    /** @param colours that the terminal has; 0 for none */
    Palette(int colours) {
        this.colours = colours;
    }

    boolean hasColours() {
        return colours >= FEW;
    }

    AttributedStyle title() {
        return hasColours() ? AttributedStyle.BOLD : AttributedStyle.DEFAULT;
    }

    AttributedStyle quiet() {
        return colours >= MANY ? foreground(245, 0) : AttributedStyle.DEFAULT;
    }

    AttributedStyle bar() {
        return foreground(38, AttributedStyle.CYAN);
    }

    AttributedStyle good() {
        return foreground(71, AttributedStyle.GREEN);
    }

    AttributedStyle bad() {
        return foreground(173, AttributedStyle.YELLOW);
    }

    /** A cell of the heat map, 0 (empty) to 4. */
    AttributedStyle heat(int shade) {
        List<Integer> few = List.of(
                AttributedStyle.BLACK,
                AttributedStyle.BLUE,
                AttributedStyle.CYAN,
                AttributedStyle.MAGENTA,
                AttributedStyle.RED);
        List<Integer> many = List.of(237, 24, 31, 172, 160);
        AttributedStyle white = foreground(255, AttributedStyle.WHITE);
        return hasColours() ? white.background((colours >= MANY ? many : few).get(shade)) : white;
    }

    private AttributedStyle foreground(int many, int few) {
        if (!hasColours()) {
            return AttributedStyle.DEFAULT;
        }
        return AttributedStyle.DEFAULT.foreground(colours >= MANY ? many : few);
    }
}

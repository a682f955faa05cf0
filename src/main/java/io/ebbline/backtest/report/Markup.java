package io.ebbline.backtest.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Text of elements, well-formed as XML and understood as HTML. Attributes are given as names and values in turn. */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. */
    Markup open(String tag, Object... attributes) {
        begin(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    /** Ends the innermost element. */
    Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element without content. */
    Markup empty(String tag, Object... attributes) {
        begin(tag, attributes).append("/>\n");
        return this;
    }

    /** An element that holds a text. */
    Markup element(String tag, String text, Object... attributes) {
        begin(tag, attributes)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(tag)
                .append(">\n");
        return this;
    }

    /** A text. */
    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** What another one holds. */
    Markup markup(Markup other) {
        out.append(other);
        return this;
    }

    /** A style sheet, which holds nothing that needs escaping. */
    Markup style(String css) {
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    private StringBuilder begin(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String text = value instanceof Double number ? Numbers.pixels(number) : String.valueOf(value);
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(text))
                    .append('"');
        }
        return out;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("Not ended: " + open);
        }
        return out.toString();
    }
}

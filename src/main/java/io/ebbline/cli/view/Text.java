package io.ebbline.cli.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Pieces of lines. Widths are columns of a terminal: some characters take two. */
final class Text {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM-dd").withZone(ZoneOffset.UTC);
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private Text() {}

    static AttributedString of(String text, AttributedStyle style) {
        return new AttributedString(clean(text), style);
    }

    static AttributedString of(String text) {
        return of(text, AttributedStyle.DEFAULT);
    }

    /** One line: whatever would move a terminal's cursor or change its state is a question mark. */
    static String clean(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    static AttributedString join(AttributedString... parts) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (AttributedString part : parts) {
            line.append(part);
        }
        return line.toAttributedString();
    }

    /** At most that wide; what was cut off is an ellipsis. */
    static AttributedString cut(AttributedString text, int width) {
        if (text.columnLength() <= width) {
            return text;
        }
        return width < 1 ? AttributedString.EMPTY : join(text.columnSubSequence(0, width - 1), of("…"));
    }

    /** Exactly that wide. */
    static AttributedString pad(AttributedString text, int width) {
        AttributedString cut = cut(text, width);
        return join(cut, of(" ".repeat(Math.max(0, width - cut.columnLength()))));
    }

    static String pad(String text, int width) {
        return pad(of(text), width).toString();
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** Broken at spaces; a word wider than a line is cut. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : clean(text).split(" ")) {
            String fitting = cut(of(word), width).toString();
            if (line.length() > 0 && of(line + " " + fitting).columnLength() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(fitting);
        }
        lines.add(line.toString());
        return lines;
    }

    /** A bar in eighths of a column; what is not nothing is seen. */
    static String bar(double share, int width) {
        int eighths = (int) Math.round(Math.min(1, share) * width * 8);
        if (share > 0 && width > 0) {
            eighths = Math.max(1, eighths);
        }
        String full = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? full : full + EIGHTHS.charAt(eighths % 8 - 1);
    }

    /** One column for each number, the newest last, as high as its share of the largest. */
    static String sparkline(List<Long> numbers, int width) {
        List<Long> shown = numbers.subList(Math.max(0, numbers.size() - width), numbers.size());
        long most = shown.stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (long number : shown) {
            int level = most == 0 ? 0 : (int) Math.min(7, number * 8 / most);
            line.append(LEVELS.charAt(level));
        }
        return line.toString();
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** At most four characters: 9999, then 10k to 999k, then 1M. */
    static String brief(long count) {
        if (count < 10_000) {
            return String.valueOf(count);
        }
        return count < 1_000_000 ? count / 1_000 + "k" : count / 1_000_000 + "M";
    }

    static String minute(long millis) {
        return MINUTES.format(Instant.ofEpochMilli(millis));
    }

    static String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(millis));
    }
}

package io.ebbline.cli.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws the live view: a pure function of what it shows, at most {@link #WIDTH} columns and 23 lines, always of the same
 * height, so that it can be drawn over itself.
 */
public final class LiveScreen {
    /** Columns that a line takes at most, escape sequences not counted. */
    public static final int WIDTH = 79;

    private static final int BODY = 12;
    private static final int NEWEST = 4;
    private static final String SHADES = " ░▒▓█";
    private static final String[] HEAT = {"237", "24", "31", "172", "196"};
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final boolean colour;

    /** @param colour whether to use ANSI colours */
    public LiveScreen(boolean colour) {
        this.colour = colour;
    }

    /** The whole screen. */
    public List<String> draw(LiveSnapshot s) {
        List<String> lines = new ArrayList<>();
        lines.add(bold("Ebbline") + cut("  " + s.title() + "  " + s.phase(), WIDTH - 7));
        lines.add(cut(headline(s), WIDTH));
        lines.add("");
        body(lines, s);
        newest(lines, s);
        lines.add(cut("Rejected or late: " + (s.rejected().isEmpty() ? "none" : counts(s.rejected())), WIDTH));
        lines.add(cut(
                "Kafka " + s.addresses().broker() + "  registry "
                        + s.addresses().registry(),
                WIDTH));
        lines.add(cut("Flink " + s.addresses().web(), WIDTH));
        return lines;
    }

    /** The same in one line, for a log. */
    public static String line(LiveSnapshot s) {
        String rejected = s.rejected().isEmpty() ? "" : "; rejected or late: " + counts(s.rejected());
        return "%s: %s; %s customers, %s transitions%s"
                .formatted(s.phase(), headline(s), number(s.customers()), number(s.transitions()), rejected);
    }

    private static String headline(LiveSnapshot s) {
        String watermark = s.watermark().isPresent() ? time(s.watermark().getAsLong()) : "not yet";
        return "%s of %s events, %s a second; watermark %s"
                .formatted(number(s.eventsFed()), number(s.eventsTotal()), number(s.eventsPerSecond()), watermark);
    }

    private void body(List<String> lines, LiveSnapshot s) {
        List<String> segments = table("Segment", s.segments(), 20);
        List<String> stages = table("Stage", s.stages(), 10);
        stages.add("");
        stages.add(pad("Customers", 10) + right(number(s.customers()), 8));
        List<String> grid = grid(s.grid());
        for (int i = 0; i < BODY; i++) {
            lines.add((pad(at(segments, i), 28) + "  " + pad(at(stages, i), 18) + "  " + at(grid, i)).stripTrailing());
        }
    }

    private static List<String> table(String title, SortedMap<String, Long> counts, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> lines.add(pad(cut(e.getKey(), width), width) + right(number(e.getValue()), 8)));
        return lines;
    }

    private List<String> grid(List<List<Long>> grid) {
        long most = grid.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("R\\F    1    2    3    4    5");
        for (int r = 5; r >= 1; r--) {
            StringBuilder line = new StringBuilder().append(' ').append(r).append(' ');
            for (long count : grid.get(r - 1)) {
                line.append(cell(count, most));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private String cell(long count, long most) {
        int shade = shade(count, most);
        String text = right(brief(count), 4);
        return colour
                ? "\u001b[48;5;" + HEAT[shade] + "m\u001b[97m" + text + " \u001b[0m"
                : SHADES.charAt(shade) + text;
    }

    /** 0 for an empty cell, else 1 to 4: by the square root, for one cell often holds most of the customers. */
    static int shade(long count, long most) {
        if (count == 0) {
            return 0;
        }
        return 1 + (int) Math.min(3, 4 * Math.sqrt((double) count / most) * 0.999);
    }

    private static void newest(List<String> lines, LiveSnapshot s) {
        lines.add("Newest of " + number(s.transitions()) + " transitions");
        for (int i = 0; i < NEWEST; i++) {
            if (i >= s.newest().size()) {
                lines.add("");
                continue;
            }
            Transition t = s.newest().get(i);
            lines.add(cut(
                    "  %s  %s  %s -> %s  (%s)"
                            .formatted(
                                    SHORT.format(Instant.ofEpochMilli(t.time())),
                                    pad(cut(t.customer(), 14), 14),
                                    none(t.previous()),
                                    none(t.current()),
                                    t.trigger().toLowerCase(Locale.ROOT)),
                    WIDTH));
        }
    }

    private static String none(@Nullable String name) {
        return name == null ? "none" : name;
    }

    private static String counts(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .map(e -> e.getKey() + " " + number(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private static String at(List<String> lines, int i) {
        return i < lines.size() ? lines.get(i) : "";
    }

    private static String time(long millis) {
        // Before the first event a watermark is the beginning of all time, after the last the end.
        if (millis == Long.MIN_VALUE) {
            return "not yet";
        }
        return millis == Long.MAX_VALUE ? "at the end" : MINUTES.format(Instant.ofEpochMilli(millis));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** At most four characters: 9999, then 10k to 999k, then 1M. */
    private static String brief(long count) {
        if (count < 10_000) {
            return String.valueOf(count);
        }
        return count < 1_000_000 ? count / 1_000 + "k" : count / 1_000_000 + "M";
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}

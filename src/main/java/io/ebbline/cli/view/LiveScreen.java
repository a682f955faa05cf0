package io.ebbline.cli.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/** Draws the live view: a pure function of what it shows and of the room for it. */
public final class LiveScreen {
    private static final int PICTURE_ROWS = 44;
    private static final int LEAST_WIDTH = 20;
    private static final int ROOMY = 30;
    private static final int REST = 18;
    private static final int WRAPPED = 2;
    private static final int SPARKS = 30;

    private final Palette palette;
    private final Panes panes;
    private final NewsLists news;

    /** @param colours that there are to draw with; 0 for none */
    public LiveScreen(int colours) {
        this.palette = new Palette(colours);
        this.panes = new Panes(palette);
        this.news = new NewsLists(palette);
    }

    /** A full screen: at most that many lines, none wider than that; the last lines stay where they are. */
    public List<AttributedString> draw(LiveSnapshot s, int width, int height) {
        return draw(s, Math.max(LEAST_WIDTH, width), height, true).stream()
                .limit(height)
                .map(line -> Text.cut(line, width))
                .toList();
    }

    /** A picture to keep: no longer than it need be. */
    public List<AttributedString> picture(LiveSnapshot s, int width) {
        return draw(s, Math.max(LEAST_WIDTH, width), PICTURE_ROWS, false).stream()
                .map(line -> Text.cut(line, width))
                .toList();
    }

    /** The same in one line, for a log. */
    public static String line(LiveSnapshot s) {
        String rejected = s.rejected().isEmpty() ? "" : "; rejected or late: " + counts(s.rejected());
        return "%s: %s of %s events, %s a second; watermark %s; %s customers, %s transitions, %s signals%s%s"
                .formatted(
                        s.phase(),
                        Text.number(s.eventsFed()),
                        Text.number(s.eventsTotal()),
                        Text.number(s.eventsPerSecond()),
                        watermark(s),
                        Text.number(s.customers()),
                        Text.number(s.transitions()),
                        Text.number(signals(s)),
                        offers(s),
                        rejected);
    }

    private List<AttributedString> draw(LiveSnapshot s, int width, int height, boolean fill) {
        // On a low screen the signals get the lines that look good elsewhere.
        boolean roomy = height >= ROOMY;
        List<AttributedString> lines = new ArrayList<>(head(s, width));
        if (roomy) {
            lines.add(AttributedString.EMPTY);
        }
        lines.addAll(panes.draw(s, width, height - REST));
        if (!Panes.hasSegments(width)) {
            String segments = Panes.largestFirst(s.segments()).stream()
                    .map(e -> e.getKey() + " " + Text.number(e.getValue()))
                    .collect(Collectors.joining(", "));
            lines.addAll(wrapped("Segments", segments.isEmpty() ? "none yet" : segments, width, roomy ? WRAPPED : 1));
        }
        if (roomy) {
            lines.add(AttributedString.EMPTY);
        }
        List<AttributedString> foot = foot(s, width);
        int room = height - lines.size() - foot.size();
        List<AttributedString> lists = news.draw(s, width, room);
        lines.addAll(lists);
        if (fill) {
            lines.addAll(Collections.nCopies(Math.max(0, room - lists.size()), AttributedString.EMPTY));
        }
        lines.addAll(foot);
        return lines;
    }

    private List<AttributedString> head(LiveSnapshot s, int width) {
        double share = s.eventsTotal() == 0 ? 0 : Math.min(1, (double) s.eventsFed() / s.eventsTotal());
        String phase = Text.clean(s.phase());
        AttributedString title = Text.join(Text.of("Ebbline", palette.title()), Text.of("  " + s.title()));
        int titleWidth = Math.max(0, width - Text.of(phase).columnLength() - 2);
        String percent = Text.right((int) Math.floor(100 * share) + " %", 6);
        String events = "  %s of %s events".formatted(Text.number(s.eventsFed()), Text.number(s.eventsTotal()));
        int barWidth = Math.max(0, width - percent.length() - events.length());
        String bar = Text.bar(share, barWidth);
        String rate = Text.number(s.eventsPerSecond()) + " events/s ";
        String watermark = "  watermark " + watermark(s);
        int sparks = Math.max(0, Math.min(SPARKS, width - rate.length() - watermark.length()));
        return List.of(
                Text.join(Text.pad(title, titleWidth), Text.of("  "), Text.of(phase, palette.good())),
                Text.join(
                        Text.of(bar, palette.bar()),
                        Text.of("░".repeat(barWidth - bar.length()), palette.quiet()),
                        Text.of(percent + events)),
                Text.join(
                        Text.of(rate),
                        Text.of(Text.sparkline(s.history(), sparks), palette.bar()),
                        Text.of(watermark)));
    }

    private List<AttributedString> foot(LiveSnapshot s, int width) {
        List<AttributedString> lines = new ArrayList<>();
        String totals = "%s customers, %s orders, %s transitions, %s signals%s"
                .formatted(
                        Text.number(s.customers()),
                        Text.number(s.orders()),
                        Text.number(s.transitions()),
                        Text.number(signals(s)),
                        offers(s));
        lines.addAll(wrapped("Totals", totals, width, WRAPPED));
        lines.addAll(
                wrapped("Rejected or late", s.rejected().isEmpty() ? "none" : counts(s.rejected()), width, WRAPPED));
        lines.addAll(addresses(s.addresses(), width));
        return lines;
    }

    private static List<AttributedString> addresses(Addresses at, int width) {
        AttributedString one = Text.of("Kafka " + at.broker() + "  Registry " + at.registry());
        AttributedString two = Text.of("Flink " + at.web());
        AttributedString both = Text.join(one, Text.of("  "), two);
        return both.columnLength() <= width ? List.of(both) : List.of(one, two);
    }

    /** "Name  text", broken into as many lines as it takes but no more than so many. */
    private static List<AttributedString> wrapped(String name, String text, int width, int most) {
        List<String> lines = Text.wrap(name + "  " + text, width);
        List<AttributedString> drawn = new ArrayList<>();
        for (String line : lines.subList(0, Math.min(most, lines.size()))) {
            boolean broken = drawn.size() == most - 1 && lines.size() > most;
            drawn.add(Text.cut(Text.of(broken ? line + " " + lines.get(most) : line), width));
        }
        return drawn;
    }

    private static long signals(LiveSnapshot s) {
        return s.signals().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String offers(LiveSnapshot s) {
        return s.offers().isEmpty() ? "" : ", " + Text.number(s.offers().made()) + " lists of offers";
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(e -> e.getKey() + " " + Text.number(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String watermark(LiveSnapshot s) {
        // Before the first event a watermark is the beginning of all time, after the last the end.
        long time = s.watermark().orElse(Long.MIN_VALUE);
        if (time == Long.MIN_VALUE) {
            return "not yet";
        }
        return time == Long.MAX_VALUE ? "at the end" : Text.minute(time);
    }
}

package io.ebbline.cli.view;

import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/** The tables in the middle of the screen, side by side where they fit. */
final class Panes {
    private static final int GAP = 2;
    private static final int STAGES = 22;
    private static final int FLOWS = 25;
    private static final int NOTES = 16;
    private static final int HEAT = 28;
    private static final int SEGMENTS = 31;
    private static final int COUNT = 7;
    private static final int WIDEST_BAR = 24;
    private static final int ALL_THREE = STAGES + GAP + FLOWS + GAP + HEAT;
    private static final int LEAST_ROWS = 6;
    private static final String SHADES = " ░▒▓█";

    private record Pane(int width, List<AttributedString> lines) {}

    private final Palette palette;

    Panes(Palette palette) {
        this.palette = palette;
    }

    /** Whether a screen of that width has a table of segments. */
    static boolean hasSegments(int width) {
        return width >= ALL_THREE + GAP + SEGMENTS;
    }

    /**
     * All tables.
     *
     * @param rows that they may take where they are side by side, 6 or more
     */
    List<AttributedString> draw(LiveSnapshot s, int width, int rows) {
        int most = Math.max(LEAST_ROWS, rows);
        int spare = Math.max(0, width - ALL_THREE);
        List<Pane> panes = new ArrayList<>();
        if (hasSegments(width)) {
            spare -= GAP + SEGMENTS;
        }
        boolean notes = spare >= NOTES;
        if (notes) {
            spare -= NOTES;
        }
        panes.add(stages(s.stages(), STAGES + Math.min(WIDEST_BAR, spare)));
        panes.add(flows(s.flows(), notes, most));
        panes.add(heat(s.grid()));
        if (hasSegments(width)) {
            panes.add(segments(s.segments(), most));
        }
        return sideBySide(panes, width);
    }

    private Pane stages(SortedMap<String, Long> counts, int width) {
        Set<String> names = new LinkedHashSet<>();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.UNKNOWN) {
                names.add(stage.name());
            }
        }
        names.addAll(counts.keySet());
        long most = most(counts.values());
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Text.of("Stages", palette.title()));
        for (String name : names) {
            lines.add(bar(name, 9, counts.getOrDefault(name, 0L), most, width));
        }
        return new Pane(width, lines);
    }

    private Pane segments(SortedMap<String, Long> counts, int rows) {
        List<Map.Entry<String, Long>> sorted = largestFirst(counts);
        long most = most(counts.values());
        List<AttributedString> lines = list("Segments", sorted.size(), rows, i -> {
            Map.Entry<String, Long> segment = sorted.get(i);
            return bar(segment.getKey(), 19, segment.getValue(), most, SEGMENTS);
        });
        return new Pane(SEGMENTS, lines);
    }

    private Pane flows(List<Flow> flows, boolean notes, int rows) {
        String title = "Flows, last " + LiveState.FLOW_DAYS + " days";
        List<AttributedString> lines = list(title, flows.size(), rows, i -> {
            Flow flow = flows.get(i);
            String way = none(flow.previous()) + " → " + none(flow.current());
            String count = flow.customers() < 100_000 ? Text.number(flow.customers()) : Text.brief(flow.customers());
            String note = notes ? "  " + Words.flow(flow.previous(), flow.current()) : "";
            return Text.join(Text.of(Text.pad(way, 19) + Text.right(count, 6)), Text.of(note, palette.quiet()));
        });
        return new Pane(FLOWS + (notes ? NOTES : 0), lines);
    }

    private Pane heat(List<List<Long>> grid) {
        long most = most(grid.stream().flatMap(List::stream).toList());
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Text.of("R\\F    1    2    3    4    5", palette.title()));
        for (int r = 5; r >= 1; r--) {
            AttributedString line = Text.of(" " + r + " ");
            for (long count : grid.get(r - 1)) {
                line = Text.join(line, cell(count, most));
            }
            lines.add(line);
        }
        return new Pane(HEAT, lines);
    }

    private AttributedString cell(long count, long most) {
        int shade = shade(count, most);
        String text = Text.right(Text.brief(count), 4);
        return palette.hasColours() ? Text.of(text + " ", palette.heat(shade)) : Text.of(SHADES.charAt(shade) + text);
    }

    /** 0 for an empty cell, else 1 to 4: by the square root, for one cell often holds most of the customers. */
    static int shade(long count, long most) {
        if (count == 0) {
            return 0;
        }
        return 1 + (int) Math.min(3, 4 * Math.sqrt((double) count / most) * 0.999);
    }

    private AttributedString bar(String name, int nameWidth, long count, long most, int width) {
        int barWidth = width - nameWidth - COUNT;
        double share = most == 0 ? 0 : (double) count / most;
        return Text.join(
                Text.pad(Text.of(name), nameWidth - 1),
                Text.of(" "),
                Text.of(Text.pad(Text.bar(share, barWidth), barWidth), palette.bar()),
                Text.of(Text.right(Text.number(count), COUNT)));
    }

    /** A title and items; where not all fit, the last row says how many more there are. */
    private List<AttributedString> list(String title, int items, int rows, IntFunction<AttributedString> item) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(Text.of(title, palette.title()));
        int shown = items <= rows - 1 ? items : rows - 2;
        for (int i = 0; i < shown; i++) {
            lines.add(item.apply(i));
        }
        if (shown < items) {
            lines.add(Text.of("and " + (items - shown) + " more", palette.quiet()));
        }
        return lines;
    }

    private static List<AttributedString> sideBySide(List<Pane> panes, int width) {
        List<AttributedString> lines = new ArrayList<>();
        int next = 0;
        while (next < panes.size()) {
            int first = next;
            int used = panes.get(next++).width();
            while (next < panes.size() && used + GAP + panes.get(next).width() <= width) {
                used += GAP + panes.get(next++).width();
            }
            lines.addAll(row(panes.subList(first, next)));
        }
        return lines;
    }

    private static List<AttributedString> row(List<Pane> panes) {
        int rows = panes.stream().mapToInt(pane -> pane.lines().size()).max().orElse(0);
        List<AttributedString> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            AttributedString line = AttributedString.EMPTY;
            for (int p = 0; p < panes.size(); p++) {
                Pane pane = panes.get(p);
                AttributedString text = i < pane.lines().size() ? pane.lines().get(i) : AttributedString.EMPTY;
                boolean last = p == panes.size() - 1;
                line = Text.join(line, last ? text : Text.pad(text, pane.width() + GAP));
            }
            lines.add(line);
        }
        return lines;
    }

    static List<Map.Entry<String, Long>> largestFirst(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static long most(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static String none(@Nullable String stage) {
        return stage == null ? "none" : stage;
    }
}

package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The newest signals, each in a sentence: of customers who are going, and of those who are coming back. */
final class SignalLists {
    private static final int HEADINGS = 2;
    private static final int LEAST_ROWS = HEADINGS + 2;
    private static final int ROOMY = 12;
    private static final int WIDEST_CUSTOMER = 14;

    private final Palette palette;

    SignalLists(Palette palette) {
        this.palette = palette;
    }

    /** Both lists in at most that many rows; one leaves the other what it does not need. */
    List<AttributedString> draw(LiveSnapshot s, int width, int rows) {
        if (rows < LEAST_ROWS) {
            return List.of();
        }
        Words words = new Words(s.currency());
        List<List<AttributedString>> going = entries(s.leaving(), words, palette.bad(), width);
        List<List<AttributedString>> coming = entries(s.returning(), words, palette.good(), width);
        List<AttributedString> gap = rows >= ROOMY ? List.of(AttributedString.EMPTY) : List.of();
        int room = rows - HEADINGS - 2 * gap.size();
        int half = room / 2;
        List<AttributedString> forComing = fitting(coming, Math.max(half, room - height(going)));
        List<AttributedString> forGoing = fitting(going, room - forComing.size());

        List<AttributedString> lines = new ArrayList<>();
        lines.add(heading("Going", s, false));
        lines.addAll(forGoing);
        lines.addAll(gap);
        lines.add(heading("Coming back", s, true));
        lines.addAll(forComing);
        lines.addAll(gap);
        return lines;
    }

    private AttributedString heading(String title, LiveSnapshot s, boolean returning) {
        String counts = Arrays.stream(SignalKind.values())
                .filter(kind ->
                        Signal.isReturn(kind) == returning && s.signals().containsKey(kind))
                .map(kind -> Words.of(kind) + " " + Text.number(s.signals().getOrDefault(kind, 0L)))
                .collect(Collectors.joining(", "));
        return Text.join(
                Text.of(title, palette.title()),
                Text.of("  " + (counts.isEmpty() ? "none yet" : counts), palette.quiet()));
    }

    private List<List<AttributedString>> entries(List<Signal> signals, Words words, AttributedStyle style, int width) {
        int customerWidth = signals.stream()
                .mapToInt(signal -> Text.of(signal.customer()).columnLength())
                .map(length -> Math.min(WIDEST_CUSTOMER, length))
                .max()
                .orElse(0);
        List<List<AttributedString>> entries = new ArrayList<>();
        for (Signal signal : signals) {
            AttributedString first = Text.join(
                    Text.of(Text.day(signal.time()) + "  ", palette.quiet()),
                    Text.pad(Text.of(signal.customer()), customerWidth),
                    Text.of("  "));
            String indent = " ".repeat(first.columnLength());
            List<AttributedString> lines = new ArrayList<>();
            for (String line : Text.wrap(words.of(signal), Math.max(1, width - indent.length()))) {
                lines.add(Text.join(lines.isEmpty() ? first : Text.of(indent), Text.of(line, style)));
            }
            entries.add(lines);
        }
        return entries;
    }

    /** As many whole entries as there is room for; a first one that is too long is cut. */
    private static List<AttributedString> fitting(List<List<AttributedString>> entries, int room) {
        List<AttributedString> lines = new ArrayList<>();
        for (List<AttributedString> entry : entries) {
            if (lines.size() + entry.size() > room) {
                break;
            }
            lines.addAll(entry);
        }
        if (lines.isEmpty() && !entries.isEmpty()) {
            lines.addAll(entries.get(0).subList(0, Math.min(room, entries.get(0).size())));
        }
        return lines;
    }

    private static int height(List<List<AttributedString>> entries) {
        return entries.stream().mapToInt(List::size).sum();
    }
}

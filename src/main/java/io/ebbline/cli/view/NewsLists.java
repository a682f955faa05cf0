package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The newest, each in a sentence: signals of customers who are going, of those who are coming back, and offers. */
final class NewsLists {
    private static final int ROOMY = 12;
    private static final int WIDEST_CUSTOMER = 14;

    /** A heading and what stands under it: one item, one or more lines. */
    private record Section(AttributedString heading, List<List<AttributedString>> entries) {

        int height() {
            return entries.stream().mapToInt(List::size).sum();
        }
    }

    private final Palette palette;

    NewsLists(Palette palette) {
        this.palette = palette;
    }

    /** All lists in at most that many rows; one leaves the others what it does not need. Offers come last, and go first. */
    List<AttributedString> draw(LiveSnapshot s, int width, int rows) {
        List<Section> all = sections(s, width);
        int most = Math.max(0, rows) / 2;
        if (most < 2) {
            return List.of();
        }
        List<Section> sections = all.subList(0, Math.min(all.size(), most));
        boolean gap = rows >= ROOMY;
        int headings = gap ? 2 * sections.size() : sections.size();
        int[] room = shared(
                rows - headings, sections.stream().mapToInt(Section::height).toArray());

        List<AttributedString> lines = new ArrayList<>();
        int spare = 0;
        // From below: what whole entries leave of a list's room goes to those above it.
        for (int i = room.length - 1; i >= 0; i--) {
            List<AttributedString> shown =
                    new ArrayList<>(List.of(sections.get(i).heading()));
            shown.addAll(fitting(sections.get(i).entries(), room[i] + spare));
            spare += room[i] + 1 - shown.size();
            if (gap) {
                shown.add(AttributedString.EMPTY);
            }
            lines.addAll(0, shown);
        }
        return lines;
    }

    private List<Section> sections(LiveSnapshot s, int width) {
        Words words = new Words(s.currency());
        List<Section> sections = new ArrayList<>();
        sections.add(
                new Section(heading("Going", signals(s, false)), signals(s.leaving(), words, palette.bad(), width)));
        sections.add(new Section(
                heading("Coming back", signals(s, true)), signals(s.returning(), words, palette.good(), width)));
        if (!s.offers().isEmpty()) {
            sections.add(new Section(heading("Offers", totals(s.offers())), offers(s.newestOffers(), words, width)));
        }
        return sections;
    }

    private AttributedString heading(String title, String counts) {
        return Text.join(
                Text.of(title, palette.title()),
                Text.of("  " + (counts.isEmpty() ? "none yet" : counts), palette.quiet()));
    }

    private static String signals(LiveSnapshot s, boolean returning) {
        return Arrays.stream(SignalKind.values())
                .filter(kind ->
                        Signal.isReturn(kind) == returning && s.signals().containsKey(kind))
                .map(kind -> Words.of(kind) + " " + Text.number(s.signals().getOrDefault(kind, 0L)))
                .collect(Collectors.joining(", "));
    }

    private static String totals(OfferTotals totals) {
        return "made %s, accepted %s, withdrawn %s, capped %s, held out %s"
                .formatted(
                        Text.number(totals.made()),
                        Text.number(totals.accepted()),
                        Text.number(totals.withdrawn()),
                        Text.number(totals.capped()),
                        Text.number(totals.heldOut()));
    }

    private List<List<AttributedString>> signals(List<Signal> signals, Words words, AttributedStyle style, int width) {
        return entries(signals, Signal::time, Signal::customer, words::of, signal -> style, width);
    }

    private List<List<AttributedString>> offers(List<OfferNews> offers, Words words, int width) {
        return entries(
                offers,
                OfferNews::time,
                OfferNews::customer,
                words::of,
                news -> news instanceof MadeOffer ? palette.good() : palette.bad(),
                width);
    }

    private <T> List<List<AttributedString>> entries(
            List<T> items,
            ToLongFunction<T> time,
            Function<T, String> customer,
            Function<T, String> sentence,
            Function<T, AttributedStyle> style,
            int width) {
        int customerWidth = items.stream()
                .mapToInt(item -> Text.of(customer.apply(item)).columnLength())
                .map(length -> Math.min(WIDEST_CUSTOMER, length))
                .max()
                .orElse(0);
        List<List<AttributedString>> entries = new ArrayList<>();
        for (T item : items) {
            AttributedString first = Text.join(
                    Text.of(Text.day(time.applyAsLong(item)) + "  ", palette.quiet()),
                    Text.pad(Text.of(customer.apply(item)), customerWidth),
                    Text.of("  "));
            String indent = " ".repeat(first.columnLength());
            List<AttributedString> lines = new ArrayList<>();
            for (String line : Text.wrap(sentence.apply(item), Math.max(1, width - indent.length()))) {
                lines.add(Text.join(lines.isEmpty() ? first : Text.of(indent), Text.of(line, style.apply(item))));
            }
            entries.add(lines);
        }
        return entries;
    }

    /** What each gets of so many rows: an equal part, and of what others don't need, again. */
    static int[] shared(int rows, int[] needs) {
        int[] room = new int[needs.length];
        int left = Math.max(0, rows);
        List<Integer> hungry = new ArrayList<>();
        for (int i = 0; i < needs.length; i++) {
            hungry.add(i);
        }
        while (left > 0 && !hungry.isEmpty()) {
            int part = Math.max(1, left / hungry.size());
            for (int i : List.copyOf(hungry)) {
                int more = Math.min(Math.min(part, left), needs[i] - room[i]);
                room[i] += more;
                left -= more;
            }
            hungry.removeIf(i -> room[i] == needs[i]);
        }
        return room;
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
}

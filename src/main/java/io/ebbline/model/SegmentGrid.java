package io.ebbline.model;

import java.util.List;

/**
 * A total map from RFM scores to segment names: 5 x 5 cells of R and FM = (F + M + 1) / 2 in integer division. Every
 * combination of scores has exactly one segment, unlike the widely copied list of ranges, of which four can't be reached.
 *
 * @param names 25 names: rows R = 5 .. 1, in each FM = 5 .. 1
 * @throws IllegalArgumentException when there are not 25 names, or one is blank
 */
public record SegmentGrid(List<String> names) {

    public SegmentGrid {
        names = names.stream().map(String::intern).toList();
        if (names.size() != 25 || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "A segment grid has 25 names (rows R = 5 .. 1, columns FM = 5 .. 1), none"
                            + " of them blank; this one has " + names.size() + ".");
        }
    }

    /** The segment of the three scores, each 1 to 5. */
    public String segment(int recency, int frequency, int monetary) {
        return names.get(5 * (5 - recency) + 5 - (frequency + monetary + 1) / 2);
    }

    /** The grid that Ebbline ships. */
    public static SegmentGrid shipped() {
        return new SegmentGrid(List.of(
                "Champions",
                "Champions",
                "Potential Loyalist",
                "Potential Loyalist",
                "New",
                "Loyal",
                "Loyal",
                "Potential Loyalist",
                "Potential Loyalist",
                "Promising",
                "Loyal",
                "Loyal",
                "Need Attention",
                "About To Sleep",
                "About To Sleep",
                "Can't Lose",
                "At Risk",
                "At Risk",
                "Hibernating",
                "Hibernating",
                "Can't Lose",
                "At Risk",
                "At Risk",
                "Lost",
                "Lost"));
    }
}

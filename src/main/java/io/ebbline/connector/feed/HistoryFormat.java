package io.ebbline.connector.feed;

import io.ebbline.model.Offer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The history files that can be fed. Each is read as it is or gzip-compressed. */
public enum HistoryFormat {
    /** UCI Online Retail, a British gift shop's invoices of one year, as CSV. */
    ONLINE_RETAIL("online-retail"),
    /** CDNOW, the purchases of 23,570 people in 18 months, as CSV. */
    CDNOW("cdnow"),
    /** The simulated Starbucks rewards app: offers and transactions of 30 days, as JSON lines. */
    STARBUCKS("starbucks"),
    /** Any table of purchases, its columns named by a {@link CsvMapping}. */
    CSV("csv"),
    /** What {@code generate} writes: events of every kind, and what is none, as JSON lines. */
    SHOP("shop");

    private final String formatName;

    HistoryFormat(String formatName) {
        this.formatName = formatName;
    }

    /** The name that options use. */
    public String formatName() {
        return formatName;
    }

    /**
     * The format of that name.
     *
     * @throws FeedException when there is none
     */
    public static HistoryFormat named(String name) {
        for (HistoryFormat format : values()) {
            if (format.formatName.equals(name)) {
                return format;
            }
        }
        throw new FeedException("There is no history format \"" + name + "\". Choose one of "
                + Arrays.stream(values()).map(HistoryFormat::formatName).collect(Collectors.joining(", ")) + ".");
    }

    /**
     * What the columns mean, from the column options of a command line; null for a format that knows its columns.
     *
     * @throws FeedException when there are options for such a format, or one of them makes no sense
     */
    public @Nullable CsvMapping mapping(Map<String, String> columns) {
        if (this == CSV) {
            return CsvMapping.of(columns);
        }
        if (!columns.isEmpty()) {
            throw knowsItsColumns();
        }
        return null;
    }

    private FeedException knowsItsColumns() {
        return new FeedException("Format " + formatName + " knows its columns: column options belong to format csv.");
    }

    /**
     * Reads a whole file into memory.
     *
     * @param input the file; for {@link #STARBUCKS} also the directory that holds {@code transcript.json}
     * @param mapping what the columns mean; needed for {@link #CSV}, null for every other format
     * @throws FeedException when the file is missing or unreadable, holds no rows, or a row cannot be understood: names
     *     file and line
     */
    public History read(Path input, @Nullable CsvMapping mapping) {
        if (this == CSV) {
            if (mapping == null) {
                throw new FeedException(
                        "Format csv needs to know what the columns mean: name at least the columns of the"
                                + " customer, the time and the amount, and the currency.");
            }
            return CsvHistory.read(input, mapping);
        }
        if (mapping != null) {
            throw knowsItsColumns();
        }
        return switch (this) {
            case ONLINE_RETAIL -> OnlineRetail.read(input);
            case CDNOW -> Cdnow.read(input);
            case STARBUCKS -> Starbucks.read(input);
            case SHOP -> ShopReader.read(input);
            case CSV -> throw new AssertionError(this);
        };
    }

    /**
     * The offers that come with a history, as far as a file beside it tells of them.
     *
     * @param input as {@link #read}
     * @throws FeedException when the file is there and can't be understood: names file and line
     */
    public List<Offer> offers(Path input) {
        return this == STARBUCKS ? StarbucksOffers.read(input) : List.of();
    }
}

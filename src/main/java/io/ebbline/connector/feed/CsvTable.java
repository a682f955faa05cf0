package io.ebbline.connector.feed;

import io.ebbline.event.Line;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file with a header, read row by row: {@link #next()}, then the values of the row. Empty lines are passed over. */
public final class CsvTable implements AutoCloseable {

    private final Path file;
    private final CsvReader reader;
    private final List<String> header;
    private List<String> row;

    /**
     * Opens the file and reads its header.
     *
     * @throws FeedException when the file is missing, unreadable or empty
     */
    public CsvTable(Path file, char delimiter) {
        this.file = file;
        reader = new CsvReader(file, InputFile.open(file), delimiter);
        List<String> names = reader.next();
        if (names == null) {
            close();
            throw new FeedException(file + " is empty. Its first line must name the columns.");
        }
        header = names.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
        row = header;
    }

    /**
     * The place of a column.
     *
     * @throws FeedException when the header does not have it, or has it twice
     */
    int column(String name) {
        int place = header.indexOf(name);
        if (place < 0) {
            throw new FeedException(file + ", line 1: there is no column \"" + name + "\". The columns are "
                    + String.join(", ", header) + ".");
        }
        if (Collections.frequency(header, name) > 1) {
            throw new FeedException(file + ", line 1: two columns are named \"" + name + "\". Rename one.");
        }
        return place;
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end
     * @throws FeedException when the row has not as many values as the header, or cannot be read
     */
    public boolean next() {
        List<String> values = reader.next();
        if (values == null) {
            return false;
        }
        row = values;
        if (values.size() != header.size()) {
            throw error(
                    "the row has " + values.size() + " values where the header has " + header.size(),
                    "Quote values that hold the delimiter, and check the delimiter");
        }
        return true;
    }

    /** The names of the columns. */
    public List<String> header() {
        return header;
    }

    /** Number of the line on which the row begins, counted from 1. */
    public long line() {
        return reader.line();
    }

    /** The value, without the blanks around it. */
    String text(int column) {
        return row.get(column).strip();
    }

    /**
     * The value, which must not be empty.
     *
     * @throws FeedException when it is
     */
    String required(int column) {
        String text = text(column);
        if (text.isEmpty()) {
            throw error(header.get(column) + " is empty", "Fill it in or drop the row");
        }
        return text;
    }

    /** The value; null where it is empty. */
    public @Nullable String optional(int column) {
        String text = text(column);
        return text.isEmpty() ? null : text;
    }

    /**
     * The value as an exact number with at most four decimals.
     *
     * @throws FeedException when it is none
     */
    BigDecimal number(int column) {
        String text = required(column);
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw error(
                    header.get(column) + " is \"" + text + "\", not a number",
                    "Write numbers as 1234.50: with a dot, and without a currency or separators of thousands");
        }
        try {
            Line.scaled(number);
        } catch (ArithmeticException e) {
            throw error(
                    header.get(column) + " is " + text + ", which has more than four decimals or is too big",
                    "Round it in the file");
        }
        return number;
    }

    /**
     * The value as milliseconds since the epoch.
     *
     * @throws FeedException when it does not have the format
     */
    long time(int column, TimeFormat format) {
        String text = required(column);
        try {
            return format.millis(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw error(
                    header.get(column) + " is \"" + text + "\", not a time like " + format.example(),
                    "Correct it, or give the pattern of the times");
        }
    }

    /** What to throw about the current row. */
    FeedException error(String problem, String fix) {
        return new FeedException(file + ", line " + line() + ": " + problem + ". " + fix + ".");
    }

    /** What to throw when the table has no row. */
    FeedException noRows() {
        return new FeedException(file + " has a header but no rows: there is nothing to feed.");
    }

    @Override
    public void close() {
        reader.close();
    }
}

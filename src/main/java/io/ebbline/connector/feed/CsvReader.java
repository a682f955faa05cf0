package io.ebbline.connector.feed;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits delimited text into rows as RFC 4180 has it: a value in double quotes may hold delimiters, line ends and, written
 * twice, quotes. Lines end with CR, LF or both. A quote inside a value that does not begin with one is a plain character.
 * Empty lines are passed over.
 *
 * <p>Commons CSV would do, were it not for the Schema Registry client, whose jar brings an older Commons IO onto the class
 * path than Commons CSV runs on.
 */
final class CsvReader implements AutoCloseable {

    private static final int EOF = -1;

    private final Path file;
    private final Reader reader;
    private final char delimiter;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder value = new StringBuilder();
    private int position;
    private int limit;
    private long line = 1;
    private long rowLine;

    /** A reader of a text that is at its first line; {@code file} is for messages. */
    CsvReader(Path file, Reader reader, char delimiter) {
        this.file = file;
        this.reader = reader;
        this.delimiter = delimiter;
    }

    /**
     * The values of the next row; null at the end.
     *
     * @throws FeedException when the text cannot be read, or a quoted value does not end as it should
     */
    @Nullable
    List<String> next() {
        try {
            int first = read();
            while (first == '\n' || first == '\r') {
                endLine(first);
                first = read();
            }
            if (first == EOF) {
                return null;
            }
            rowLine = line;
            return row(first);
        } catch (IOException e) {
            throw InputFile.unreadable(file, line - 1, e);
        }
    }

    /** The line on which the last row began, counted from 1. */
    long line() {
        return rowLine;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw InputFile.unreadable(file, line - 1, e);
        }
    }

    private List<String> row(int first) throws IOException {
        List<String> values = new ArrayList<>();
        int c = first;
        while (true) {
            value.setLength(0);
            int end = c == '"' ? quoted() : plain(c);
            values.add(value.toString());
            if (end != delimiter) {
                endLine(end);
                return values;
            }
            c = read();
        }
    }

    /** Reads a value from its first character; returns what ended it. */
    private int plain(int first) throws IOException {
        int c = first;
        while (c != delimiter && c != '\n' && c != '\r' && c != EOF) {
            value.append((char) c);
            c = read();
        }
        return c;
    }

    /** Reads a value whose opening quote has been read; returns what came after the closing one. */
    private int quoted() throws IOException {
        long opened = line;
        while (true) {
            int c = read();
            if (c == EOF) {
                throw new FeedException(file + ", line " + opened
                        + ": a quote is opened and never closed. Close it, or write two quotes for one.");
            }
            if (c == '"') {
                c = read();
                if (c == delimiter || c == '\n' || c == '\r' || c == EOF) {
                    return c;
                }
                if (c != '"') {
                    throw new FeedException(
                            file + ", line " + line + ": a quoted value goes on after its closing quote."
                                    + " Write two quotes for one inside a value.");
                }
            } else if (c == '\n' || c == '\r') {
                // Kept as written, but for the count of lines.
                line += c == '\r' && peek() == '\n' ? 0 : 1;
            }
            value.append((char) c);
        }
    }

    private void endLine(int end) throws IOException {
        if (end == '\r' && peek() == '\n') {
            position++;
        }
        line++;
    }

    private int read() throws IOException {
        int c = peek();
        position++;
        return c;
    }

    private int peek() throws IOException {
        if (position >= limit) {
            limit = reader.read(buffer, 0, buffer.length);
            position = 0;
        }
        return limit <= 0 ? EOF : buffer[position];
    }
}

package io.ebbline.connector.feed;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Text files, plain or gzip-compressed, and what to say when they cannot be read. */
final class InputFile {

    private static final int BUFFER = 1 << 16;

    private InputFile() {}

    /**
     * Opens a UTF-8 text file. Compression is told by the first two bytes, not by the name.
     *
     * @throws FeedException when there is no such file or it cannot be opened
     */
    static BufferedReader open(Path file) {
        if (Files.isDirectory(file)) {
            throw new FeedException(file + " is a directory: name the file in it.");
        }
        if (!Files.exists(file)) {
            throw new FeedException("There is no file " + file + ".");
        }
        try {
            return reader(file);
        } catch (IOException e) {
            throw new FeedException(file + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static BufferedReader reader(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            InputStream plain = gzip ? new GZIPInputStream(raw, BUFFER) : raw;
            // A wrong charset must not pass unseen: it would split one customer into two.
            return new BufferedReader(
                    new InputStreamReader(
                            plain,
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** What to tell about a failure after {@code line} lines have been read. */
    static FeedException unreadable(Path file, long line, IOException cause) {
        String where = file + ", after line " + line + ": ";
        if (cause instanceof CharacterCodingException) {
            return new FeedException(
                    where + "the text is not UTF-8. Convert it, for example: iconv -f ISO-8859-1 -t UTF-8.", cause);
        }
        if (cause instanceof EOFException || cause instanceof ZipException) {
            return new FeedException(where + "the gzip file is cut short or damaged. Fetch it again.", cause);
        }
        return new FeedException(where + cause.getMessage() + ".", cause);
    }
}

package io.ebbline.connector.archive;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of an archive. Its name says which offsets of its partition it accounts for. The last of them has a record, the others may
 * have one; of a file named empty none has: there are offsets that hold nothing but the end of a transaction.
 *
 * @param first the first of them
 * @param end the one after the last
 */
public record ArchiveFile(String path, long first, long end, boolean empty) implements Serializable {
    private static final Pattern NAME = Pattern.compile("(\\d{20})-(\\d{20})\\.(avro|empty)");

    /** The name of a file of these offsets: in alphabetical order files are in that of their offsets. */
    static String name(long first, long end, boolean empty) {
        return String.format(Locale.ROOT, "%020d-%020d.%s", first, end, empty ? "empty" : "avro");
    }

    /** What a path is by its name; empty when it is none of ours. */
    static Optional<ArchiveFile> of(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches()
                ? Optional.of(new ArchiveFile(
                        path.toString(),
                        Long.parseLong(name.group(1)),
                        Long.parseLong(name.group(2)),
                        name.group(3).equals("empty")))
                : Optional.empty();
    }
}

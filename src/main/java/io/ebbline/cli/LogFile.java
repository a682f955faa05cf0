package io.ebbline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the command line's log goes. Has to be settled before the first class that logs is loaded. */
final class LogFile {
    private static final String PROPERTY = "ebbline.log";

    private LogFile() {}

    /** Sends the log to a file; its directory is made if need be. */
    static void to(Path file) {
        try {
            Path absolute = file.toAbsolutePath().normalize();
            Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            System.setProperty(PROPERTY, absolute.toString());
        } catch (IOException e) {
            throw new CommandException(
                    "The log " + file + " can't be written (" + e
                            + "): choose a directory that this user may write to.",
                    e);
        }
    }

    /** The file, as a message names it. */
    static String name() {
        return System.getProperty(
                PROPERTY,
                Path.of(System.getProperty("java.io.tmpdir", "."), "ebbline.log")
                        .toString());
    }
}

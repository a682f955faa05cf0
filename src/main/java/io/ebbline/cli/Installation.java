package io.ebbline.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Ebbline is installed, as the launcher says. */
final class Installation {
    private Installation() {}

    /** Ebbline's own directory; the current one when the launcher did not say. */
    static Path home() {
        return Path.of(System.getProperty("ebbline.home", ""));
    }

    /**
     * Where the build unpacked the schema registry.
     *
     * @throws CommandException when it is not there
     */
    static Path registryHome() {
        Path home = home().resolve("target").resolve("registry");
        if (!Files.isDirectory(home)) {
            throw new CommandException(
                    "The schema registry is not in " + home.toAbsolutePath() + ": start Ebbline with ./ebbline, which"
                            + " gets it.",
                    null);
        }
        return home;
    }
}

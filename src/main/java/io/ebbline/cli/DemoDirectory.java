package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.DemoOptions;
import io.ebbline.config.Durations;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps what it has. A directory belongs to one feed: its topics hold that feed's records, and a feed goes on
 * only with the options that it began with.
 */
final class DemoDirectory implements AutoCloseable {
    private static final String FILE = "demo.properties";
    private static final String RUN_ID = "run-id";
    private static final String FINISHED = "finished";

    private final Path dir;
    private final boolean temporary;
    private final Properties properties;

    private DemoDirectory(Path dir, boolean temporary, Properties properties) {
        this.dir = dir;
        this.temporary = temporary;
        this.properties = properties;
    }

    /**
     * The directory that the options name, or a temporary one.
     *
     * @param now milliseconds since the epoch, for the run id of a new directory
     * @throws ConfigException when the directory holds another demo, or one that has ended
     */
    static DemoDirectory open(DemoOptions options, long now) {
        try {
            Path dir = options.dir().isPresent()
                    ? Files.createDirectories(
                            options.dir().get().toAbsolutePath().normalize())
                    : Files.createTempDirectory("ebbline-demo-");
            DemoDirectory opened = new DemoDirectory(dir, options.dir().isEmpty(), load(dir.resolve(FILE)));
            opened.claim(feedOf(options), now);
            return opened;
        } catch (IOException e) {
            throw new ConfigException(
                    "--dir: the directory can't be used (" + e + "): choose one that this user may" + " write to.");
        }
    }

    /** Where it is. */
    Path path() {
        return dir;
    }

    /** The run id, the same for as long as the directory is. */
    String runId() {
        return properties.getProperty(RUN_ID, "");
    }

    /**
     * The log's file. That of a temporary directory lies beside it: whoever wants to know why a demo failed comes after it
     * was deleted.
     */
    Path logFile() {
        return temporary
                ? dir.resolveSibling(dir.getFileName() + ".log")
                : dir.resolve("logs").resolve("ebbline.log");
    }

    /** Whether nothing of it is kept. */
    boolean isTemporary() {
        return temporary;
    }

    /** An empty directory for the job's report. */
    Path emptyReport() {
        Path report = dir.resolve("report");
        try {
            delete(report);
            return Files.createDirectories(report);
        } catch (IOException e) {
            throw new CommandException("The directory " + report + " can't be emptied (" + e + "): delete it.", e);
        }
    }

    /** Remembers that the job is over for good; the directory can't be gone on with. */
    void finish() {
        properties.setProperty(FINISHED, "true");
        store();
    }

    /** Deletes the directory if it is temporary. */
    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try {
            delete(dir);
        } catch (IOException e) {
            throw new CommandException("The temporary directory " + dir + " can't be deleted (" + e + ").", e);
        }
    }

    private void claim(Map<String, String> feed, long now) {
        if (properties.isEmpty()) {
            properties.putAll(feed);
            properties.setProperty(RUN_ID, "demo-" + now);
            store();
            return;
        }
        if (properties.containsKey(FINISHED)) {
            throw new ConfigException("--dir: " + dir + " holds a demo that has ended: choose another directory, or"
                    + " delete this one.");
        }
        Map<String, String> before = new TreeMap<>();
        feed.keySet().forEach(name -> before.put(name, properties.getProperty(name, "")));
        if (!before.equals(feed)) {
            throw new ConfigException("--dir: " + dir + " holds a demo with " + before + ", not " + feed
                    + ": give the same options to go on with it, or choose another directory.");
        }
    }

    private static Map<String, String> feedOf(DemoOptions options) {
        Map<String, String> feed = new TreeMap<>();
        feed.put("lateness", Durations.format(options.lateness()));
        feed.put(
                "shuffle",
                options.shuffle().isPresent() ? Long.toString(options.shuffle().getAsLong()) : "");
        feed.put(
                "publish",
                options.publish().stream()
                        .map(file -> file.toAbsolutePath().normalize().toString())
                        .collect(Collectors.joining(",")));
        if (options.history().input().isPresent()) {
            feed.put(
                    "input",
                    options.history().input().get().toAbsolutePath().normalize().toString());
            feed.put("format", options.history().format().orElse(""));
            feed.put("csv", new TreeMap<>(options.history().csv()).toString());
        } else {
            feed.put("input", "");
            feed.putAll(options.shop().asMap());
        }
        return feed;
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private void store() {
        Path file = dir.resolve(FILE);
        Path next = dir.resolve(FILE + ".new");
        try {
            try (Writer out = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
                properties.store(out, "What this directory's demo is. Written by ebbline.");
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandException("The file " + file + " can't be written (" + e + ").", e);
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

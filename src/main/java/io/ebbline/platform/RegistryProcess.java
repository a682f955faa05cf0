package io.ebbline.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The child process that runs the registry's program: its command line, its log and its end. */
final class RegistryProcess implements AutoCloseable {
    private static final int QUOTED_LINES = 20;
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final Path log;
    private final Path storage;

    private RegistryProcess(Process process, Path log, Path storage) {
        this.process = process;
        this.log = log;
        this.storage = storage;
    }

    /** Starts the program; it is not ready yet when this returns. */
    static RegistryProcess launch(Path home, Path dir, int port) throws IOException {
        Path runner = runner(home);
        Path log = dir.resolve("registry.log");
        if (Files.exists(log)) {
            Files.move(log, dir.resolve("registry.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Path storage = dir.resolve("storage");
        Path classes = copyChild(dir.resolve("classes"));
        Process process = new ProcessBuilder(command(runner, classes, storage, port))
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new RegistryProcess(process, log, storage);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The child's handle; its input must stay open for as long as the child should live. */
    Process handle() {
        return process;
    }

    Path storage() {
        return storage;
    }

    /** The end of the log, for a message. */
    String lastLines() {
        try {
            // Not readAllLines: it fails on a byte that is no UTF-8, and a log may hold any.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " can't be read: " + e.getMessage() + ")";
        }
    }

    /** Asks the process to end, and ends it if it does not within 10 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
            process.getOutputStream().close();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path runner, Path classes, Path storage, int port) throws IOException {
        String separator = System.getProperty("path.separator", ":");
        return List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                // Without the delay of 0 the storage keeps commits in memory for half a second; a kill in that time
                // would give the same id to another schema.
                "-DREGISTRY_DATASOURCE_URL=jdbc:h2:file:" + storage.resolve("registry") + ";WRITE_DELAY=0",
                // The default opens 20 connections before the first request.
                "-Dquarkus.datasource.jdbc.initial-size=2",
                "-Dquarkus.datasource.jdbc.min-size=2",
                "-Dquarkus.datasource.jdbc.max-size=10",
                "-cp",
                classes + separator + runner,
                RegistryChild.class.getName(),
                mainClass(runner));
    }

    /** Puts the child's main class alone into a directory, so that no other class of ours meets the registry's. */
    private static Path copyChild(Path classes) throws IOException {
        String resource = RegistryChild.class.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(resource);
        Files.createDirectories(classes.resolve(resource).resolveSibling("."));
        try (InputStream in = RegistryChild.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new PlatformException(resource + " is missing from the class path: build Ebbline again.");
            }
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return classes;
    }

    private static Path runner(Path home) throws IOException {
        if (Files.isDirectory(home)) {
            try (Stream<Path> files = Files.list(home)) {
                Path found = files.filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
                        .findFirst()
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new PlatformException(
                "The schema registry's program is not in " + home + ": run ./mvnw package, which unpacks it.");
    }

    private static String mainClass(Path runner) throws IOException {
        try (JarFile jar = new JarFile(runner.toFile())) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (name == null) {
                throw new PlatformException(
                        runner + " names no main class: delete its directory and run ./mvnw package again.");
            }
            return name;
        }
    }
}

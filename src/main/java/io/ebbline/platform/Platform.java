package io.ebbline.platform;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;
import org.jspecify.annotations.Nullable;

/**
 * A broker, a registry and a Flink session on one directory.
 *
 * <p>The directory holds {@code kafka}, {@code registry}, {@code checkpoints}, {@code savepoints} and {@code logs},
 * which outlive the process, and {@code tmp}, which is emptied at each start. One process at a time can use it.
 */
public final class Platform implements AutoCloseable {
    private final Path dir;
    private final Broker broker;
    private final Registry registry;
    private final Cluster cluster;

    /** What is still to be closed, in that order. */
    private final Deque<AutoCloseable> open;

    private Platform(Path dir, Broker broker, Registry registry, Cluster cluster, DirectoryLock lock) {
        this.dir = dir;
        this.broker = broker;
        this.registry = registry;
        this.cluster = cluster;
        // Flink first, so that jobs do not see their broker go.
        this.open = new ArrayDeque<>(List.of(cluster, registry, broker, lock));
    }

    /**
     * Starts the three at the same time and returns when all of them serve.
     *
     * @param progress is told what goes on, a line at a time, by one thread at a time, not always the caller's;
     *     must not throw
     * @throws PlatformException when the directory is in use or a part does not start; then nothing is left running
     */
    public static Platform start(PlatformSettings settings, Consumer<String> progress) {
        Path dir = settings.dir().toAbsolutePath().normalize();
        DirectoryLock lock = prepare(dir);
        Object turn = new Object();
        Consumer<String> told = line -> {
            synchronized (turn) {
                progress.accept(line);
            }
        };
        CompletableFuture<Broker> broker =
                begin("Kafka", told, Broker::bootstrap, () -> Broker.start(dir.resolve("kafka"), settings.kafkaPort()));
        CompletableFuture<Registry> registry = begin(
                "The schema registry",
                told,
                Registry::url,
                () -> Registry.start(
                        settings.registryHome(),
                        dir.resolve("registry"),
                        settings.registryPort(),
                        settings.compatibility()));
        CompletableFuture<Cluster> cluster = begin(
                "Flink",
                told,
                Cluster::webUrl,
                () -> Cluster.start(
                        flink(settings.flink(), dir),
                        settings.taskManagers(),
                        settings.slotsPer(),
                        settings.webPort()));
        Deque<AutoCloseable> open = new ArrayDeque<>(List.of(lock));
        RuntimeException failure = null;
        // All are waited for even when one fails: what is still starting can't be stopped yet.
        for (CompletableFuture<? extends AutoCloseable> part : List.of(broker, registry, cluster)) {
            try {
                open.addFirst(part.join());
            } catch (CompletionException e) {
                failure = joined(
                        failure, new PlatformException(String.valueOf(reason(e).getMessage()), reason(e)));
            }
        }
        if (failure != null) {
            RuntimeException closing = closeAll(open);
            throw closing == null ? failure : joined(failure, closing);
        }
        return new Platform(dir, broker.join(), registry.join(), cluster.join(), lock);
    }

    /** The running broker. */
    public Broker broker() {
        return broker;
    }

    /** The running registry. */
    public Registry registry() {
        return registry;
    }

    /** The running Flink session. */
    public Cluster cluster() {
        return cluster;
    }

    /** Where jobs keep their checkpoints. */
    public Path checkpoints() {
        return dir.resolve("checkpoints");
    }

    /** Where savepoints go. */
    public Path savepoints() {
        return dir.resolve("savepoints");
    }

    /** Where logs may go; the registry's own is in its directory. */
    public Path logs() {
        return dir.resolve("logs");
    }

    /**
     * Stops Flink, the registry and the broker, in this order, and gives the directory back. What fails does not keep
     * the rest from being stopped. A second call does nothing.
     */
    @Override
    public synchronized void close() {
        RuntimeException failure = closeAll(open);
        if (failure != null) {
            throw failure;
        }
    }

    private static <T extends AutoCloseable> CompletableFuture<T> begin(
            String name, Consumer<String> progress, Function<T, String> address, Supplier<T> start) {
        Supplier<T> timed = () -> {
            long begun = System.nanoTime();
            T part = start.get();
            progress.accept("%s is ready after %.1f s at %s"
                    .formatted(name, (System.nanoTime() - begun) / 1e9, address.apply(part)));
            return part;
        };
        progress.accept(name + " starts");
        return CompletableFuture.supplyAsync(timed, task -> new Thread(task, "start " + name).start());
    }

    private static Throwable reason(CompletionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static @Nullable RuntimeException closeAll(Deque<AutoCloseable> open) {
        RuntimeException failure = null;
        while (!open.isEmpty()) {
            try {
                open.removeFirst().close();
            } catch (RuntimeException e) {
                failure = joined(failure, e);
            } catch (Exception e) {
                failure =
                        joined(failure, new PlatformException("A part of the platform did not stop: see the log.", e));
            }
        }
        return failure;
    }

    private static RuntimeException joined(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private static DirectoryLock prepare(Path dir) {
        try {
            Files.createDirectories(dir);
            DirectoryLock lock = DirectoryLock.acquire(dir);
            try {
                // A kill leaves the working files of the state backend behind; no job can use them any more.
                deleteTree(dir.resolve("tmp"));
                for (String name : List.of("checkpoints", "savepoints", "logs", "tmp")) {
                    Files.createDirectories(dir.resolve(name));
                }
                return lock;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PlatformException(
                    "The directory " + dir + " can't be used (" + e + "): choose one that this user may write to.", e);
        }
    }

    private static Configuration flink(Configuration base, Path dir) {
        Configuration conf = new Configuration(base);
        conf.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(dir.resolve("checkpoints")));
        conf.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(dir.resolve("savepoints")));
        conf.set(CoreOptions.TMP_DIRS, dir.resolve("tmp").toString());
        conf.set(WebOptions.TMP_DIR, dir.resolve("tmp").toString());
        return conf;
    }

    private static String uri(Path path) {
        return path.toUri().toString();
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

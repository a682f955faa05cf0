package io.ebbline.connector.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of an archive while it is written: one process at a time. */
final class ArchiveDirectory implements AutoCloseable {
    private static final String LOCK = "archive.lock";

    private final Path dir;
    private final FileChannel lock;

    private ArchiveDirectory(Path dir, FileChannel lock) {
        this.dir = dir;
        this.lock = lock;
    }

    /**
     * Makes it if need be.
     *
     * @throws ArchiveException when another process writes to it, or it can't be written to
     */
    static ArchiveDirectory open(Path dir) {
        FileChannel channel = null;
        try {
            Files.createDirectories(dir);
            channel = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new ArchiveDirectory(dir, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be written to (" + e + "): choose another directory.", e);
        }
        throw new ArchiveException(dir + " is being written to by another process: wait until it has ended.", null);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Held by this very process.
        }
    }

    Path path() {
        return dir;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be let go of (" + e + ").", e);
        }
    }
}

package io.ebbline.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to use a directory, which one process at a time can have. The system takes it back when the process ends. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory.
     *
     * @param dir exists
     * @throws PlatformException when another process, or another platform in this one, has it
     */
    static DirectoryLock acquire(Path dir) throws IOException {
        FileChannel channel = FileChannel.open(
                dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new PlatformException("The directory " + dir + " is in use by process " + owner(channel)
                        + ": stop that process or choose another directory.");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    String.valueOf(ProcessHandle.current().pid())));
            return new DirectoryLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held within this JVM; to the caller that is the same.
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        String pid = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        return pid.isEmpty() ? "(unknown)" : pid;
    }
}

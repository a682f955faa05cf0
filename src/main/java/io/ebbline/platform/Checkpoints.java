package io.ebbline.platform;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checkpoints and savepoints that jobs left on disk. */
public final class Checkpoints {
    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /**
     * The newest completed checkpoint or savepoint below a directory, whichever job took it. Keep the directories of
     * different jobs apart if more than one uses the platform.
     *
     * <p>Flink renames the metadata file into place when everything else is written, so its presence means complete
     * and its modification time says when.
     *
     * @param dir may be missing
     * @return the directory to restore from, or nothing when there is none
     * @throws PlatformException when a directory can't be read
     */
    public static Optional<Path> newest(Path dir) {
        return newest(List.of(dir));
    }

    /** The newest below several directories; otherwise as {@link #newest(Path)}. */
    public static Optional<Path> newest(List<Path> dirs) {
        Newest newest = new Newest();
        for (Path dir : dirs) {
            try {
                Files.walkFileTree(dir, newest);
            } catch (IOException e) {
                throw new PlatformException(
                        "The checkpoints in " + dir + " can't be read (" + e
                                + "): give this user the right to read them.",
                        e);
            }
        }
        return Optional.ofNullable(newest.found);
    }

    private static final class Newest extends SimpleFileVisitor<Path> {
        private FileTime time = FileTime.fromMillis(Long.MIN_VALUE);
        private @Nullable Path found;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith(METADATA) && attributes.lastModifiedTime().compareTo(time) > 0) {
                time = attributes.lastModifiedTime();
                found = file.getParent();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return unlessGone(failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : unlessGone(failure);
        }

        /** A running job deletes old checkpoints while we look; what is gone was not the newest. */
        private static FileVisitResult unlessGone(IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}

package io.ebbline.connector;

import io.ebbline.connector.archive.Archive;
import io.ebbline.connector.archive.ArchiveCursor;
import io.ebbline.connector.archive.ArchiveException;
import io.ebbline.connector.archive.ArchivedSchemas;
import io.ebbline.connector.archive.Stretch;
import io.ebbline.wire.SchemaRegistry;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a replay reads of a partition before it reads Kafka: a history that never was there, then what the topics no longer hold.
 *
 * <p>Where a reader stands is one number, so that its state is that of a reader of Kafka: an offset, or a place in the history,
 * which lies beyond all offsets.
 *
 * @param history of {@link Archive.Kind#HISTORY}; null: none
 * @param topics of {@link Archive.Kind#TOPICS}; null: none
 */
public record ReplayArchives(
        @Nullable Archive history, @Nullable Archive topics) implements Serializable {

    /** Nothing but Kafka. */
    public static final ReplayArchives NONE = new ReplayArchives(null, null);

    /** The first place in a history. Kafka would need centuries to come to an offset like it. */
    private static final long HISTORY = 1L << 60;

    /**
     * Looks up those in some directories.
     *
     * @throws ArchiveException when there is none in one of them, or there are two of a kind
     */
    public static ReplayArchives open(List<Path> dirs) {
        Archive history = null;
        Archive topics = null;
        for (Path dir : dirs) {
            Archive archive = Archive.open(dir);
            if ((archive.kind() == Archive.Kind.HISTORY ? history : topics) != null) {
                throw new ArchiveException(
                        dir + " is the second archive of its kind: a replay reads one of a history and one of topics.",
                        null);
            }
            if (archive.kind() == Archive.Kind.HISTORY) {
                history = archive;
            } else {
                topics = archive;
            }
        }
        return new ReplayArchives(history, topics);
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return history == null && topics == null;
    }

    /** How many records the history has, clocks among them. */
    long historyRecords() {
        return history == null
                ? 0
                : history.stretches().values().stream().mapToLong(Stretch::end).sum();
    }

    /**
     * Holds the registry against the schemas that archived values name.
     *
     * @throws ArchiveException when it does not have one of them, or another one under its id
     */
    public void requireSchemas(SchemaRegistry registry) {
        Stream.of(history, topics)
                .flatMap(Stream::ofNullable)
                .forEach(archive -> new ArchivedSchemas(Path.of(archive.dir()), registry).check());
    }

    /** Whether a position is a place in the history and no offset. */
    static boolean isInHistory(long position) {
        return position >= HISTORY;
    }

    /** A position as people count: the offset, or how many records of the history's partition lie before it. */
    static long counted(long position) {
        return isInHistory(position) ? position - HISTORY : position;
    }

    /** Where to start with a partition: at the history's beginning if it has any of it, otherwise at an offset. */
    long start(TopicPartition partition, long offset) {
        return stretch(history, partition) == null ? offset : HISTORY;
    }

    /** Whether what stands at a position is in an archive and not read from Kafka. */
    boolean hold(TopicPartition partition, long position) {
        if (isInHistory(position)) {
            return true;
        }
        Stretch archived = stretch(topics, partition);
        return archived != null && position >= archived.begin() && position < archived.end();
    }

    /**
     * Reads on from a position that an archive holds.
     *
     * @param stop the offset after the last one that is wanted
     */
    ArchiveCursor read(TopicPartition partition, long position, long stop) {
        if (isInHistory(position)) {
            Stretch told = required(history, partition);
            return new ArchiveCursor(partition, told, position - HISTORY, told.end(), HISTORY);
        }
        return new ArchiveCursor(partition, required(topics, partition), position, stop, 0);
    }

    /**
     * The position that follows the archive that holds another one.
     *
     * @param offset the first one that is wanted
     * @param stop the one after the last that is
     */
    long after(TopicPartition partition, long position, long offset, long stop) {
        return isInHistory(position)
                ? offset
                : Math.min(stop, required(topics, partition).end());
    }

    private static Stretch required(@Nullable Archive archive, TopicPartition partition) {
        Stretch stretch = stretch(archive, partition);
        if (stretch == null) {
            throw new ArchiveException(
                    "A replay of " + partition + " goes on in an archive that it did not have before.", null);
        }
        return stretch;
    }

    private static @Nullable Stretch stretch(@Nullable Archive archive, TopicPartition partition) {
        return archive == null ? null : archive.stretches().get(partition);
    }
}

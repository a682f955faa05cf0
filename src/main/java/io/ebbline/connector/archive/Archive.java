package io.ebbline.connector.archive;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * An archive as it was found: {@code DIR/archive.json}, {@code DIR/TOPIC/PARTITION/FIRST-END.avro}, {@code DIR/schemas/ID.avsc}.
 *
 * @param dir where it is
 * @param ids by topic, Kafka's id of it
 * @param stretches what it has of each partition that it knows
 */
public record Archive(String dir, Kind kind, Map<String, String> ids, Map<TopicPartition, Stretch> stretches)
        implements Serializable {

    /** Where the records of an archive come from. */
    public enum Kind {
        /** From topics: offsets are those on Kafka. */
        TOPICS,
        /** From a history file: offsets count the records of a partition from 0, and mean nothing to Kafka. */
        HISTORY
    }

    public Archive {
        // Flink ships it to other processes: no maps of a private class.
        ids = new HashMap<>(ids);
        stretches = new HashMap<>(stretches);
    }

    /**
     * Looks an archive up.
     *
     * @throws ArchiveException when there is none, or a file of it is missing
     */
    public static Archive open(Path dir) {
        Manifest manifest = Manifest.read(dir)
                .orElseThrow(() -> new ArchiveException(
                        dir + " holds no archive: name a directory that `ebbline archive` has written.", null));
        return of(dir, manifest);
    }

    static Archive of(Path dir, Manifest manifest) {
        Map<TopicPartition, Stretch> stretches = new HashMap<>();
        manifest.begins()
                .forEach((partition, begin) -> stretches.put(partition, stretch(directory(dir, partition), begin)));
        return new Archive(dir.toString(), manifest.kind(), manifest.ids(), stretches);
    }

    /** Where the files of a partition are. */
    static Path directory(Path dir, TopicPartition partition) {
        return dir.resolve(partition.topic()).resolve(Integer.toString(partition.partition()));
    }

    private static Stretch stretch(Path dir, long begin) {
        List<ArchiveFile> files = new ArrayList<>();
        try {
            if (Files.isDirectory(dir)) {
                try (Stream<Path> paths = Files.list(dir)) {
                    paths.map(ArchiveFile::of).flatMap(Optional::stream).forEach(files::add);
                }
            }
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be read (" + e + ").", e);
        }
        files.sort(Comparator.comparingLong(ArchiveFile::first));
        long next = begin;
        for (ArchiveFile file : files) {
            if (file.first() != next) {
                throw new ArchiveException(
                        file.path() + " begins at offset " + file.first() + ", where " + next
                                + " follows: a file is missing before it, or is there twice.",
                        null);
            }
            next = file.end();
        }
        return new Stretch(begin, files);
    }
}

package io.ebbline.connector;

import io.ebbline.connector.archive.Archive;
import io.ebbline.connector.archive.ArchiveChecks;
import io.ebbline.connector.archive.ArchiveException;
import io.ebbline.connector.archive.ArchiveScan;
import io.ebbline.wire.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What archives have to say about the part of a history that a replay reads. All of them has been read once when it is there.
 *
 * @param history of the archive of a history; null: there is none
 * @param topics of the archive of topics; null: there is none
 */
record ArchivedSpan(
        ReplayArchives archives,
        @Nullable ArchiveScan history,
        @Nullable ArchiveScan topics) {

    /**
     * Reads the archives.
     *
     * @param since milliseconds since the epoch, of the first records that are wanted; null: all
     * @param until of the first that are not; null: all are
     * @throws ArchiveException when one is damaged, or does not go with the topics
     */
    static ArchivedSpan of(ReplayArchives archives, Properties client, @Nullable Long since, @Nullable Long until) {
        Archive topics = archives.topics();
        if (topics != null) {
            ArchiveChecks.requireOneHistory(topics, client);
        }
        Archive history = archives.history();
        return new ArchivedSpan(
                archives,
                history == null ? null : ArchiveScan.of(history, null, until),
                topics == null ? null : ArchiveScan.of(topics, since, until));
    }

    /** The newest Kafka time of an event or a clock, milliseconds since the epoch; -1 when there is none. */
    long newest() {
        Set<String> inputs = Topic.inputs().stream().map(Topic::topicName).collect(Collectors.toSet());
        return Stream.of(of(history), of(topics))
                .flatMap(newest -> newest.entrySet().stream())
                .filter(newest -> inputs.contains(newest.getKey().topic()))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(-1);
    }

    private static Map<TopicPartition, Long> of(@Nullable ArchiveScan scan) {
        return scan == null ? Map.of() : scan.newest();
    }

    /** The first offsets that there are, where an archive has some that Kafka need not have. */
    Map<TopicPartition, Long> begins() {
        Map<TopicPartition, Long> begins = new HashMap<>();
        Archive archive = archives.topics();
        if (archive != null) {
            archive.stretches().forEach((partition, stretch) -> begins.put(partition, stretch.begin()));
        }
        return begins;
    }

    /** The first offsets that are wanted, where an archive has them. */
    Map<TopicPartition, Long> since() {
        return topics == null ? Map.of() : topics.since();
    }

    /** The first offsets of events that are not, where an archive has them. */
    Map<TopicPartition, Long> until() {
        Map<TopicPartition, Long> until = topics == null ? new HashMap<>() : new HashMap<>(topics.until());
        until.keySet().removeIf(partition -> partition.topic().equals(Topic.CUSTOMER_MOVES.topicName()));
        return until;
    }

    /**
     * Whether a live job can go on from where a replay would end.
     *
     * @param partitions that Kafka has
     * @param to where the replay ends
     * @param earliest the first offsets that Kafka has
     * @throws ArchiveException when it can't
     */
    void requireGoingOn(
            Collection<TopicPartition> partitions, Map<TopicPartition, Long> to, Map<TopicPartition, Long> earliest) {
        Archive told = archives.history();
        if (told != null && history != null) {
            requireSamePartitions(told, partitions);
            if (!history.until().isEmpty()) {
                throw new ArchiveException(
                        "--until lies before the end of the history in " + told.dir()
                                + ", and no live job could go on in the middle of it: choose a later one, or write the"
                                + " history's archive with --until.",
                        null);
            }
        }
        List<String> gone = to.keySet().stream()
                .sorted(ArchiveChecks.ORDER)
                .filter(partition -> topics != null && at(to, partition) < at(earliest, partition))
                .map(partition -> ArchiveChecks.name(partition) + " at " + at(to, partition) + ", of which Kafka has "
                        + at(earliest, partition) + " on")
                .toList();
        if (!gone.isEmpty()) {
            throw new ArchiveException(
                    "With this --until the replay would end where Kafka no longer has what follows ("
                            + String.join("; ", gone)
                            + "), and no live job could go on from there: choose a later one, or none.",
                    null);
        }
    }

    private static void requireSamePartitions(Archive told, Collection<TopicPartition> partitions) {
        Set<String> topics =
                told.stretches().keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Set<TopicPartition> there = new HashSet<>(partitions);
        there.removeIf(partition -> !topics.contains(partition.topic()));
        if (!told.stretches().keySet().equals(there)) {
            throw new ArchiveException(
                    "The history in " + told.dir() + " was written for "
                            + told.stretches().size() + " partitions, the topics have " + there.size()
                            + ": write it again, for these topics.",
                    null);
        }
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}

package io.ebbline.connector.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;

/** Whether an archive of topics and the topics themselves are one history. */
public final class ArchiveChecks {

    /** By topic, then by number. */
    public static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private ArchiveChecks() {}

    /**
     * Holds an archive against its topics.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     * @throws ArchiveException when a topic was deleted and made anew, lacks a partition, or no longer holds what follows the
     *     archive's end
     */
    public static void requireOneHistory(Archive archive, Properties client) {
        requireOneHistory(archive, TopicBounds.ask(client, TopicArchiver.topics(), null));
    }

    static void requireOneHistory(Archive archive, TopicBounds bounds) {
        List<String> problems = new ArrayList<>();
        archive.ids().forEach((topic, id) -> {
            if (!id.equals(bounds.ids().getOrDefault(topic, id))) {
                problems.add("The topic " + topic + " was deleted and made anew since the archive was begun.");
            }
        });
        archive.stretches().keySet().stream()
                .sorted(ORDER)
                .filter(partition -> !bounds.latest().containsKey(partition))
                .forEach(partition -> problems.add("The archive has " + name(partition) + ", Kafka has not."));
        if (problems.isEmpty()) {
            bounds.inOrder().forEach(partition -> compare(partition, archive.stretches(), bounds, problems));
        }
        if (!problems.isEmpty()) {
            throw new ArchiveException(
                    "The archive in " + archive.dir() + " does not go with the topics. " + String.join(" ", problems),
                    null);
        }
    }

    private static void compare(
            TopicPartition partition,
            Map<TopicPartition, Stretch> stretches,
            TopicBounds bounds,
            List<String> problems) {
        Stretch stretch = stretches.get(partition);
        long end = stretch == null ? 0 : stretch.end();
        long earliest = bounds.earliest(partition);
        long latest = bounds.latest().getOrDefault(partition, 0L);
        if (earliest > end) {
            problems.add(name(partition) + ": the archive ends before offset " + end + ", Kafka begins at " + earliest
                    + ": a gap of " + (earliest - end) + " offsets.");
        } else if (latest < end) {
            problems.add(
                    name(partition) + ": the archive ends before offset " + end + ", Kafka at " + latest + " already.");
        }
    }

    /** A partition as options write it. */
    public static String name(TopicPartition partition) {
        return partition.topic() + ":" + partition.partition();
    }
}

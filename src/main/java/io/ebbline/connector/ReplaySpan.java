package io.ebbline.connector;

import io.ebbline.wire.Topic;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The part of the input topics, and of the recorded moves between customers, that a replay reads, found before it starts.
 *
 * @param from the first offset of each partition
 * @param to the offset after the last one; not before {@code from}
 * @param end E, the instant that the replay takes every customer to, milliseconds since the epoch
 * @param archives where it is read from, as far as they go
 */
public record ReplaySpan(
        Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, long end, ReplayArchives archives)
        implements Serializable {

    public ReplaySpan {
        // Flink ships it to other processes: no map of a private class.
        from = new HashMap<>(from);
        to = new HashMap<>(to);
    }

    /** Where the reader of each partition starts: at its first offset, or in a history that was never on Kafka. */
    Map<TopicPartition, Long> starts() {
        Map<TopicPartition, Long> starts = new HashMap<>(from);
        starts.replaceAll(archives::start);
        return starts;
    }

    /** How many records a history has, and how many offsets of what the shop has written lie in it; some may hold no record. */
    public long offsets() {
        return archives.historyRecords() + offsetsOfInputs();
    }

    private long offsetsOfInputs() {
        return to.entrySet().stream()
                .filter(partition -> !isOfMoves(partition.getKey()))
                .mapToLong(partition -> partition.getValue() - from.getOrDefault(partition.getKey(), 0L))
                .sum();
    }

    private static boolean isOfMoves(TopicPartition partition) {
        return partition.topic().equals(Topic.CUSTOMER_MOVES.topicName());
    }

    /** Partitions of the topic that has the fewest. */
    public int leastPartitions() {
        return to.keySet().stream()
                .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()))
                .values()
                .stream()
                .mapToInt(Math::toIntExact)
                .min()
                .orElse(1);
    }

    /**
     * Looks it up.
     *
     * <p>With an end, the records that lie before it and those that may come out of order behind them are read, by their Kafka
     * time. Without, everything that is there now is read, and the end is what a live job would have reached with it: the newest
     * record's time less the lateness bound.
     *
     * @param client {@code bootstrap.servers} and what security needs
     * @param since to start at the first records whose Kafka time is not before it; null: at the first ones that are there
     * @param offsets to start at instead, by {@code topic:partition}
     * @param until the end; null: all that is there now
     * @throws TopicException when the brokers do not answer, or there is nothing to read
     */
    public static ReplaySpan find(
            Properties client,
            @Nullable Instant since,
            Map<String, Long> offsets,
            @Nullable Instant until,
            Duration lateness) {
        return find(client, since, offsets, until, lateness, ReplayArchives.NONE);
    }

    /**
     * Looks it up in archives and in the topics behind them.
     *
     * @param archives read as a whole, and held against the topics; the rest as without
     * @throws TopicException as without
     * @throws io.ebbline.connector.archive.ArchiveException when an archive is damaged, or it and the topics are not one history
     */
    public static ReplaySpan find(
            Properties client,
            @Nullable Instant since,
            Map<String, Long> offsets,
            @Nullable Instant until,
            Duration lateness,
            ReplayArchives archives) {
        ArchivedSpan archived = ArchivedSpan.of(
                archives,
                client,
                since == null ? null : since.toEpochMilli(),
                until == null ? null : until.toEpochMilli() + lateness.toMillis() + 1);
        try (Admin admin = Admin.create(client)) {
            List<String> topics = Topic.inputs().stream().map(Topic::topicName).toList();
            List<TopicPartition> inputs = partitions(admin, topics);
            List<TopicPartition> moves = partitions(admin, List.of(Topic.CUSTOMER_MOVES.topicName()));
            List<TopicPartition> partitions =
                    Stream.concat(inputs.stream(), moves.stream()).toList();
            long newest = ask(admin, inputs, OffsetSpec.maxTimestamp()).values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .max()
                    .orElse(-1);
            newest = Math.max(newest, archived.newest());
            if (newest < 0) {
                throw new TopicException("The input topics hold nothing: there is no history to replay.", null);
            }
            Map<TopicPartition, Long> earliest = offsets(ask(admin, partitions, OffsetSpec.earliest()));
            Map<TopicPartition, Long> latest = offsets(ask(admin, partitions, OffsetSpec.latest()));
            Map<TopicPartition, Long> to = new HashMap<>(latest);
            long end = newest - lateness.toMillis() - 1;
            if (until != null) {
                end = until.toEpochMilli();
                // Moves do not lie in the order of their time: all are read, and those beyond the end wait for it.
                to.putAll(found(offsets(ask(admin, inputs, OffsetSpec.forTimestamp(end + lateness.toMillis() + 1)))));
                to.putAll(archived.until());
            }
            archived.requireGoingOn(partitions, to, earliest);
            Map<TopicPartition, Long> first = new HashMap<>(earliest);
            first.putAll(archived.begins());
            Map<TopicPartition, Long> from = new HashMap<>(first);
            if (since != null) {
                from.putAll(latest);
                from.putAll(found(offsets(ask(admin, partitions, OffsetSpec.forTimestamp(since.toEpochMilli())))));
                from.putAll(archived.since());
            }
            offsets.forEach((name, offset) -> {
                TopicPartition partition = partitions.stream()
                        .filter(p -> (p.topic() + ":" + p.partition()).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new TopicException(
                                "--from: there is no partition " + name + " of an input topic.", null));
                requireKept(partition, offset, first, latest);
                from.put(partition, offset);
            });
            to.replaceAll((partition, offset) -> Math.max(offset, from.getOrDefault(partition, 0L)));
            ReplaySpan span = new ReplaySpan(from, to, end, archives);
            if (span.offsets() == 0) {
                throw new TopicException("Between --from and --until the input topics hold nothing.", null);
            }
            return span;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("Interrupted while Kafka was asked: try again.", e);
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new TopicException(
                    "The input topics can't be looked at (" + cause.getMessage()
                            + "): are the brokers up, and has `ebbline setup` been run?",
                    cause);
        }
    }

    private static List<TopicPartition> partitions(Admin admin, List<String> topics)
            throws InterruptedException, ExecutionException {
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                .toList();
    }

    private static void requireKept(
            TopicPartition partition,
            long offset,
            Map<TopicPartition, Long> earliest,
            Map<TopicPartition, Long> latest) {
        long first = earliest.getOrDefault(partition, 0L);
        long end = latest.getOrDefault(partition, 0L);
        if (offset < first || offset > end) {
            throw new TopicException(
                    "--from: " + partition.topic() + ":" + partition.partition() + " holds the offsets " + first
                            + " to " + end + ", not " + offset + ".",
                    null);
        }
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ask(
            Admin admin, List<TopicPartition> partitions, OffsetSpec what)
            throws InterruptedException, ExecutionException {
        // Committed records only, as the job reads: behind them a transaction may be open that is never committed.
        return admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(p -> p, p -> what)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> answers) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answers.forEach((partition, answer) -> offsets.put(partition, answer.offset()));
        return offsets;
    }

    /** Those that there are: where no record is as young, the answer is none. */
    private static Map<TopicPartition, Long> found(Map<TopicPartition, Long> offsets) {
        offsets.values().removeIf(offset -> offset < 0);
        return offsets;
    }
}

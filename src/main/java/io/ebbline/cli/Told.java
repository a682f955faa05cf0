package io.ebbline.cli;

import io.ebbline.connector.WrittenRecords;
import io.ebbline.operator.MetricNames;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What came out of one run.
 *
 * @param topics what is compared
 * @param answers of each topic the values of each key; of a compacted one the last. A value is positioned at what is compared of it:
 *     its Avro body, behind the prefix that names its schema, and where corrections are settled behind the event id, too
 * @param counters where each event went, without the repetitions that the case sent and without moves between customers
 */
record Told(List<Topic> topics, Map<Topic, Map<String, List<ByteBuffer>>> answers, Map<String, Long> counters) {

    /** What is compared, first what tells most about a difference. */
    static final List<Topic> TOPICS = List.of(
            Topic.CUSTOMER_SCORES,
            Topic.LIFECYCLE_TRANSITIONS,
            Topic.CHURN_SIGNALS,
            Topic.SCORE_CHANGES,
            Topic.NEXT_BEST_OFFERS,
            Topic.LIFECYCLE_FUNNEL,
            Topic.POPULATION_STATS,
            Topic.OFFER_STATS);

    /**
     * The same of a history with merges. What one customer hands to another comes when it comes, and is put where it belongs in what
     * is said of each: but what is said of all, and what is offered, goes on from where it was.
     */
    static final List<Topic> MERGED =
            List.of(Topic.CUSTOMER_SCORES, Topic.LIFECYCLE_TRANSITIONS, Topic.CHURN_SIGNALS, Topic.SCORE_CHANGES);

    private static final int PREFIX = 5;

    /**
     * Answers of a topic and a key that are not the same in two runs.
     *
     * @param missing what only run 0 told, whole values, sorted
     * @param surplus what only the other run told
     */
    record Difference(Topic topic, String key, List<byte[]> missing, List<byte[]> surplus) {

        /** Whether the key is a customer. */
        boolean isOfCustomer() {
            return TOPICS.indexOf(topic) <= TOPICS.indexOf(Topic.NEXT_BEST_OFFERS);
        }
    }

    /**
     * Reads what a job has told that has ended.
     *
     * @param duplicates repetitions that were sent on purpose
     * @param merges whether the history has merges: then what was taken back counts as never told
     * @param registry knows the schemas of what was told
     */
    static Told read(Properties client, Report report, int duplicates, boolean merges, SchemaRegistry registry) {
        List<Topic> topics = merges ? MERGED : TOPICS;
        List<ConsumerRecord<byte[], byte[]>> records = WrittenRecords.read(
                client, topics.stream().map(Topic::topicName).toList());
        Corrections corrections = merges ? Corrections.of(records, registry) : Corrections.NONE;
        Map<Topic, Map<String, List<ByteBuffer>>> answers = new EnumMap<>(Topic.class);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            take(record, corrections, answers.computeIfAbsent(Topic.named(record.topic()), topic -> new TreeMap<>()));
        }
        answers.values().forEach(byKey -> byKey.values().forEach(values -> values.sort(null)));
        Map<String, Long> counters = new TreeMap<>();
        report.counters().forEach((name, value) -> {
            if (isOfEvents(name)) {
                counters.put(name, value - (isRaisedByDuplicates(name) ? duplicates : 0));
            }
        });
        long moves = report.counters().getOrDefault(MetricNames.MOVES_READ, 0L);
        for (String counter : List.of(MetricNames.READ, MetricNames.APPLIED)) {
            counters.computeIfPresent(counter, (name, value) -> value - moves);
        }
        return new Told(topics, answers, counters);
    }

    private static void take(
            ConsumerRecord<byte[], byte[]> record, Corrections corrections, Map<String, List<ByteBuffer>> byKey) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (Topic.named(record.topic()).kind() == Topic.Kind.STATE) {
            byKey.remove(key);
        }
        if (record.value() != null) {
            int from = corrections.begin(record);
            if (from > 0) {
                byKey.computeIfAbsent(key, any -> new ArrayList<>())
                        .add(ByteBuffer.wrap(record.value()).position(from));
            }
        }
    }

    /**
     * What has been taken back.
     *
     * @param schemas ids of the schema of a correction
     * @param takenBack topic, customer and event id of each
     */
    private record Corrections(Set<Integer> schemas, Set<List<String>> takenBack) {
        static final Corrections NONE = new Corrections(Set.of(), Set.of());

        static Corrections of(List<ConsumerRecord<byte[], byte[]>> records, SchemaRegistry registry) {
            Set<Integer> schemas = new HashSet<>();
            MERGED.stream()
                    .filter(Corrections::mayBeOn)
                    .forEach(topic -> schemas.add(Schemas.id(registry, topic, "Correction", false)));
            Set<List<String>> takenBack = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.value() != null && schemas.contains(schema(record))) {
                    PackedReader in = new PackedReader(record.value(), PREFIX, record.value().length);
                    in.readString();
                    takenBack.add(List.of(record.topic(), in.readString(), in.readString()));
                }
            }
            return new Corrections(schemas, takenBack);
        }

        private static boolean mayBeOn(Topic topic) {
            return topic.records().contains("Correction");
        }

        private static int schema(ConsumerRecord<byte[], byte[]> record) {
            return ByteBuffer.wrap(record.value()).getInt(1);
        }

        /** Where what is compared of a value begins; 0: nothing of it is. */
        int begin(ConsumerRecord<byte[], byte[]> record) {
            if (schemas.isEmpty() || !mayBeOn(Topic.named(record.topic()))) {
                return PREFIX;
            }
            PackedReader in = new PackedReader(record.value(), PREFIX, record.value().length);
            String id = in.readString();
            String customer = in.readString();
            boolean gone =
                    schemas.contains(schema(record)) || takenBack.contains(List.of(record.topic(), customer, id));
            return gone ? 0 : PREFIX + new PackedWriter().writeString(id).size();
        }
    }

    private static boolean isOfEvents(String counter) {
        return counter.startsWith("events.")
                || counter.startsWith(MetricNames.REJECTED_PREFIX)
                || counter.equals(MetricNames.GROSS_MINOR)
                || counter.equals(MetricNames.RETURNS_MINOR);
    }

    private static boolean isRaisedByDuplicates(String counter) {
        return counter.equals(MetricNames.READ) || counter.equals(MetricNames.DUPLICATE);
    }

    /** Values of a topic. */
    long records(Topic topic) {
        return of(topic).values().stream().mapToLong(List::size).sum();
    }

    /** Values of all topics. */
    long records() {
        return topics.stream().mapToLong(this::records).sum();
    }

    private Map<String, List<ByteBuffer>> of(Topic topic) {
        return answers.getOrDefault(topic, Map.of());
    }

    /** What another run told otherwise, in the order of {@link #topics}, then by key. */
    List<Difference> differences(Told other) {
        List<Difference> differences = new ArrayList<>();
        for (Topic topic : topics) {
            Set<String> keys = new TreeSet<>(of(topic).keySet());
            keys.addAll(other.of(topic).keySet());
            for (String key : keys) {
                List<ByteBuffer> mine = of(topic).getOrDefault(key, List.of());
                List<ByteBuffer> others = other.of(topic).getOrDefault(key, List.of());
                if (!mine.equals(others)) {
                    differences.add(new Difference(topic, key, without(mine, others), without(others, mine)));
                }
            }
        }
        return differences;
    }

    /** The counters that another run has otherwise, as "name: mine, other". */
    List<String> counterDifferences(Told other) {
        Set<String> names = new TreeSet<>(counters.keySet());
        names.addAll(other.counters.keySet());
        return names.stream()
                .filter(name -> !count(name).equals(other.count(name)))
                .map(name -> "%s: %,d, %,d".formatted(name, count(name), other.count(name)))
                .toList();
    }

    /** Whether every event that was read went to one place. */
    boolean isAccountedFor() {
        return count(MetricNames.READ)
                == count(MetricNames.APPLIED)
                        + count(MetricNames.DUPLICATE)
                        + count(MetricNames.LATE)
                        + count(MetricNames.REJECTED)
                        + count(MetricNames.WAITING);
    }

    private Long count(String name) {
        return counters.getOrDefault(name, 0L);
    }

    private static List<byte[]> without(List<ByteBuffer> values, List<ByteBuffer> others) {
        List<ByteBuffer> rest = new ArrayList<>(values);
        others.forEach(rest::remove);
        return rest.stream().map(ByteBuffer::array).toList();
    }
}

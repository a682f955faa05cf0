package io.ebbline.cli;

import io.ebbline.connector.WrittenRecords;
import io.ebbline.operator.MetricNames;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
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
 * @param answers of each topic the values of each key; of a compacted one the last. A value is positioned at its Avro body, behind
 *     the prefix that names its schema
 * @param counters where each event went, without the repetitions that the case sent
 */
record Told(Map<Topic, Map<String, List<ByteBuffer>>> answers, Map<String, Long> counters) {

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
     */
    static Told read(Properties client, Report report, int duplicates) {
        Map<Topic, Map<String, List<ByteBuffer>>> answers = new EnumMap<>(Topic.class);
        for (ConsumerRecord<byte[], byte[]> record : WrittenRecords.read(
                client, TOPICS.stream().map(Topic::topicName).toList())) {
            take(record, answers.computeIfAbsent(Topic.named(record.topic()), topic -> new TreeMap<>()));
        }
        answers.values().forEach(byKey -> byKey.values().forEach(values -> values.sort(null)));
        Map<String, Long> counters = new TreeMap<>();
        report.counters().forEach((name, value) -> {
            if (isOfEvents(name)) {
                counters.put(name, value - (isRaisedByDuplicates(name) ? duplicates : 0));
            }
        });
        return new Told(answers, counters);
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, List<ByteBuffer>> byKey) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (Topic.named(record.topic()).kind() == Topic.Kind.STATE) {
            byKey.remove(key);
        }
        if (record.value() != null) {
            ByteBuffer body = ByteBuffer.wrap(record.value()).position(PREFIX);
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(body);
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
        return TOPICS.stream().mapToLong(this::records).sum();
    }

    private Map<String, List<ByteBuffer>> of(Topic topic) {
        return answers.getOrDefault(topic, Map.of());
    }

    /** What another run told otherwise, in the order of {@link #TOPICS}, then by key. */
    List<Difference> differences(Told other) {
        List<Difference> differences = new ArrayList<>();
        for (Topic topic : TOPICS) {
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

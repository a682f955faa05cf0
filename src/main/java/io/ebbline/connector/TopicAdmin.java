package io.ebbline.connector;

import io.ebbline.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Ebbline's topics on a Kafka cluster: creates what is missing, checks what is there. */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration DELETION_LIMIT = Duration.ofMinutes(1);
    private static final Duration DELETION_GLANCE = Duration.ofMillis(20);

    private final Admin admin;
    private final String servers;

    private TopicAdmin(Admin admin, String servers) {
        this.admin = admin;
        this.servers = servers;
    }

    /** A client of a cluster. {@code client} holds {@code bootstrap.servers} and what security needs. */
    public static TopicAdmin connect(Properties client) {
        Properties config = new Properties();
        config.putAll(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(REQUEST_LIMIT.toMillis()));
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(REQUEST_LIMIT.toMillis() / 2));
        return new TopicAdmin(
                Admin.create(config), client.getProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "(no address)"));
    }

    /**
     * Creates the topics that are missing and checks the others.
     *
     * @param partitions partitions of a new topic; the control topic has one
     * @param replication copies of each record; empty for the brokers' default
     * @return names of the topics that were created
     * @throws TopicException when a topic that is there can't serve, or the cluster does not answer or refuses
     */
    public List<String> createMissing(int partitions, Optional<Short> replication) {
        Set<String> present = names();
        List<NewTopic> missing = Arrays.stream(Topic.values())
                .filter(topic -> !present.contains(topic.topicName()))
                .map(topic -> new NewTopic(topic.topicName(), Optional.of(topic.partitions(partitions)), replication)
                        .configs(topic.config()))
                .toList();
        List<String> created = create(missing);
        List<String> problems = problems();
        // A topic that is only just there may not be known to every broker yet: nothing to check on it.
        problems.removeIf(problem -> created.stream().anyMatch(name -> problem.startsWith(name + " ")));
        if (!problems.isEmpty()) {
            throw new TopicException(String.join("\n", problems), null);
        }
        return created;
    }

    /**
     * Creates an output topic under a prefix for each real one, with as many partitions and copies and with the same settings.
     *
     * @throws TopicException when one of them is there already, or the cluster does not answer or refuses
     */
    public void createShadows(String prefix) {
        List<Topic> outputs = outputs();
        Set<String> present = names();
        List<String> taken = outputs.stream()
                .map(topic -> prefix + topic.topicName())
                .filter(present::contains)
                .toList();
        if (!taken.isEmpty()) {
            throw new TopicException(
                    "There are topics already that begin with " + prefix + " (" + String.join(", ", taken)
                            + "): name another --shadow, or delete them.",
                    null);
        }
        Map<String, TopicDescription> real = answer(
                "describe the topics",
                admin.describeTopics(outputs.stream().map(Topic::topicName).toList())
                        .allTopicNames());
        create(outputs.stream()
                .map(topic -> shadow(prefix, topic, real.get(topic.topicName())))
                .toList());
    }

    private static NewTopic shadow(String prefix, Topic topic, @Nullable TopicDescription real) {
        if (real == null) {
            throw new TopicException(topic.topicName() + " does not exist: run `ebbline setup`.", null);
        }
        short copies = (short) real.partitions().get(0).replicas().size();
        return new NewTopic(prefix + topic.topicName(), real.partitions().size(), copies).configs(topic.config());
    }

    /**
     * Creates a topic for what a replay holds back, unless it is there.
     *
     * @throws TopicException when the cluster does not answer or refuses
     */
    public void createAside(String name) {
        if (!names().contains(name)) {
            NewTopic topic = new NewTopic(name, Optional.empty(), Optional.empty());
            create(List.of(topic.configs(Topic.Kind.EVENTS.config())));
        }
    }

    /** Output topics under a prefix that are missing. */
    public List<String> missingOutputs(String prefix) {
        Set<String> present = names();
        return outputs().stream()
                .map(topic -> prefix + topic.topicName())
                .filter(name -> !present.contains(name))
                .toList();
    }

    private static List<Topic> outputs() {
        return Arrays.stream(Topic.values()).filter(Topic::isOutput).toList();
    }

    private List<String> create(List<NewTopic> missing) {
        List<String> created = new ArrayList<>();
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(missing).values();
        for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
            try {
                answer.getValue().get();
                created.add(answer.getKey());
            } catch (ExecutionException e) {
                // Another setup at the same time; the check below looks at what it made.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failure("create the topic " + answer.getKey(), e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return created;
    }

    /**
     * Deletes Ebbline's topics with all that is in them, and returns when they are gone.
     *
     * @throws TopicException when the cluster does not answer or refuses, or they are not gone within a minute
     */
    public void deleteAll() {
        Set<String> ours = Arrays.stream(Topic.values()).map(Topic::topicName).collect(Collectors.toSet());
        Set<String> present = names();
        answer(
                "delete the topics",
                admin.deleteTopics(present.stream().filter(ours::contains).toList())
                        .all());
        long deadline = System.nanoTime() + DELETION_LIMIT.toNanos();
        while (names().stream().anyMatch(ours::contains)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TopicException("Kafka at " + servers + " did not delete the topics within a minute.", null);
            }
            LockSupport.parkNanos(DELETION_GLANCE.toNanos());
        }
    }

    /**
     * What is wrong with the topics, each with its fix; nothing when the job can run on them.
     *
     * @throws TopicException when the cluster does not answer or refuses
     */
    public List<String> problems() {
        Set<String> present = names();
        List<String> problems = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!present.contains(topic.topicName())) {
                problems.add(topic.topicName() + " does not exist: create Ebbline's topics with `ebbline setup"
                        + " --bootstrap-servers " + servers + "`.");
            }
        }
        List<Topic> there = Arrays.stream(Topic.values())
                .filter(topic -> present.contains(topic.topicName()))
                .toList();
        Map<String, TopicDescription> descriptions = answer(
                "describe the topics",
                admin.describeTopics(there.stream().map(Topic::topicName).toList())
                        .allTopicNames());
        Map<ConfigResource, Config> configs = answer(
                "read the topics' settings",
                admin.describeConfigs(there.stream().map(TopicAdmin::resource).toList())
                        .all());
        for (Topic topic : there) {
            TopicDescription description = descriptions.get(topic.topicName());
            Config config = configs.get(resource(topic));
            if (description != null && config != null) {
                check(topic, description.partitions().size(), config, problems);
            }
        }
        return problems;
    }

    /**
     * The end offsets of every partition of a topic, committed records only, by partition.
     *
     * @throws TopicException when the cluster does not answer or refuses, or there is no such topic
     */
    public Map<Integer, Long> endOffsets(Topic topic) {
        String name = topic.topicName();
        TopicDescription description = answer(
                        "describe the topic " + name,
                        admin.describeTopics(List.of(name)).allTopicNames())
                .get(name);
        if (description == null) {
            throw new TopicException(name + " does not exist: create Ebbline's topics with `ebbline setup`.", null);
        }
        Map<TopicPartition, OffsetSpec> wanted = description.partitions().stream()
                .collect(Collectors.toMap(p -> new TopicPartition(name, p.partition()), p -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new TreeMap<>();
        answer("read the end of the topic " + name, admin.listOffsets(wanted).all())
                .forEach((partition, result) -> ends.put(partition.partition(), result.offset()));
        return ends;
    }

    /**
     * The most partitions that any of the topics has from which events are read.
     *
     * @throws TopicException when the cluster does not answer or refuses, or there is no such topic
     */
    public int inputPartitions() {
        return Topic.inputs().stream()
                .mapToInt(topic -> endOffsets(topic).size())
                .max()
                .orElseThrow();
    }

    /** Whether a topic holds no record that a reader could find now. */
    public boolean isEmpty(Topic topic) {
        return endOffsets(topic).values().stream().allMatch(end -> end == 0);
    }

    /**
     * The longest transaction that the brokers allow; empty when they don't say.
     *
     * @throws TopicException when the cluster does not answer or refuses
     */
    public Optional<Duration> transactionLimit() {
        List<ConfigResource> brokers = answer(
                        "list the brokers", admin.describeCluster().nodes())
                .stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        return answer(
                        "read the brokers' settings",
                        admin.describeConfigs(brokers).all())
                .values()
                .stream()
                .map(config -> Optional.ofNullable(config.get("transaction.max.timeout.ms"))
                        .map(ConfigEntry::value))
                .flatMap(Optional::stream)
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .min(Duration::compareTo);
    }

    @Override
    public void close() {
        admin.close(CLOSE_LIMIT);
    }

    private static void check(Topic topic, int partitions, Config config, List<String> problems) {
        String name = topic.topicName();
        if (topic.kind() == Topic.Kind.CONTROL && partitions != 1) {
            problems.add(name + " has " + partitions + " partitions, but versions of models have one order: create it"
                    + " anew with 1 partition.");
        }
        ConfigEntry cleanup = config.get("cleanup.policy");
        String policy = cleanup == null ? "" : String.valueOf(cleanup.value());
        boolean compacted = policy.contains("compact");
        if (topic.kind() != Topic.Kind.STATE && compacted) {
            problems.add(name + " is compacted (cleanup.policy=" + policy
                    + "), which loses records that a replay needs:" + " set cleanup.policy=delete.");
        } else if (topic.kind() == Topic.Kind.STATE && !policy.equals("compact")) {
            problems.add(name + " is not kept by key (cleanup.policy=" + policy + "), so customers would vanish from"
                    + " it: set cleanup.policy=compact.");
        }
        ConfigEntry retention = config.get("retention.ms");
        if (topic.kind() == Topic.Kind.CONTROL && retention != null && !"-1".equals(retention.value())) {
            problems.add(name + " forgets records after " + retention.value() + " ms, but a replay needs every version:"
                    + " set retention.ms=-1.");
        }
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    }

    private Set<String> names() {
        return answer("list the topics", admin.listTopics().names());
    }

    private <T> T answer(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private TopicException failure(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String remedy;
        if (cause instanceof TimeoutException) {
            remedy = "it does not answer: check --bootstrap-servers, that the brokers run, and --kafka-properties if"
                    + " they ask for a login";
        } else if (cause instanceof AuthorizationException) {
            remedy = cause.getMessage() + ": give this user the right to, or let an operator run `ebbline setup`";
        } else {
            remedy = String.valueOf(cause.getMessage());
        }
        return new TopicException("Kafka at " + servers + " did not " + what + ": " + remedy + ".", cause);
    }

    private static TopicException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TopicException("Interrupted while Kafka was asked: try again.", e);
    }
}

package io.ebbline.connector.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebbline.connector.archive.Archive.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code archive.json}: what an archive is of. Written before the first file of a partition, for it says where the files begin.
 *
 * @param ids by topic, Kafka's id of it: a topic that was deleted and made anew has another one; none of a history
 * @param begins the first offset of each partition
 */
record Manifest(Kind kind, Map<String, String> ids, Map<TopicPartition, Long> begins) {
    private static final String FILE = "archive.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is in a directory; empty when there is none. */
    static Optional<Manifest> read(Path dir) {
        Path file = dir.resolve(FILE);
        try {
            return Files.exists(file) ? Optional.of(parse(JSON.readTree(file.toFile()))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException(
                    file + " can't be read (" + e.getMessage() + "): put a whole copy in its place.", e);
        }
    }

    private static Manifest parse(JsonNode root) {
        Map<String, String> ids = new HashMap<>();
        Map<TopicPartition, Long> begins = new HashMap<>();
        root.path("topics").properties().forEach(topic -> {
            if (topic.getValue().has("id")) {
                ids.put(topic.getKey(), topic.getValue().path("id").asText());
            }
            JsonNode firsts = topic.getValue().path("begins");
            for (int partition = 0; partition < firsts.size(); partition++) {
                begins.put(
                        new TopicPartition(topic.getKey(), partition),
                        firsts.path(partition).asLong());
            }
        });
        return new Manifest(Kind.valueOf(root.path("kind").asText().toUpperCase(Locale.ROOT)), ids, begins);
    }

    /** Writes it, whole or not at all. */
    void write(Path dir) {
        Path next = dir.resolve(FILE + ".part");
        try {
            Files.createDirectories(dir);
            Files.writeString(next, json());
            Files.move(next, dir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be written to (" + e + "): choose another directory.", e);
        }
    }

    private String json() throws JsonProcessingException {
        Map<String, Map<Integer, Long>> byTopic = new TreeMap<>();
        begins.forEach((partition, begin) -> byTopic.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(partition.partition(), begin));
        ObjectNode root = JSON.createObjectNode();
        root.put("kind", kind.name().toLowerCase(Locale.ROOT));
        ObjectNode topics = root.putObject("topics");
        byTopic.forEach((topic, firsts) -> {
            ObjectNode node = topics.putObject(topic);
            String id = ids.get(topic);
            if (id != null) {
                node.put("id", id);
            }
            ArrayNode array = node.putArray("begins");
            firsts.values().forEach(array::add);
        });
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}

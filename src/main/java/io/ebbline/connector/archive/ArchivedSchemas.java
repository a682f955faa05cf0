package io.ebbline.connector.archive;

import io.ebbline.wire.Confluent;
import io.ebbline.wire.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The schemas that archived values name by their registry's ids, one file each. */
public final class ArchivedSchemas {
    private static final String DIRECTORY = "schemas";
    private static final String SUFFIX = ".avsc";

    private final Path dir;
    private final SchemaRegistry registry;
    private final Set<Integer> known = new HashSet<>();

    /** Those of the archive in a directory. */
    public ArchivedSchemas(Path dir, SchemaRegistry registry) {
        this.dir = dir.resolve(DIRECTORY);
        this.registry = registry;
    }

    /** Keeps the schema of a record's value, unless there is none that the registry knows. */
    void keep(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null || !Confluent.isFramed(value)) {
            return;
        }
        int id = Confluent.schemaId(value);
        if (known.add(id)) {
            Optional<String> schema = registry.schema(id);
            if (schema.isPresent()) {
                write(dir.resolve(id + SUFFIX), schema.get());
            }
        }
    }

    /**
     * Holds the registry against what was kept: under other ids values would be read as something else.
     *
     * @throws ArchiveException when it does not have a schema, or another one
     */
    public void check() {
        for (Path file : files()) {
            String name = String.valueOf(file.getFileName());
            int id = Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
            String now = registry.schema(id).orElse(null);
            if (!read(file).equals(now)) {
                throw new ArchiveException(
                        "The registry has " + (now == null ? "no schema" : "another schema") + " of the id " + id
                                + ", which values of the archive name (" + file
                                + "): replay with the registry that the archive was written with, or a copy of it.",
                        null);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ArchiveException(file + " can't be read (" + e + ").", e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(dir)) {
            return paths.filter(path -> String.valueOf(path.getFileName()).matches("\\d+\\.avsc"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be read (" + e + ").", e);
        }
    }

    private void write(Path file, String schema) {
        try {
            Files.createDirectories(dir);
            Path part = dir.resolve("unfinished.part");
            Files.writeString(part, schema);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ArchiveException(dir + " can't be written to (" + e + ").", e);
        }
    }
}

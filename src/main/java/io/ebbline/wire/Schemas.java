package io.ebbline.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The Avro schemas of this release, from {@code schemas/}. */
public final class Schemas {

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    /** One object a record: Avro keeps what it works out for each schema object, and would for each time it is parsed. */
    private static final Map<String, Schema> PARSED = new ConcurrentHashMap<>();

    private Schemas() {}

    /** The text of a record's schema. */
    public static String text(String record) {
        return TEXTS.computeIfAbsent(record, Schemas::load);
    }

    /** A record's schema. */
    public static Schema of(String record) {
        return PARSED.computeIfAbsent(record, name -> new Schema.Parser().parse(text(name)));
    }

    /**
     * The registry's id of a record's schema on a topic.
     *
     * @param autoRegister whether to register it where it is not
     */
    public static int id(SchemaRegistry registry, Topic topic, String record, boolean autoRegister) {
        String subject = topic.subject(record);
        return autoRegister ? registry.register(subject, text(record)) : registry.idOf(subject, text(record));
    }

    /** Registers every schema of every topic; returns how many. */
    public static int registerAll(SchemaRegistry registry) {
        int count = 0;
        for (Topic topic : Topic.values()) {
            for (String record : topic.records()) {
                id(registry, topic, record, true);
                count++;
            }
        }
        return count;
    }

    private static String load(String record) {
        try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + record + ".avsc")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no schema of a " + record + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

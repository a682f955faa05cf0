package io.ebbline.config;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Kafka client properties (security, above all) that every producer, consumer and admin client of Ebbline gets.
 * {@code toString} shows names, never values: they may be secrets.
 */
public final class ClientProperties implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> values;

    private ClientProperties(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /** No property beyond Kafka's defaults. */
    public static ClientProperties none() {
        return new ClientProperties(Map.of());
    }

    /** These properties. */
    public static ClientProperties of(Map<String, String> values) {
        return new ClientProperties(values);
    }

    /**
     * The properties of a Java properties file in UTF-8.
     *
     * @throws ConfigException when it can't be read
     */
    public static ClientProperties read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("--kafka-properties: " + file + " can't be read as a properties file (" + e
                    + "): name a readable one.");
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name, "")));
        return new ClientProperties(values);
    }

    /** A copy for a Kafka client to be built from. */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.putAll(values);
        properties.keySet().removeAll(forRegistry().keySet());
        return properties;
    }

    /** Those that are the schema registry client's: {@code basic.auth.*}, {@code bearer.auth.*}, {@code schema.registry.*}. */
    public Map<String, String> forRegistry() {
        Map<String, String> chosen = new TreeMap<>(values);
        chosen.keySet()
                .removeIf(name -> !name.startsWith("basic.auth.")
                        && !name.startsWith("bearer.auth.")
                        && !name.startsWith("schema.registry."));
        return chosen;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientProperties that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet() + " (values not shown)";
    }
}

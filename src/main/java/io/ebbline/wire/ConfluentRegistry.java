package io.ebbline.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * The Confluent Schema Registry client. Maven Central has it only inside a Flink jar under another package name; this class
 * is the one that knows.
 */
public final class ConfluentRegistry implements SchemaRegistry {

    private static final int CACHED_SCHEMAS = 1_000;
    private static final int NOT_FOUND = 404;

    private final String url;
    private final SchemaRegistryClient client;

    /**
     * A client.
     *
     * @param url the registry's address, several separated by commas
     * @param settings the client's settings, such as {@code basic.auth.credentials.source}
     */
    public ConfluentRegistry(String url, Map<String, String> settings) {
        this.url = url;
        this.client = new CachedSchemaRegistryClient(url, CACHED_SCHEMAS, settings);
    }

    /** Makes clients of that registry. */
    public static Factory factory(String url, Map<String, String> settings) {
        Map<String, String> copy = new HashMap<>(settings);
        return () -> new ConfluentRegistry(url, copy);
    }

    @Override
    public int register(String subject, String schema) {
        try {
            return client.register(subject, new AvroSchema(schema));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (RestClientException e) {
            throw new RegistryException(
                    "The registry at " + url + " refused the schema of " + subject + " (" + e.getMessage()
                            + "): is it compatible with the versions registered before?",
                    e);
        }
    }

    @Override
    public int idOf(String subject, String schema) {
        try {
            return client.getId(subject, new AvroSchema(schema));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (RestClientException e) {
            throw new RegistryException(
                    "The registry at " + url + " has no such schema under " + subject + " (" + e.getMessage()
                            + "): run `ebbline setup`, or turn --auto-register on.",
                    e);
        }
    }

    @Override
    public Optional<String> schema(int id) {
        try {
            return Optional.of(client.getSchemaById(id).canonicalString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new RegistryException(
                    "The registry at " + url + " failed to give schema " + id + " (" + e.getMessage() + ").", e);
        }
    }

    private RegistryException unreachable(IOException cause) {
        return new RegistryException(
                "The schema registry at " + url + " can't be reached (" + cause.getMessage()
                        + "): is it running, and is --registry right?",
                cause);
    }
}

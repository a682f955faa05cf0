package io.ebbline.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka and the schema registry are. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            defaultValue = Defaults.BOOTSTRAP,
            description = "Kafka brokers.")
    private String bootstrapServers = "";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = Defaults.REGISTRY,
            description = "Schema registry: its Confluent-compatible address.")
    private String registry = "";

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description =
                    "Properties for every Kafka client (security, above all) and for the registry client (basic.auth.*,"
                            + " bearer.auth.*, schema.registry.*). Values are never logged.")
    private @Nullable Path clientProperties;

    @Option(
            names = "--no-auto-register",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Whether schemas that the registry does not have are registered. Without, they must be there.")
    private boolean autoRegister = true;

    /**
     * Puts these options into the settings.
     *
     * @throws ConfigException when the file of client properties can't be read
     */
    public void apply(SettingsBuilder settings) {
        settings.bootstrapServers(bootstrapServers)
                .registryUrl(registry)
                .client(clientProperties == null ? ClientProperties.none() : ClientProperties.read(clientProperties))
                .autoRegister(autoRegister);
    }
}

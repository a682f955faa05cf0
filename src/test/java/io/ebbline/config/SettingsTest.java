package io.ebbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @Test
    void theDefaultsAreValid() {
        Settings settings = Settings.builder().build();

        assertThat(settings.lateness()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.futureTolerance()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.dedupHorizon()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(settings.transactionTimeout()).isLessThanOrEqualTo(Settings.BROKER_TRANSACTION_LIMIT);
        assertThat(settings.until()).isNull();
    }

    @Test
    void everyProblemIsToldAtOnceWithItsFix() {
        assertThatThrownBy(() -> Settings.builder()
                        .bootstrapServers("broker")
                        .registryUrl("registry:8081")
                        .jobName("my job")
                        .parallelism(721)
                        .partitions(0)
                        .cacheCustomers(-1)
                        .currency(Currency.getInstance("XXX"))
                        .quietAfter(Duration.ZERO)
                        .lateness(Duration.ofDays(30))
                        .maxReview(Duration.ofHours(1))
                        .checkpointInterval(Duration.ofMillis(10))
                        .transactionTimeout(Duration.ofMinutes(1))
                        .build())
                .isInstanceOf(ConfigException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .hasSize(12)
                        .allMatch(line -> line.startsWith("--") && line.contains(":")))
                .hasMessageContaining("write host:port")
                .hasMessageContaining("choose 1 to 720")
                .hasMessageContaining("--transaction-timeout is 1min");
    }

    @Test
    void correctionsReachNoFurtherBackThanEventIds() {
        assertThat(Settings.builder().build().correctionHorizon()).isEqualTo(Duration.ofDays(7));
        assertThat(Settings.builder()
                        .correctionHorizon(Duration.ofDays(30))
                        .build()
                        .correctionHorizon())
                .isEqualTo(Duration.ofDays(30));
        assertThatThrownBy(() -> Settings.builder()
                        .correctionHorizon(Duration.ofDays(31))
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--correction-horizon is 31d, longer than --dedup-horizon (30d)");
    }

    @Test
    void aShortTransactionMattersOnlyWhereThereAreTransactions() {
        Settings settings = Settings.builder()
                .delivery(Delivery.AT_LEAST_ONCE)
                .transactionTimeout(Duration.ofSeconds(1))
                .build();

        assertThat(settings.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    }

    @Test
    void severalBrokersAndIpv6AreAddresses() {
        assertThat(Settings.builder()
                        .bootstrapServers("a:9092, b.example:9093,[::1]:9094")
                        .build()
                        .bootstrapServers())
                .contains("b.example");
    }

    @Test
    void secretsAreNotShown(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("client.properties");
        Files.writeString(file, "sasl.jaas.config=password-4711\nsecurity.protocol=SASL_SSL\n");

        ClientProperties client = ClientProperties.read(file);
        Settings settings = Settings.builder().client(client).build();

        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("4711");
        assertThat(client.toProperties()).containsEntry("sasl.jaas.config", "password-4711");
        assertThat(client)
                .isEqualTo(ClientProperties.of(
                        Map.of("sasl.jaas.config", "password-4711", "security.protocol", "SASL_SSL")));
    }

    @Test
    void aMissingPropertiesFileIsNamed() {
        assertThatThrownBy(() -> ClientProperties.read(Path.of("nowhere.properties")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.properties");
    }

    @Test
    void theRegistryGetsItsOwnPropertiesAndKafkaTheRest() {
        ClientProperties client = ClientProperties.of(Map.of(
                "basic.auth.user.info", "anna:4711",
                "schema.registry.ssl.truststore.location", "/t",
                "security.protocol", "SASL_SSL"));
        assertThat(client.forRegistry())
                .containsOnlyKeys("basic.auth.user.info", "schema.registry.ssl.truststore.location");
        assertThat(client.toProperties()).containsOnlyKeys("security.protocol");
        assertThat(client.toString()).doesNotContain("4711");
    }
}

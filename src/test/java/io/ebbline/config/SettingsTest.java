package io.ebbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
    void previewsAreOnWhereThereIsNoEnd() {
        assertThat(previews()).isTrue();
        assertThat(previews("--until", "2025-01-01T00:00:00Z")).isFalse();
        assertThat(previews("--until", "2025-01-01T00:00:00Z", "--previews", "on"))
                .isTrue();
        assertThat(previews("--previews", "off")).isFalse();
        assertThat(Settings.builder().build().previews()).isFalse();
    }

    private static boolean previews(String... args) {
        JobOptions options = new JobOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("job", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(args);
        SettingsBuilder builder = Settings.builder();
        options.apply(builder, Instant.EPOCH);
        return builder.build().previews();
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

    private static Settings scoring(String... args) {
        ScoringOptions options = new ScoringOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("scoring", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(args);
        SettingsBuilder settings = Settings.builder();
        options.apply(settings);
        return settings.build();
    }

    @Test
    void offersAreMadeUnlessTheyAreSwitchedOff() {
        assertThat(Settings.builder().build().offers()).isTrue();
        assertThat(scoring().offers()).isTrue();
        assertThat(scoring("--offers", "on").offers()).isTrue();
        assertThat(scoring("--offers", "Off").offers()).isFalse();
        assertThatThrownBy(() -> scoring("--offers", "no"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--offers")
                .hasMessageContaining("'no' is neither on nor off.");
        assertThatThrownBy(() -> scoring("--offers"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--offers");
    }

    @Test
    void listsAreBroadcastUnlessTheyAreToStayWithTheirProducts() {
        assertThat(Settings.builder().build().affinityLists()).isEqualTo(AffinityLists.BROADCAST);
        assertThat(scoring().affinityLists()).isEqualTo(AffinityLists.BROADCAST);
        assertThat(scoring("--affinity-lists", "broadcast").affinityLists()).isEqualTo(AffinityLists.BROADCAST);
        assertThat(scoring("--affinity-lists", "keyed").affinityLists()).isEqualTo(AffinityLists.KEYED);
        assertThatThrownBy(() -> scoring("--affinity-lists", "local"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--affinity-lists")
                .hasMessageContaining("BROADCAST")
                .hasMessageContaining("KEYED");
    }

    @Test
    void aSecretIsReadFromAFileAndNotShown(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("key"), " word-4711\n");
        Secret secret = Secret.read("--suppress-key", file);
        assertThat(secret.bytes()).isEqualTo("word-4711".getBytes(StandardCharsets.UTF_8));
        assertThat(secret).isEqualTo(Secret.of("word-4711")).isNotEqualTo(Secret.of("word-4712"));
        assertThat(Settings.builder().suppressKey(secret).build().toString()).doesNotContain("4711");
        assertThatThrownBy(() -> Secret.read("--suppress-key", Files.writeString(file, "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--suppress-key")
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> Secret.read("--suppress-key", dir.resolve("none")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("name a readable file");
    }
}

package io.ebbline.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that a cluster is given holds what the job needs beside Flink, and nothing of Flink's runtime. */
class JobJarIT {
    private static final Path JAR = Path.of(System.getProperty("ebbline.job.jar"));

    private static List<String> entries;

    @BeforeAll
    static void list() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            entries = jar.stream().map(JarEntry::getName).toList();
        }
    }

    @Test
    void holdsWhatTheJobNeeds() {
        assertThat(entries)
                .contains(
                        "io/ebbline/cli/Main.class",
                        "io/ebbline/job/ScoringJob.class",
                        "schemas/Purchase.avsc",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
                        "org/apache/kafka/clients/producer/KafkaProducer.class",
                        "org/apache/avro/Schema.class",
                        "net/jpountz/lz4/LZ4Factory.class",
                        "org/xerial/snappy/Snappy.class",
                        "com/github/luben/zstd/Zstd.class",
                        "picocli/CommandLine.class",
                        "org/apache/flink/avro/registry/confluent/shaded/io/confluent/kafka/schemaregistry/client/"
                                + "CachedSchemaRegistryClient.class");
    }

    @Test
    void holdsNothingThatAClusterHas() {
        List<String> banned = List.of(
                "org/apache/flink/runtime/",
                "org/apache/flink/streaming/api/",
                "org/apache/flink/streaming/runtime/",
                "org/apache/flink/api/",
                "org/apache/flink/core/",
                "org/apache/flink/configuration/",
                "org/apache/flink/client/",
                "org/apache/flink/state/",
                "org/apache/flink/formats/",
                "org/rocksdb/",
                "org/slf4j/",
                "org/apache/logging/",
                "log4j2",
                "scala/",
                "kafka/server/",
                "org/apache/kafka/server/KRaft",
                "org/apache/kafka/controller/",
                "org/jline/",
                "org/junit/");
        assertThat(entries).noneMatch(entry -> banned.stream().anyMatch(entry::startsWith));
    }

    @Test
    void holdsNothingTwiceAndNoSignature() {
        assertThat(entries).doesNotHaveDuplicates();
        assertThat(entries).noneMatch(entry -> entry.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"));
        assertThat(entries).noneMatch(entry -> entry.endsWith("module-info.class"));
    }

    @Test
    void servicesNameClassesThatAreThere() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String service = "org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client"
                    + ".security.basicauth.BasicAuthCredentialProvider";
            String text = new String(
                    jar.getInputStream(jar.getJarEntry("META-INF/services/" + service))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .isNotEmpty()
                    .allMatch(name -> entries.contains(name.strip().replace('.', '/') + ".class"));
        }
    }

    @Test
    void theManifestNamesTheMainClass() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo("io.ebbline.cli.Main");
        }
    }

    @Test
    void startsBesideWhatAFlinkDistributionHas(@TempDir Path dir) throws IOException, InterruptedException {
        String flink = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(JobJarIT::isInDistribution)
                .collect(Collectors.joining(File.pathSeparator));
        Path out = dir.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JAR + File.pathSeparator + flink,
                        "io.ebbline.cli.Main",
                        "run",
                        "--bootstrap-servers",
                        "nowhere")
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).contains("write host:port").doesNotContain("NoClassDefFoundError");
        assertThat(process.exitValue()).isEqualTo(2);
    }

    private static boolean isInDistribution(String path) {
        String name = Path.of(path).getFileName().toString();
        return name.matches(
                        "(flink-(?!connector-kafka|connector-base|sql-avro|test).*|slf4j-.*|log4j-.*|commons-.*)\\.jar")
                && !name.contains("-tests");
    }
}

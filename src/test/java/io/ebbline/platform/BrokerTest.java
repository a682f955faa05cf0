package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    private static final String TOPIC = "events";

    @Test
    void aRestartKeepsThePortTheRecordsAndTheOffsets(@TempDir Path dir) throws Exception {
        String bootstrap;
        try (Broker broker = Broker.start(dir, 0)) {
            bootstrap = broker.bootstrap();
            createTopic(bootstrap);
            produceInTransaction(bootstrap, 900_000, "one", "two");
            assertThat(consume(bootstrap, 2)).containsExactly("one", "two");
            assertThatThrownBy(() -> produceInTransaction(bootstrap, 900_001, "never"))
                    .hasMessageContaining("transaction.max.timeout.ms");
        }
        try (Broker broker = Broker.start(dir, 0)) {
            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
            produceInTransaction(bootstrap, 900_000, "three");
            assertThat(consume(bootstrap, 1)).containsExactly("three");
        }
    }

    @Test
    void aKillKeepsTheRecords(@TempDir Path dir) throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = killed.inputReader()) {
            String bootstrap = out.readLine();
            createTopic(bootstrap);
            produceInTransaction(bootstrap, 900_000, "one", "two");
        } finally {
            killed.destroyForcibly().waitFor();
        }
        try (Broker broker = Broker.start(dir, 0)) {
            assertThat(consume(broker.bootstrap(), 2)).containsExactly("one", "two");
        }
    }

    /** A simulated shop may be open next year, and records carry event times. */
    @Test
    void aRecordMayLieInTheFuture(@TempDir Path dir) throws Exception {
        long nextYear = System.currentTimeMillis() + 365L * 86_400_000;
        try (Broker broker = Broker.start(dir, 0)) {
            createTopic(broker.bootstrap());
            Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrap());
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
                assertThat(producer.send(new ProducerRecord<>(TOPIC, 0, nextYear, "k", "v"))
                                .get()
                                .timestamp())
                        .isEqualTo(nextYear);
            }
        }
    }

    /** A broker in a JVM that can be killed; it ends with its parent too, so that a broken test leaves none behind. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            try (Broker broker = Broker.start(Path.of(args[0]), 0)) {
                System.out.println(broker.bootstrap());
                int end = System.in.read();
                assertThat(end).isNegative();
            }
        }
    }

    private static void createTopic(String bootstrap) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void produceInTransaction(String bootstrap, int timeoutMillis, String... values) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrap, "transactional.id", "t", "transaction.timeout.ms", timeoutMillis);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value));
            }
            producer.commitTransaction();
        }
    }

    private static List<String> consume(String bootstrap, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", "g",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            Await.until(count + " records", () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
            consumer.commitSync();
        }
        return values;
    }
}

package io.ebbline.connector.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.WrittenRecords;
import io.ebbline.platform.Broker;
import io.ebbline.testing.Await;
import io.ebbline.testing.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicArchiverTest {
    private static final TopicPartition P0 = new TopicPartition("purchases", 0);

    @TempDir
    private Path dir;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private Broker broker;
    private Properties client;
    private Path archive;

    @BeforeEach
    void start() {
        broker = Broker.start(dir.resolve("broker"), 0);
        client = new Properties();
        client.setProperty("bootstrap.servers", broker.bootstrap());
        archive = dir.resolve("archive");
        try (TopicAdmin admin = TopicAdmin.connect(client)) {
            admin.createMissing(2, Optional.of((short) 1));
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void keepsWhatIsCommittedOnceAndGoesOn() throws Exception {
        send("purchases", 0, 0, 5);
        transaction("purchases", 0, 5, 3, true);
        transaction("purchases", 0, 8, 4, false);
        send("touchpoints", 1, 100, 2);
        assertThat(archived()).containsEntry(P0, 8L).containsEntry(new TopicPartition("touchpoints", 1), 2L);
        assertHoldsTheTopics();
        List<String> files = files();

        assertThat(archived().values()).allMatch(records -> records == 0);
        assertThat(files()).isEqualTo(files);

        send("purchases", 0, 12, 3);
        assertThat(archived()).containsEntry(P0, 3L);
        assertHoldsTheTopics();
    }

    @Test
    void stopsBeforeAnInstant() throws Exception {
        send("purchases", 0, 0, 10);
        assertThat(archiver().archive(archive, Instant.ofEpochMilli(1_004))).containsEntry(P0, 4L);
        assertThat(Archive.open(archive).stretches().get(P0)).matches(stretch -> stretch.end() == 4);
        assertThat(archiver().archive(archive, Instant.ofEpochMilli(1_002))).containsEntry(P0, 0L);
        assertThat(archived()).containsEntry(P0, 6L);
        assertHoldsTheTopics();
    }

    @Test
    void whatIsGoneFromTheBeginningIsNotMissedButAGapIs() throws Exception {
        send("purchases", 0, 0, 10);
        deleteBefore(P0, 4);
        assertThat(archived()).containsEntry(P0, 6L);
        assertThat(Archive.open(archive).stretches().get(P0)).matches(stretch -> stretch.begin() == 4);

        send("purchases", 0, 10, 10);
        deleteBefore(P0, 13);
        List<String> files = files();
        assertThatThrownBy(this::archived)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(
                        "purchases:0: the archive ends before offset 10, Kafka begins at 13: a gap of 3 offsets");
        assertThat(files()).isEqualTo(files);
    }

    /** A partition that held nothing when the archive was begun has lost nothing; one that has lost its first records since has. */
    @Test
    void aGapAtTheBeginningOfAnEmptyPartitionIsOne() throws Exception {
        send("purchases", 1, 0, 1);
        archived();
        send("purchases", 0, 0, 5);
        deleteBefore(P0, 2);
        assertThatThrownBy(this::archived)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("purchases:0")
                .hasMessageContaining("a gap of 2 offsets");
    }

    @Test
    void partitionsMayBeAdded() throws Exception {
        send("purchases", 0, 0, 3);
        archived();
        try (Admin admin = Admin.create(client)) {
            admin.createPartitions(Map.of("purchases", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
        TopicPartition added = new TopicPartition("purchases", 2);
        send("purchases", 2, 3, 4);
        assertThat(archived()).containsEntry(added, 4L);
        assertThat(archived()).containsEntry(added, 0L);
    }

    @Test
    void aTopicThatWasMadeAnewIsAnother() throws Exception {
        send("purchases", 0, 0, 3);
        archived();
        try (TopicAdmin admin = TopicAdmin.connect(client)) {
            admin.deleteAll();
            admin.createMissing(2, Optional.of((short) 1));
        }
        send("purchases", 0, 0, 9);
        assertThatThrownBy(this::archived)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("The topic purchases was deleted and made anew");
    }

    @Test
    void schemasAreKeptAndHeldAgainstTheRegistry() throws Exception {
        registry.put(7, "\"string\"");
        send("purchases", 0, List.of(new byte[] {0, 0, 0, 0, 7, 1}, new byte[] {0, 0, 0, 0, 8, 1}, new byte[] {1}));
        archived();
        assertThat(archive.resolve("schemas/7.avsc")).hasContent("\"string\"");
        assertThat(archive.resolve("schemas/8.avsc")).doesNotExist();
        ArchivedSchemas schemas = new ArchivedSchemas(archive, registry);
        schemas.check();

        registry.put(7, "\"bytes\"");
        assertThatThrownBy(schemas::check)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("another schema of the id 7");
        assertThatThrownBy(() -> new ArchivedSchemas(archive, new InMemoryRegistry()).check())
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("no schema of the id 7");
    }

    // ---- steps

    private TopicArchiver archiver() {
        return new TopicArchiver(client, registry, (partition, records, offset, end) -> {}, 200);
    }

    private Map<TopicPartition, Long> archived() {
        return archiver().archive(archive, null);
    }

    private void assertHoldsTheTopics() throws IOException {
        Map<TopicPartition, List<String>> kafka = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : WrittenRecords.read(client, TopicArchiver.topics())) {
            kafka.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), p -> new ArrayList<>())
                    .add(Records.line(record));
        }
        Map<TopicPartition, List<String>> files = new HashMap<>();
        for (Map.Entry<TopicPartition, Stretch> stretch :
                Archive.open(archive).stretches().entrySet()) {
            try (ArchiveCursor cursor = new ArchiveCursor(stretch.getKey(), stretch.getValue(), 0, Long.MAX_VALUE, 0)) {
                List<String> lines = Records.lines(cursor);
                if (!lines.isEmpty()) {
                    files.put(stretch.getKey(), lines);
                }
            }
        }
        assertThat(files).isEqualTo(kafka).isNotEmpty();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(archive)) {
            return paths.map(Path::toString).sorted().toList();
        }
    }

    private void send(String topic, int partition, int from, int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, topic, partition, from, count);
        }
    }

    private void send(String topic, int partition, List<byte[]> values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(topic, partition, null, value))
                        .get();
            }
        }
    }

    private void transaction(String topic, int partition, int from, int count, boolean commit) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topic, partition, from, count);
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int partition, int from, int count)
            throws ExecutionException, InterruptedException {
        for (int i = from; i < from + count; i++) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic, partition, 1_000L + i, i % 3 == 0 ? null : Records.bytes("k" + i), Records.bytes("v" + i));
            record.headers().add("n", Records.bytes("h" + i));
            producer.send(record).get();
        }
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", broker.bootstrap());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void deleteBefore(TopicPartition partition, long offset) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
        Await.until(
                "the records are gone",
                () -> TopicBounds.ask(client, List.of(partition.topic()), null).earliest(partition) == offset);
    }
}

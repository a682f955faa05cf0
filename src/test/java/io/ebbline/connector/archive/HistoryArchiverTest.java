package io.ebbline.connector.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.WrittenRecords;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.platform.Broker;
import io.ebbline.testing.InMemoryRegistry;
import io.ebbline.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryArchiverTest {
    private static final FeedOptions OPTIONS = FeedOptions.defaults();
    private static final Map<Topic, Integer> PARTITIONS =
            Map.of(Topic.PURCHASES, 2, Topic.TOUCHPOINTS, 2, Topic.CUSTOMER_REQUESTS, 2);

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final History history = shop();

    @TempDir
    private Path dir;

    private static History shop() {
        ShopRates rates = new ShopRates(0.1, 0.8, 0.4, 0.02, 0.1, 0.05, 0, 0.05, 0.02, 0.02, 0.2);
        return new SimulatedShop(11, 20, 60, Instant.parse("2024-01-01T00:00:00Z"), rates).history();
    }

    @Test
    void holdsWhatTheTopicsWouldHold() throws Exception {
        try (Broker broker = Broker.start(dir.resolve("broker"), 0)) {
            Properties client = new Properties();
            client.setProperty("bootstrap.servers", broker.bootstrap());
            try (TopicAdmin admin = TopicAdmin.connect(client)) {
                admin.createMissing(2, Optional.of((short) 1));
            }
            assertThat(HistoryArchiver.partitions(client)).isEqualTo(PARTITIONS);
            Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrap());
            try (Feeder feeder = Feeder.connect(config, new AvroRecordEncoder(registry), OPTIONS, progress -> {})) {
                feeder.feed(history.records(), history.end());
            }
            Map<TopicPartition, Long> written = archive(history.records());

            Archive archive = Archive.open(dir.resolve("archive"));
            assertThat(archive.kind()).isEqualTo(Archive.Kind.HISTORY);
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fed = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : WrittenRecords.read(client, TopicArchiver.topics())) {
                fed.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), p -> new ArrayList<>())
                        .add(record);
            }
            assertThat(archive.stretches().keySet()).isEqualTo(fed.keySet()).hasSize(6);
            for (Map.Entry<TopicPartition, Stretch> stretch :
                    archive.stretches().entrySet()) {
                try (ArchiveCursor cursor =
                        new ArchiveCursor(stretch.getKey(), stretch.getValue(), 0, Long.MAX_VALUE, 0)) {
                    List<ConsumerRecord<byte[], byte[]>> topic = fed.get(stretch.getKey());
                    assertThat(Records.lines(cursor)).isEqualTo(Records.lines(topic.iterator()));
                    assertThat(written).containsEntry(stretch.getKey(), (long) topic.size());
                    assertThat(stretch.getValue().end()).isEqualTo(topic.size());
                }
            }
        }
    }

    @Test
    void aRunThatFailsLeavesNoArchiveAndTheNextBeginsAnew() throws Exception {
        Iterable<FeedRecord> failing = () -> new Iterator<>() {
            private final Iterator<FeedRecord> records = history.records().iterator();
            private int told;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public FeedRecord next() {
                if (++told > 100) {
                    throw new IllegalStateException("broken off");
                }
                return records.next();
            }
        };
        assertThatThrownBy(() -> archive(failing)).hasMessage("broken off");
        assertThatThrownBy(() -> Archive.open(dir.resolve("archive"))).isInstanceOf(ArchiveException.class);
        // What a kill between the last file and the manifest leaves.
        Path left = dir.resolve("archive/purchases/0").resolve(ArchiveFile.name(0, 5, false));
        Files.createDirectories(dir.resolve("archive/purchases/0"));
        Files.writeString(left, "half");

        archive(history.records());
        assertThat(left).doesNotExist();
        assertThat(Archive.open(dir.resolve("archive")).stretches()).hasSize(6);
        assertThatThrownBy(() -> archive(history.records()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("holds an archive already");
    }

    private Map<TopicPartition, Long> archive(Iterable<FeedRecord> records) {
        return HistoryArchiver.archive(dir.resolve("archive"), records, history.end(), PARTITIONS, OPTIONS, registry);
    }
}

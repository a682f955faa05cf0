package io.ebbline.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.archive.Archives;
import io.ebbline.operator.StreamTypes;
import io.ebbline.platform.Broker;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Partitions cut at random between the archive of a history, that of the topics, and Kafka, read by readers that are paused, and
 * restored from what they had snapshotted, at random: each record comes once, in order, from where it should.
 */
class ReplayHandOverTest {
    private static final int PARTITIONS = 3;
    private static final int ON_KAFKA = 3_000;
    private static final long END = 77;

    @TempDir
    private static Path dir;

    private static Broker broker;
    private static Properties client;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(dir.resolve("broker"), 0);
        client = new Properties();
        client.setProperty("bootstrap.servers", broker.bootstrap());
        try (TopicAdmin admin = TopicAdmin.connect(client)) {
            admin.createMissing(PARTITIONS, Optional.of((short) 1));
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        // One request at a time: on topics as young as these the second may be taken before the first, which is then
        // refused.
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < ON_KAFKA; i++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    sent.add(producer.send(new ProducerRecord<>(
                            "purchases", partition, (long) i, null, ("K" + i).getBytes(StandardCharsets.UTF_8))));
                }
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyRecordOnceInOrderFromAnyPosition() throws Exception {
        long restores = 0;
        long inHistory = 0;
        long inTopics = 0;
        int heldBack = 0;
        for (int seed = 0; seed < 40; seed++) {
            Scene scene = new Scene(seed);
            Run run = new Run(scene, new SplittableRandom(seed));
            run.toTheEnd();
            assertThat(run.told).as("seed %d", seed).isEqualTo(scene.expected);
            assertThat(run.offsets).as("seed %d", seed).isEqualTo(scene.span.to());
            restores += run.restores;
            inHistory += run.restoredInHistory;
            inTopics += run.restoredInTopics;
            heldBack = Math.max(heldBack, run.heldBack);
        }
        assertThat(restores).isGreaterThan(40);
        assertThat(inHistory).isGreaterThan(15);
        assertThat(inTopics).isGreaterThan(15);
        assertThat(heldBack).isGreaterThan(1);
    }

    /** What is to be read, and what should come of it. */
    private static final class Scene {
        final Map<TopicPartition, List<String>> expected = new HashMap<>();
        final ReplaySpan span;

        Scene(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<TopicPartition, Integer> told = new HashMap<>();
            Map<TopicPartition, Long> begins = new HashMap<>();
            Map<TopicPartition, Long> cuts = new HashMap<>();
            Map<TopicPartition, Long> from = new HashMap<>();
            Map<TopicPartition, Long> to = new HashMap<>();
            boolean history = random.nextInt(3) > 0;
            boolean topics = random.nextInt(4) > 0;
            for (int p = 0; p < PARTITIONS; p++) {
                TopicPartition partition = new TopicPartition("purchases", p);
                List<String> lines = new ArrayList<>();
                if (history) {
                    told.put(partition, random.nextInt(4) == 0 ? 0 : random.nextInt(6_000));
                    for (int i = 0; i < told.get(partition); i++) {
                        lines.add("H" + i);
                    }
                }
                long begin = random.nextInt(20);
                long cut = random.nextInt(4) == 0 ? begin : random.nextLong(begin, ON_KAFKA + 1);
                long first = random.nextBoolean() ? begin : random.nextLong(begin, ON_KAFKA + 1);
                long end = random.nextBoolean() ? ON_KAFKA : random.nextLong(first, ON_KAFKA + 1);
                for (long i = first; i < end; i++) {
                    if (topics && i < cut && i % 7 == 3) {
                        continue; // An offset without a record.
                    }
                    lines.add((topics && i < cut ? "A" : "K") + i);
                }
                begins.put(partition, begin);
                cuts.put(partition, cut);
                from.put(partition, first);
                to.put(partition, end);
                expected.put(partition, lines);
            }
            expected.values().removeIf(List::isEmpty);
            Path place = dir.resolve("archives-" + seed);
            ReplayArchives archives = new ReplayArchives(
                    history ? Archives.history(place.resolve("history"), told, 9_000) : null,
                    topics ? Archives.topics(place.resolve("topics"), begins, cuts, 9_000, i -> i % 7 != 3) : null);
            span = new ReplaySpan(from, to, END, archives);
        }
    }

    /** Readers one after the other, each going on from what one before it snapshotted. */
    private static final class Run {
        final Map<TopicPartition, List<String>> told = new HashMap<>();
        final Map<TopicPartition, Long> offsets = new HashMap<>();
        long restores;
        long restoredInHistory;
        long restoredInTopics;
        int heldBack;
        private final Scene scene;
        private final SplittableRandom random;
        private final int restoresAtMost;
        private final Map<String, Integer> paused = new HashMap<>();
        private boolean ended;

        Run(Scene scene, SplittableRandom random) {
            this.scene = scene;
            this.random = random;
            this.restoresAtMost = random.nextInt(5);
        }

        void toTheEnd() throws Exception {
            List<KafkaPartitionSplit> splits = scene.span.starts().entrySet().stream()
                    .map(start -> new KafkaPartitionSplit(start.getKey(), start.getValue()))
                    .toList();
            Map<TopicPartition, List<String>> until = Map.of();
            while (!ended) {
                paused.clear();
                told.clear();
                until.forEach((partition, lines) -> told.put(partition, new ArrayList<>(lines)));
                try (SourceReader<Incoming, KafkaPartitionSplit> reader =
                        source(scene.span).createReader(new Context())) {
                    reader.start();
                    reader.addSplits(splits);
                    boolean last = restores == restoresAtMost;
                    List<KafkaPartitionSplit> taken = read(reader, last ? Integer.MAX_VALUE : random.nextInt(9_000));
                    if (!ended) {
                        restores++;
                        splits = taken;
                        until = new HashMap<>();
                        for (Map.Entry<TopicPartition, List<String>> lines : told.entrySet()) {
                            until.put(lines.getKey(), List.copyOf(lines.getValue()));
                        }
                        count(splits);
                        // What a reader says after its last snapshot is forgotten.
                        read(reader, random.nextInt(200));
                        ended = false;
                    }
                }
            }
        }

        private void resume(SourceReader<Incoming, KafkaPartitionSplit> reader) {
            reader.pauseOrResumeSplits(List.of(), List.copyOf(paused.keySet()));
            paused.clear();
        }

        void tell(Incoming record) {
            TopicPartition partition = new TopicPartition("purchases", record.partition());
            told.computeIfAbsent(partition, p -> new ArrayList<>()).add(record.key());
            // What is on the way when a partition is paused still comes: a few batches of a hundred.
            Integer since = paused.computeIfPresent(KafkaPartitionSplit.toSplitId(partition), (split, n) -> n + 1);
            assertThat(since == null ? 0 : since).isLessThan(1_000);
            heldBack = Math.max(heldBack, paused.size());
        }

        private void count(List<KafkaPartitionSplit> splits) {
            for (KafkaPartitionSplit split : splits) {
                boolean archived = scene.span.archives().hold(split.getTopicPartition(), split.getStartingOffset());
                boolean told = ReplayArchives.isInHistory(split.getStartingOffset());
                restoredInHistory += told ? 1 : 0;
                restoredInTopics += archived && !told ? 1 : 0;
            }
        }

        private List<KafkaPartitionSplit> read(SourceReader<Incoming, KafkaPartitionSplit> reader, int polls)
                throws Exception {
            Output output = new Output(this);
            List<String> ids = scene.span.from().keySet().stream()
                    .map(KafkaPartitionSplit::toSplitId)
                    .toList();
            for (int poll = 0; poll < polls && !ended; poll++) {
                switch (reader.pollNext(output)) {
                    case MORE_AVAILABLE -> {}
                    case NOTHING_AVAILABLE -> {
                        // All others may have ended.
                        resume(reader);
                        reader.isAvailable().get(1, TimeUnit.MINUTES);
                    }
                    default -> throw new AssertionError("A replay does not finish.");
                }
                if (random.nextInt(300) == 0) {
                    String one = ids.get(random.nextInt(ids.size()));
                    reader.pauseOrResumeSplits(List.of(one), List.of());
                    paused.putIfAbsent(one, 0);
                } else if (random.nextInt(2_000) == 0) {
                    resume(reader);
                }
            }
            List<KafkaPartitionSplit> snapshot = reader.snapshotState(1);
            if (ended) {
                snapshot.forEach(split -> offsets.put(split.getTopicPartition(), split.getStartingOffset()));
            }
            return snapshot;
        }
    }

    private static ReplaySource source(ReplaySpan span) {
        Properties consumer = new Properties();
        consumer.putAll(client);
        consumer.setProperty("group.id", "test");
        consumer.setProperty("max.poll.records", "100");
        KafkaSource<Incoming> live = KafkaSource.<Incoming>builder()
                .setProperties(consumer)
                .setTopics("purchases")
                .setDeserializer(new Plain())
                .build();
        return new ReplaySource(live, consumer, new Plain(), span);
    }

    private static final class Plain implements KafkaRecordDeserializationSchema<Incoming> {
        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
            out.collect(new Incoming(
                    new String(record.value(), StandardCharsets.UTF_8),
                    Incoming.NO_TIME,
                    null,
                    RejectReason.NOT_AVRO,
                    Topic.PURCHASES,
                    record.partition(),
                    ReplayArchives.counted(record.offset()),
                    record.timestamp(),
                    null,
                    null,
                    List.of()));
        }

        @Override
        public TypeInformation<Incoming> getProducedType() {
            return StreamTypes.INCOMING;
        }
    }

    private record Output(Run run) implements ReaderOutput<Incoming> {
        @Override
        public void collect(Incoming record) {
            assertThat(record.key().substring(1)).isEqualTo(Long.toString(record.offset()));
            run.tell(record);
        }

        @Override
        public void collect(Incoming record, long timestamp) {
            collect(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            assertThat(watermark.getTimestamp()).isEqualTo(END);
            run.ended = true;
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<Incoming> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }

    private static final class Context implements SourceReaderContext {
        private final SourceReaderMetricGroup metrics = UnregisteredMetricsGroup.createSourceReaderMetricGroup();

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return metrics;
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "localhost";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public void sendSplitRequest() {}

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {}

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(Context.class.getClassLoader());
        }
    }
}

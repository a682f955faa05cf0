package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.event.Event;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

class FeederTest {

    private static final FeedOptions OPTIONS = new FeedOptions(1_000, 10, 3_000, Speed.MAX);
    private static final Consumer<FeedProgress> NOBODY = progress -> {};

    @Example
    void keysTimesAndValuesAreThoseOfTheRecords() {
        FeedRecord future = new FeedRecord(
                Topic.TOUCHPOINTS,
                "zo\u00eb",
                50,
                40,
                Feeds.record(Topic.TOUCHPOINTS, "", "e", 9_999).event(),
                null);
        FeedRecord raw = new FeedRecord(Topic.PURCHASES, null, 60, 60, null, new byte[] {1, 2});
        MockProducer<byte[], byte[]> kafka = kafka();

        FeedProgress progress = feeder(kafka, NOBODY).feed(List.of(future, raw), 60);

        assertThat(kafka.history()).hasSize(2 + 5);
        ProducerRecord<byte[], byte[]> first = kafka.history().get(0);
        assertThat(first.topic()).isEqualTo("touchpoints");
        assertThat(first.key()).isEqualTo("zo\u00eb".getBytes(StandardCharsets.UTF_8));
        assertThat(first.timestamp()).isEqualTo(40);
        assertThat(first.value()).asString(StandardCharsets.UTF_8).isEqualTo("event e");
        ProducerRecord<byte[], byte[]> second = kafka.history().get(1);
        assertThat(second.key()).isNull();
        assertThat(second.value()).containsExactly(1, 2);
        assertThat(kafka.history().subList(2, 7)).allSatisfy(clock -> {
            assertThat(clock.key()).isNull();
            assertThat(clock.timestamp()).isEqualTo(60 + 1_000 + 1);
            assertThat(clock.value()).asString(StandardCharsets.UTF_8).isEqualTo("clock 1061");
        });
        assertThat(progress).isEqualTo(new FeedProgress(2, 7, 0, 1061, true));
    }

    @Property(tries = 100)
    void stoppedAndResumedItWritesWhatItWouldHaveWrittenAtOnce(
            @ForAll long seed,
            @ForAll @IntRange(max = 80) int size,
            @ForAll @IntRange(min = 1, max = 40) int stopAfter) {
        List<FeedRecord> records = Feeds.random(seed, size, 400);
        MockProducer<byte[], byte[]> atOnce = kafka();
        FeedProgress whole = feeder(atOnce, NOBODY).feed(records, 7);
        Hooked inParts = new Hooked();

        FeedProgress progress;
        int runs = 0;
        do {
            Feeder feeder = feeder(inParts, NOBODY);
            int stopAt = inParts.history().size() + stopAfter;
            inParts.beforeSend = () -> {
                if (inParts.history().size() + 1 == stopAt) {
                    feeder.stop();
                }
            };
            progress = feeder.feed(records, 7);
            runs++;
        } while (!progress.finished());

        assertThat(show(inParts.history())).isEqualTo(show(atOnce.history()));
        assertThat(progress.events()).isEqualTo(size).isEqualTo(whole.events());
        assertThat(progress.sent() + progress.skipped()).isEqualTo(whole.sent());
        assertThat(runs).isEqualTo((int) (whole.sent() / stopAfter) + 1);
    }

    @Example
    void feedingWhatIsThereAlreadySendsNothing() {
        List<FeedRecord> records = Feeds.random(1, 50, 400);
        MockProducer<byte[], byte[]> kafka = kafka();
        FeedProgress first = feeder(kafka, NOBODY).feed(records, 7);

        FeedProgress second = feeder(kafka, NOBODY).feed(records, 7);

        assertThat(second).isEqualTo(new FeedProgress(50, 0, first.sent(), Long.MIN_VALUE, true));
    }

    @Example
    void progressIsToldAtEveryRoundAndAtTheEnd() {
        List<FeedProgress> told = new ArrayList<>();
        List<FeedRecord> records = Feeds.random(1, 50, 400);

        FeedProgress last = feeder(kafka(), told::add).feed(records, 7);

        assertThat(told).hasSizeGreaterThan(5);
        assertThat(told.get(told.size() - 1)).isEqualTo(last);
        assertThat(told).extracting(FeedProgress::events).isSorted();
        assertThat(told).extracting(FeedProgress::arrival).isSorted();
        assertThat(told.subList(0, told.size() - 1)).noneMatch(FeedProgress::finished);
    }

    @Example
    void itStopsWhileItWaitsForARecordToBeDue() throws Exception {
        // At a millisecond a second the second record is due in a day.
        List<FeedRecord> records =
                List.of(Feeds.record(Topic.PURCHASES, "c", "a", 0), Feeds.record(Topic.PURCHASES, "c", "b", 86_400));
        FeedOptions slow = new FeedOptions(1_000, 10, 1_000_000, new Speed(1));
        CountDownLatch firstEncoded = new CountDownLatch(1);
        RecordEncoder telling = new RecordEncoder() {
            @Override
            public byte[] event(Topic topic, @Nullable String customer, Event event) {
                firstEncoded.countDown();
                return Feeds.TEXT.event(topic, customer, event);
            }

            @Override
            public byte[] clock(Topic topic, long time) {
                return Feeds.TEXT.clock(topic, time);
            }
        };
        MockProducer<byte[], byte[]> kafka = kafka();
        Feeder feeder = new Feeder(kafka, () -> held(kafka), telling, slow, NOBODY);
        CompletableFuture<FeedProgress> running = CompletableFuture.supplyAsync(() -> feeder.feed(records, 0));
        assertThat(firstEncoded.await(1, TimeUnit.MINUTES)).isTrue();

        feeder.stop();

        assertThat(running.get(1, TimeUnit.MINUTES)).isEqualTo(new FeedProgress(1, 1, 0, 0, false));
    }

    @Example
    void aRecordThatKafkaRefusesEndsTheFeed() {
        MockProducer<byte[], byte[]> kafka = failing(new RecordTooLargeException("The message is 2000000 bytes."), 7);

        assertThatThrownBy(() -> feeder(kafka, NOBODY).feed(Feeds.random(1, 50, 400), 7))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("Kafka refused record", "2000000 bytes", "new topics");
        // Nothing goes after it: what is there stays a beginning of the feed.
        assertThat(kafka.history()).hasSize(7);
    }

    @Example
    void aBrokerThatIsAwayEndsTheFeedWithTheWayToGoOn() {
        MockProducer<byte[], byte[]> kafka = failing(new TimeoutException("Failed to allocate memory"), 7);

        assertThatThrownBy(() -> feeder(kafka, NOBODY).feed(Feeds.random(1, 50, 400), 7))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("Check the broker", "goes on where it stopped");
    }

    @Example
    void recordsThatStandElsewhereThanPlannedEndTheFeed() {
        MockProducer<byte[], byte[]> kafka = kafka();
        // What somebody else wrote, unseen by the feeder, whose partitions it believes to be empty.
        FeedProgress other = feeder(kafka, NOBODY).feed(List.of(), 7);
        Feeder feeder = new Feeder(kafka, () -> Feeds.empty(2, 2, 1), Feeds.TEXT, OPTIONS, NOBODY);

        assertThat(other.sent()).isEqualTo(5);
        assertThatThrownBy(() -> feeder.feed(Feeds.random(1, 50, 400), 7))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("somebody else writes into the topic");
    }

    @Example
    void theProducerNeitherReordersNorLosesNorGivesUp() {
        Map<String, Object> config = Feeder.producerConfig(Map.of("bootstrap.servers", "broker:9092"));

        assertThat(config)
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("enable.idempotence", true)
                .containsEntry("acks", "all")
                .containsEntry("delivery.timeout.ms", Integer.MAX_VALUE);
        Map<String, Object> complete = new HashMap<>(config);
        complete.put("key.serializer", ByteArraySerializer.class);
        complete.put("value.serializer", ByteArraySerializer.class);
        // Kafka's own check that the settings go together.
        assertThatCode(() -> new ProducerConfig(complete)).doesNotThrowAnyException();
    }

    private static Feeder feeder(MockProducer<byte[], byte[]> kafka, Consumer<FeedProgress> listener) {
        return new Feeder(kafka, () -> held(kafka), Feeds.TEXT, OPTIONS, listener);
    }

    /** A Kafka that does something before it takes a record. */
    private static final class Hooked extends MockProducer<byte[], byte[]> {

        private Runnable beforeSend = () -> {};

        private Hooked() {
            super(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            beforeSend.run();
            return super.send(record, callback);
        }
    }

    /** A Kafka that takes so many records and then answers as the producer does to what it does not even enqueue. */
    private static MockProducer<byte[], byte[]> failing(RuntimeException error, int taken) {
        return new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                if (history().size() < taken) {
                    return super.send(record, callback);
                }
                callback.onCompletion(null, error);
                return CompletableFuture.failedFuture(error);
            }
        };
    }

    private static MockProducer<byte[], byte[]> kafka() {
        return new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Cluster cluster() {
        Node node = new Node(0, "broker", 9092);
        Node[] nodes = {node};
        Set<PartitionInfo> partitions = new HashSet<>();
        Feeds.empty(2, 2, 1).forEach((topic, ends) -> {
            for (int p = 0; p < ends.length; p++) {
                partitions.add(new PartitionInfo(topic.topicName(), p, node, nodes, nodes));
            }
        });
        return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    }

    private static Map<Topic, long[]> held(MockProducer<byte[], byte[]> kafka) {
        Map<Topic, long[]> ends = Feeds.empty(2, 2, 1);
        kafka.history().forEach(r -> ends.get(Topic.named(r.topic()))[r.partition()]++);
        return ends;
    }

    private static List<String> show(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(r -> r.topic() + "-" + r.partition() + " " + r.timestamp() + " "
                        + (r.key() == null ? null : new String(r.key(), StandardCharsets.UTF_8)) + " "
                        + new String(r.value(), StandardCharsets.UTF_8))
                .toList();
    }
}

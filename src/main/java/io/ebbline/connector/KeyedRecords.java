package io.ebbline.connector;

import io.ebbline.wire.EventDecoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Reads the part of a topic where the records of one key lie. Not safe for use by several threads. */
public final class KeyedRecords implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private static final String ANSWER_LIMIT_MILLIS = "15000";

    /** Hears how far a reading has come. */
    public interface Progress {

        /** So many records of all that are there to be read; offsets without a record count too. */
        void at(String topic, long read, long all);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final byte[] key;
    private final Progress progress;

    /**
     * A reader.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     */
    public KeyedRecords(Properties client, byte[] key, Progress progress) {
        Properties config = CommittedRecords.config(client);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS);
        this.key = key.clone();
        this.progress = progress;
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Shows every committed record of the partition where Kafka's own partitioner puts the key, those of other keys too, in order.
     *
     * @param everywhere whether to read every partition, as other partitioners need it
     * @throws TopicException when the topic is not there or the brokers do not answer
     */
    public void read(String topic, boolean everywhere, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            List<TopicPartition> partitions = partitions(topic, everywhere);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long first = positions(partitions);
            long all = ends.values().stream().mapToLong(Long::longValue).sum() - first;
            while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
                consumer.poll(POLL).forEach(each);
                progress.at(topic, Math.min(all, positions(partitions) - first), all);
            }
        } catch (KafkaException e) {
            throw new TopicException(
                    "The topic " + topic + " can't be read (" + e.getMessage()
                            + "): are the brokers up, and has `ebbline setup` been run?",
                    e);
        }
    }

    /**
     * What the job reads of the key on an input topic: events and rejections, no clocks.
     *
     * @throws TopicException as {@link #read(String, boolean, Consumer)}
     */
    public List<Incoming> decoded(Topic topic, boolean everywhere, EventDecoder decoder) {
        List<Incoming> found = new ArrayList<>();
        read(topic.topicName(), everywhere, record -> {
            if (record.key() == null || isOurs(record)) {
                Incoming incoming = decoder.decode(
                        topic,
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        KafkaStreams.headers(record));
                byte[] customer = incoming.key().getBytes(StandardCharsets.UTF_8);
                if (incoming.body() == null ? incoming.rejection() != null && isOurs(record) : isOurs(customer)) {
                    found.add(incoming);
                }
            }
        });
        return found;
    }

    /** Whether a record is of the key. */
    public boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null && isOurs(record.key());
    }

    private boolean isOurs(byte[] other) {
        return Arrays.equals(key, other);
    }

    private List<TopicPartition> partitions(String topic, boolean everywhere) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new TopicException("There is no topic " + topic + ": make it with `ebbline setup`.", null);
        }
        int place = Utils.toPositive(Utils.murmur2(key)) % infos.size();
        return infos.stream()
                .filter(info -> everywhere || info.partition() == place)
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private long positions(List<TopicPartition> partitions) {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}

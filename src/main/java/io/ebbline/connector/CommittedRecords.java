package io.ebbline.connector;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How topics are read up to what is on them now. */
public final class CommittedRecords {

    /** Who waits for the end of a topic has read the rest: a broker need not hold its answer back for more. */
    private static final String WAIT_MILLIS = "10";

    private static final String BATCH = "5000";

    private CommittedRecords() {}

    /**
     * Consumer options: what is committed alone, and no topic is made. A broker would make it with partitions and a retention of its
     * own.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     */
    public static Properties config(Properties client) {
        Properties config = new Properties();
        config.putAll(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, WAIT_MILLIS);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        return config;
    }

    /** A consumer with these options. */
    static KafkaConsumer<byte[], byte[]> consumer(Properties client) {
        return new KafkaConsumer<>(config(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}

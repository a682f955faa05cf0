package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records in whatever order they are given, with clock records at the end alone: the input topics may be as far apart in
 * their progress as one likes. {@link Feeder} is for feeds in order of arrival.
 */
public final class TopicByTopic {

    private TopicByTopic() {}

    /**
     * Sends the records, then a clock to every partition of some topics. Returns when all is acknowledged.
     *
     * @param client Kafka client properties with {@code bootstrap.servers}
     * @param clocked topics that get the clock
     * @param clock milliseconds since the epoch; a reader's watermark gets to the lateness bound and a millisecond before it
     * @throws FeedException when Kafka fails or refuses a record
     */
    public static void send(
            Properties client, RecordEncoder encoder, Iterable<FeedRecord> records, List<Topic> clocked, long clock) {
        Properties config = new Properties();
        config.putAll(Feeder.producerConfig(Map.of()));
        config.putAll(client);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (FeedRecord record : records) {
                String customer = record.customer();
                byte[] key = customer == null ? null : customer.getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(
                        record.topic().topicName(), null, record.recordTime(), key, encoder.value(record))));
            }
            for (Topic topic : clocked) {
                int partitions = producer.partitionsFor(topic.topicName()).size();
                for (int partition = 0; partition < partitions; partition++) {
                    sent.add(producer.send(new ProducerRecord<>(
                            topic.topicName(), partition, clock, null, encoder.clock(topic, clock))));
                }
            }
            for (Future<RecordMetadata> answer : sent) {
                answer.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw new FeedException("Kafka did not take the feed (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedException("The feed was interrupted.", e);
        }
    }
}

package io.ebbline.connector;

import io.ebbline.operator.MetricNames;
import io.ebbline.operator.StreamTypes;
import io.ebbline.wire.EventDecoder;
import io.ebbline.wire.Header;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The job's Kafka sources and its one sink. */
public final class KafkaStreams {

    private static final String MOVES_GROUP = "-moves";

    private KafkaStreams() {}

    /**
     * Events of all input topics from their beginning, decoded; committed records only.
     *
     * @param client {@code bootstrap.servers} and what security needs
     * @param group consumer group that shows how far the job has come; nothing is read from it
     * @param currency ISO 4217 code of the shop's currency
     */
    public static KafkaSource<Incoming> events(
            Properties client,
            String group,
            SchemaRegistry.Factory registries,
            String currency,
            long futureToleranceMillis) {
        return events(client, group, registries, currency, futureToleranceMillis, OffsetsInitializer.earliest());
    }

    /** The events of a span and no others, from a source that does not finish: its savepoint is a live job's. */
    public static Source<Incoming, ?, ?> replayed(
            Properties client,
            String group,
            SchemaRegistry.Factory registries,
            String currency,
            long futureToleranceMillis,
            ReplaySpan span) {
        OffsetsInitializer start = OffsetsInitializer.offsets(span.starts());
        return new ReplaySource(
                events(client, group, registries, currency, futureToleranceMillis, start),
                consumer(client, group),
                new EventSchema(registries, currency, futureToleranceMillis, null),
                span);
    }

    private static KafkaSource<Incoming> events(
            Properties client,
            String group,
            SchemaRegistry.Factory registries,
            String currency,
            long futureToleranceMillis,
            OffsetsInitializer start) {
        return KafkaSource.<Incoming>builder()
                .setProperties(consumer(client, group))
                .setTopics(Topic.inputs().stream().map(Topic::topicName).toList())
                .setStartingOffsets(start)
                .setDeserializer(new EventSchema(registries, currency, futureToleranceMillis, null))
                .build();
    }

    /**
     * Moves between customers from the topic's beginning, decoded; committed records only.
     *
     * @param topic the one to which the job writes them
     */
    public static KafkaSource<Incoming> moves(
            Properties client,
            String group,
            SchemaRegistry.Factory registries,
            String currency,
            long futureToleranceMillis,
            String topic) {
        return moves(
                consumer(client, group + MOVES_GROUP),
                topic,
                OffsetsInitializer.earliest(),
                new EventSchema(registries, currency, futureToleranceMillis, Topic.CUSTOMER_MOVES));
    }

    /** The moves of a span that were recorded, as {@link #replayed}. */
    public static Source<Incoming, ?, ?> recordedMoves(
            Properties client,
            String group,
            SchemaRegistry.Factory registries,
            String currency,
            long futureToleranceMillis,
            ReplaySpan span) {
        Properties consumer = consumer(client, group + MOVES_GROUP);
        EventSchema schema = new EventSchema(registries, currency, futureToleranceMillis, Topic.CUSTOMER_MOVES);
        OffsetsInitializer start = OffsetsInitializer.offsets(span.starts());
        return new ReplaySource(
                moves(consumer, Topic.CUSTOMER_MOVES.topicName(), start, schema), consumer, schema, span);
    }

    private static KafkaSource<Incoming> moves(
            Properties consumer, String topic, OffsetsInitializer start, EventSchema schema) {
        return KafkaSource.<Incoming>builder()
                .setProperties(consumer)
                .setTopics(topic)
                .setStartingOffsets(start)
                .setDeserializer(schema)
                .build();
    }

    /** Orders and returns from the topic's beginning to its end as it is at the start, decoded; committed records only. */
    public static KafkaSource<Incoming> purchases(
            Properties client,
            String group,
            SchemaRegistry.Factory registries,
            String currency,
            long futureToleranceMillis) {
        return KafkaSource.<Incoming>builder()
                .setProperties(consumer(client, group))
                .setTopics(Topic.PURCHASES.topicName())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new EventSchema(registries, currency, futureToleranceMillis, null))
                .build();
    }

    /** The control topic from its beginning, undecoded. */
    public static KafkaSource<Incoming> models(Properties client, String group) {
        return KafkaSource.<Incoming>builder()
                .setProperties(consumer(client, group + "-models"))
                .setTopics(Topic.SCORING_MODELS.topicName())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new ControlSchema())
                .build();
    }

    /**
     * The one sink of all output topics, so that what one cause says commits together.
     *
     * @param transactionalIdPrefix one per job, frozen for as long as its state is
     * @param routes which topic of the cluster each record goes to
     */
    public static KafkaSink<Outgoing> outputs(
            Properties client,
            DeliveryGuarantee guarantee,
            String transactionalIdPrefix,
            long transactionTimeoutMillis,
            OutputRoutes routes) {
        Properties producer = new Properties();
        producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, "50");
        producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 * 1024));
        producer.putAll(client);
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(transactionTimeoutMillis));
        return KafkaSink.<Outgoing>builder()
                .setBootstrapServers(client.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .setKafkaProducerConfig(producer)
                .setDeliveryGuarantee(guarantee)
                .setTransactionalIdPrefix(transactionalIdPrefix)
                .setRecordSerializer(new OutputSchema(routes))
                .build();
    }

    private static Properties consumer(Properties client, String group) {
        Properties consumer = new Properties();
        consumer.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        consumer.putAll(client);
        consumer.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        consumer.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return consumer;
    }

    static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
        List<Header> headers = new ArrayList<>(0);
        for (org.apache.kafka.common.header.Header header : record.headers()) {
            byte[] value = header.value();
            headers.add(new Header(header.key(), value == null ? new byte[0] : value));
        }
        return headers.isEmpty() ? List.of() : headers;
    }

    @SuppressWarnings("NullAway.Init") // Opened where it runs.
    private static final class EventSchema implements KafkaRecordDeserializationSchema<Incoming> {
        private final SchemaRegistry.Factory registries;
        private final String currency;
        private final long futureToleranceMillis;
        private final @Nullable Topic topic;
        private transient EventDecoder decoder;

        /**
         * A decoder of records.
         *
         * @param topic what every record is of, whatever its topic's name on the cluster; null: the name tells
         */
        EventSchema(
                SchemaRegistry.Factory registries, String currency, long futureToleranceMillis, @Nullable Topic topic) {
            this.registries = registries;
            this.currency = currency;
            this.futureToleranceMillis = futureToleranceMillis;
            this.topic = topic;
        }

        @Override
        public void open(DeserializationSchema.InitializationContext context) {
            decoder = new EventDecoder(registries.create(), currency, futureToleranceMillis);
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
            out.collect(decoder.decode(
                    topic == null ? Topic.named(record.topic()) : topic,
                    record.partition(),
                    ReplayArchives.counted(record.offset()),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    headers(record)));
        }

        @Override
        public TypeInformation<Incoming> getProducedType() {
            return StreamTypes.INCOMING;
        }
    }

    private static final class ControlSchema implements KafkaRecordDeserializationSchema<Incoming> {
        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
            out.collect(new Incoming(
                    "",
                    Incoming.NO_TIME,
                    null,
                    null,
                    Topic.SCORING_MODELS,
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    headers(record)));
        }

        @Override
        public TypeInformation<Incoming> getProducedType() {
            return StreamTypes.INCOMING;
        }
    }

    private static final class OutputSchema implements KafkaRecordSerializationSchema<Outgoing> {
        private final OutputRoutes routes;
        private transient @Nullable Counter heldBack;

        OutputSchema(OutputRoutes routes) {
            this.routes = routes;
        }

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
            // The sink opens it twice, and a second counter of that name would be in no report.
            if (heldBack == null) {
                heldBack = context.getMetricGroup().counter(MetricNames.HELD_BACK);
            }
        }

        @Override
        public @Nullable ProducerRecord<byte[], byte[]> serialize(
                Outgoing record, KafkaSinkContext context, Long timestamp) {
            String topic = routes.topic(record);
            boolean held = routes.holdsBack(record);
            if (held && heldBack != null) {
                heldBack.inc();
            }
            if (topic == null) {
                return null;
            }
            ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(
                    topic, null, record.time() == Outgoing.NOW ? null : record.time(), record.key(), record.value());
            for (Header header : record.headers()) {
                out.headers().add(new RecordHeader(header.name(), header.value()));
            }
            if (held) {
                byte[] meant = record.topic().topicName().getBytes(StandardCharsets.UTF_8);
                out.headers().add(new RecordHeader(HeaderNames.TOPIC, meant));
            }
            return out;
        }
    }
}

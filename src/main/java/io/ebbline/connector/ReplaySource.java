package io.ebbline.connector;

import io.ebbline.operator.StreamTypes;
import io.ebbline.wire.Incoming;
import java.util.Properties;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The source of a replay: reads every partition, from archives and from Kafka, up to its end and not beyond, then vouches for the end
 * of the replay and waits.
 *
 * <p>It never finishes. Of a source that has finished a savepoint keeps no offsets, and a job restored from it would not read on.
 * This one leaves the savepoint of a live source that had read as far, which is what the live job goes on from.
 */
final class ReplaySource
        implements Source<Incoming, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<Incoming> {
    private static final long serialVersionUID = 1;

    private final KafkaSource<Incoming> source;
    private final Properties consumer;
    private final KafkaRecordDeserializationSchema<Incoming> schema;
    private final ReplaySpan span;

    /**
     * A source of a span.
     *
     * @param source the live one, starting where the span starts
     * @param consumer its consumers' properties
     * @param schema its decoder
     */
    ReplaySource(
            KafkaSource<Incoming> source,
            Properties consumer,
            KafkaRecordDeserializationSchema<Incoming> schema,
            ReplaySpan span) {
        this.source = source;
        this.consumer = consumer;
        this.schema = schema;
        this.span = span;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<Incoming, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new ReplayReader(kafkaReader(context), span);
    }

    /** As the live source makes it, but for {@link ReplaySplitReader}, for which it has no opening. */
    private SourceReader<Incoming, KafkaPartitionSplit> kafkaReader(SourceReaderContext context) throws Exception {
        schema.open(new Opening(context));
        Properties properties = new Properties();
        properties.putAll(consumer);
        properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // An offset that is gone was deleted while the replay ran: it must not read something else instead.
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(
                KafkaSourceOptions.CLIENT_ID_PREFIX.key(), consumer.getProperty(ConsumerConfig.GROUP_ID_CONFIG));
        FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue =
                new FutureCompletingBlockingQueue<>();
        KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
        return new KafkaSourceReader<>(
                queue,
                new KafkaSourceFetcherManager(
                        queue, () -> new ReplaySplitReader(properties, context, metrics, span), finished -> {}),
                new KafkaRecordEmitter<>(schema),
                settings(),
                context,
                metrics);
    }

    /** Where a partition stands in an archive is not for its consumer group. */
    private Configuration settings() {
        Configuration settings = new Configuration();
        settings.set(
                KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT, span.archives().isEmpty());
        return settings;
    }

    private record Opening(SourceReaderContext context) implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return context.metricGroup().addGroup("deserializer");
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return context.getUserCodeClassLoader();
        }
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<Incoming> getProducedType() {
        return StreamTypes.INCOMING;
    }
}

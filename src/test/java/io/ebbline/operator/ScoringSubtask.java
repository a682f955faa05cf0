package io.ebbline.operator;

import io.ebbline.config.Settings;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.state.StateNames;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.operators.testutils.MockInputSplitProvider;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.IOUtils;

/** One subtask of the customer operator, its gauges readable. */
final class ScoringSubtask extends AbstractStreamOperatorTestHarness<Outgoing> {

    /** One for all: each would start threads, which nobody uses here. */
    private static final IOManager IO = new IOManagerAsync();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> IOUtils.closeQuietly(IO)));
    }

    private final CustomerOperator scoring;
    private final Gauges gauges;

    ScoringSubtask(CustomerOperator operator, int parallelism, int index, boolean rocksDb) throws Exception {
        this(operator, parallelism, index, rocksDb, new Gauges());
    }

    private ScoringSubtask(CustomerOperator operator, int parallelism, int index, boolean rocksDb, Gauges gauges)
            throws Exception {
        super(SimpleOperatorFactory.of(operator), environment(parallelism, index, gauges));
        this.scoring = operator;
        this.gauges = gauges;
        KeySelector<Incoming, String> key = Incoming::key;
        config.setStatePartitioner(0, key);
        config.setStateKeySerializer(CustomerKeyType.INSTANCE.createSerializer(new SerializerConfigImpl()));
        config.serializeAllConfigs();
        if (rocksDb) {
            setStateBackend(new EmbeddedRocksDBStateBackend()); // Incremental ones need a coordinator.
        }
        setup(StreamTypes.OUTGOING.createSerializer(new SerializerConfigImpl()));
    }

    private static MockEnvironment environment(int parallelism, int index, Gauges gauges) {
        return new MockEnvironmentBuilder()
                .setTaskName("customer-scoring")
                .setManagedMemorySize(3 * 1024 * 1024)
                .setInputSplitProvider(new MockInputSplitProvider())
                .setBufferSize(1024)
                .setMaxParallelism(Settings.MAX_PARALLELISM)
                .setParallelism(parallelism)
                .setSubtaskIndex(index)
                .setMetricGroup(gauges.task())
                .setIOManager(IO)
                .build();
    }

    void record(Incoming record) throws Exception {
        StreamRecord<Incoming> element = new StreamRecord<>(record);
        scoring.setKeyContextElement1(element);
        scoring.processElement1(element);
    }

    void control(ControlUpdate update) throws Exception {
        StreamRecord<ControlUpdate> element = new StreamRecord<>(update);
        scoring.setKeyContextElement2(element);
        scoring.processElement2(element);
    }

    /** The events' watermark. */
    void watermark(long time) throws Exception {
        scoring.processWatermark1(new Watermark(time));
    }

    /** The gate has read the models: the events' watermark counts alone. */
    void modelsAreRead() throws Exception {
        scoring.processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    long gauge(String name) {
        return gauges.value(name).longValue();
    }

    /** Drains it and gives its lines of the final report. */
    List<String> report() throws Exception {
        scoring.finish();
        List<String> lines = new ArrayList<>();
        getSideOutput(CustomerOperator.REPORT).forEach(line -> lines.add(line.getValue()));
        return lines;
    }

    /** Customers of whom anything is stored. */
    long stored() {
        try (Stream<?> keys = scoring.getKeyedStateBackend().getKeys(StateNames.CUSTOMER, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    /** Entries of all keyed states; not on RocksDB. */
    int heapEntries() {
        return ((HeapKeyedStateBackend<?>) scoring.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    /** Takes out what was sent since the last call. */
    List<Outgoing> drain() {
        List<Outgoing> records = new ArrayList<>();
        for (Object sent = getOutput().poll(); sent != null; sent = getOutput().poll()) {
            if (sent instanceof StreamRecord<?> record) {
                records.add((Outgoing) record.getValue());
            }
        }
        return records;
    }

    /** Takes out the previews that were told since the last call. */
    List<Outgoing> drainPreviews() {
        List<Outgoing> previews = new ArrayList<>();
        var sent = getSideOutput(CustomerOperator.PREVIEWS);
        if (sent != null) {
            sent.forEach(record -> previews.add(record.getValue()));
            sent.clear();
        }
        return previews;
    }

    /** Takes out what was counted of ticks that are over since the last call. */
    List<PartialTick> drainTicks() {
        List<PartialTick> ticks = new ArrayList<>();
        var sent = getSideOutput(CustomerOperator.TICKS);
        if (sent != null) {
            sent.forEach(record -> ticks.add(record.getValue()));
            sent.clear();
        }
        return ticks;
    }
}

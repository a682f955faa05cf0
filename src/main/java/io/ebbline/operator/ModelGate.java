package io.ebbline.operator;

import io.ebbline.state.ModelCodec;
import io.ebbline.state.StateNames;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.SchemaRegistry;
import java.io.Serializable;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Checks models, once, at parallelism 1, and says when each takes effect, as {@link ModelAdmission} has it.
 *
 * <p>It holds the watermark back until it has read the records that were on the topic at this start or restart; then it goes idle and
 * lets the events' watermark pass. After a restore it remembers how far it had read.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class ModelGate extends AbstractStreamOperator<ControlUpdate>
        implements OneInputStreamOperator<Incoming, ControlUpdate> {

    /** Looks where the control topic ends, on the machine where the gate runs. */
    public interface EndOfTopic extends Serializable {

        /** The offset after the last record that is on the topic now. */
        long now();
    }

    private final SchemaRegistry.Factory registries;
    private final EndOfTopic topic;
    private final String currency;

    private transient ListState<Tuple2<Long, Long>> gateState;
    private transient SchemaRegistry registry;
    private transient long read;
    private transient long endAtStart;
    private transient long endAtFirstStart;

    /**
     * A gate of that topic.
     *
     * @param currency ISO 4217 code of the shop's currency
     */
    public ModelGate(SchemaRegistry.Factory registries, EndOfTopic topic, String currency) {
        this.registries = registries;
        this.topic = topic;
        this.currency = currency;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        gateState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(StateNames.MODEL_GATE, Types.TUPLE(Types.LONG, Types.LONG)));
        read = 0;
        // Looked up anew after each failure: a version that was applied after the last checkpoint has to be read again
        // before the events behind it are.
        endAtStart = topic.now();
        endAtFirstStart = endAtStart;
        for (Tuple2<Long, Long> stored : gateState.get()) {
            read = stored.f0;
            endAtFirstStart = stored.f1;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        registry = registries.create();
        openWhenRead();
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) {
        Incoming record = element.getValue();
        output.collect(new StreamRecord<>(check(record)));
        read = record.offset() + 1;
        openWhenRead();
    }

    private ControlUpdate check(Incoming record) {
        try {
            ModelAdmission admitted = ModelAdmission.of(
                    registry,
                    currency,
                    record.originalKey(),
                    record.originalValue(),
                    record.recordTime(),
                    record.offset() < endAtFirstStart);
            return ControlUpdate.version(ModelCodec.write(admitted.version()), admitted.effectiveAt());
        } catch (AvroModels.InvalidModelException e) {
            LOG.error("A record of the control topic was refused (offset {}): {}", record.offset(), e.getMessage());
            return ControlUpdate.refusal(record, String.valueOf(e.getMessage()));
        }
    }

    private void openWhenRead() {
        if (read >= endAtStart) {
            output.emitWatermarkStatus(WatermarkStatus.IDLE);
        }
    }

    /** The source's watermarks say nothing of the events. */
    @Override
    public void processWatermark(Watermark mark) {
        // On purpose: the gate speaks by its status alone.
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // On purpose: see above.
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        gateState.update(java.util.List.of(Tuple2.of(read, endAtFirstStart)));
    }
}

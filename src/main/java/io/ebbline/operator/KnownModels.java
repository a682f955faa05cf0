package io.ebbline.operator;

import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ModelVersion;
import io.ebbline.state.ModelCodec;
import io.ebbline.state.StateNames;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/** The versions that an operator has heard of, in its broadcast state and as a timeline. */
final class KnownModels {

    private final BroadcastState<String, Tuple2<Long, byte[]>> state;
    private final ModelTimeline timeline = new ModelTimeline();

    /** Those that the state holds. */
    KnownModels(OperatorStateStore states) throws Exception {
        state = states.getBroadcastState(new MapStateDescriptor<>(
                StateNames.MODELS,
                Types.STRING,
                Types.TUPLE(Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)));
        for (Map.Entry<String, Tuple2<Long, byte[]>> entry : state.immutableEntries()) {
            timeline.add(ModelCodec.readVersion(entry.getValue().f1), entry.getValue().f0);
        }
    }

    /** All of them; the same object always. */
    ModelTimeline timeline() {
        return timeline;
    }

    /** Adds a version. */
    void add(ControlUpdate update) throws Exception {
        byte[] model = Objects.requireNonNull(update.model());
        ModelVersion version = ModelCodec.readVersion(model);
        if (timeline.add(version, update.effectiveAt())) {
            state.put(version.ref(), Tuple2.of(update.effectiveAt(), model));
        }
    }
}

package io.ebbline.operator;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ModelVersion;
import io.ebbline.state.ModelCodec;
import io.ebbline.state.StateNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/** The versions that an operator has heard of, in its broadcast state and as a timeline. */
final class KnownModels {

    private final UnaryOperator<ModelVersion> kept;

    private final BroadcastState<String, Tuple2<Long, byte[]>> state;
    private final ModelTimeline timeline = new ModelTimeline();

    /**
     * Those that the state holds.
     *
     * @param kept what is kept of a version
     */
    KnownModels(OperatorStateStore states, UnaryOperator<ModelVersion> kept) throws Exception {
        this.kept = kept;
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

    /** Adds a version; returns its name, or null when it was known. */
    @Nullable
    String add(ControlUpdate update) throws Exception {
        ModelVersion version = kept.apply(ModelCodec.readVersion(Objects.requireNonNull(update.model())));
        if (!timeline.add(version, update.effectiveAt())) {
            return null;
        }
        state.put(version.ref(), Tuple2.of(update.effectiveAt(), ModelCodec.write(version)));
        return version.ref();
    }

    /** Of a catalogue its name alone: a large one is of no use to who only scores. */
    static ModelVersion withoutProducts(ModelVersion version) {
        return version instanceof Catalogue catalogue
                ? new Catalogue(
                        catalogue.modelId(),
                        catalogue.version(),
                        catalogue.effectiveFrom(),
                        catalogue.backdated(),
                        List.of(),
                        "")
                : version;
    }
}

package io.ebbline.operator;

import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.START;
import static io.ebbline.operator.Records.bytes;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.CutPoints;
import io.ebbline.model.DecayRules;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import io.ebbline.population.Population;
import io.ebbline.state.ModelCodec;
import io.ebbline.testing.Shop;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.PopulationEncoder;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate checks models, says when each takes effect, and keeps time from passing until the first ones are read. */
class ModelGateTest {

    private OneInputStreamOperatorTestHarness<Incoming, ControlUpdate> gate;

    private void start(long endAtStart) throws Exception {
        gate = harness(endAtStart);
        gate.open();
    }

    private void restore(long endAtStart, OperatorSubtaskState from) throws Exception {
        gate.close();
        gate = harness(endAtStart);
        gate.initializeState(from);
        gate.open();
    }

    private static OneInputStreamOperatorTestHarness<Incoming, ControlUpdate> harness(long endAtStart)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<Incoming, ControlUpdate>(
                new ModelGate(() -> Registries.SHARED, () -> endAtStart));
        harness.setup(StreamTypes.CONTROL.createSerializer(
                harness.getExecutionConfig().getSerializerConfig()));
        return harness;
    }

    @AfterEach
    void stop() throws Exception {
        if (gate != null) {
            gate.close();
        }
    }

    private void read(long offset, long recordTime, @Nullable String key, byte @Nullable [] value) throws Exception {
        gate.processElement(new StreamRecord<>(new Incoming(
                "",
                Incoming.NO_TIME,
                null,
                null,
                Topic.SCORING_MODELS,
                0,
                offset,
                recordTime,
                key == null ? null : bytes(key),
                value,
                List.of())));
    }

    private void read(long offset, long recordTime, ScoringModel model) throws Exception {
        read(offset, recordTime, model.ref(), AvroModels.write(Registries.SHARED, model));
    }

    private void read(long offset, long recordTime, CutPoints cuts) throws Exception {
        read(offset, recordTime, cuts.ref(), AvroModels.write(Registries.SHARED, cuts));
    }

    private static CutPoints cuts(long from) {
        ScoringModel shipped = ScoringModel.shipped();
        return new CutPoints(
                "population", 19_723, from, shipped.recency(), shipped.frequency(), shipped.monetary(), 250, "fifths");
    }

    private static ScoringModel effective(long from, boolean backdated) {
        ScoringModel base = model(2);
        return new ScoringModel(
                base.modelId(),
                base.version(),
                from,
                backdated,
                base.recency(),
                base.frequency(),
                base.monetary(),
                base.segments(),
                base.stages(),
                BuyingModel.shipped(),
                Shop.CALM,
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "");
    }

    private ControlUpdate only() {
        List<ControlUpdate> updates = gate.extractOutputValues();
        assertThat(updates).hasSize(1);
        return updates.get(0);
    }

    /** Watermarks and statuses among what came out. */
    private List<Object> signals() {
        List<Object> signals = new ArrayList<>();
        for (Object sent : gate.getOutput()) {
            if (!(sent instanceof StreamRecord<?>)) {
                signals.add(sent);
            }
        }
        return signals;
    }

    // ---- holding back

    @Test
    void itHoldsTimeBackUntilItHasReadWhatWasThereAtTheStart() throws Exception {
        start(2);
        assertThat(signals()).isEmpty();
        read(0, START, model(1));
        assertThat(signals()).isEmpty();
        read(1, START, model(2));
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
        assertThat(gate.getOutput().toArray()[1])
                .as("the last model goes first, then time may pass")
                .isInstanceOf(StreamRecord.class);
        read(2, START, model(3));
        assertThat(gate.extractOutputValues()).hasSize(3);
        assertThat(signals()).containsOnly(WatermarkStatus.IDLE);
    }

    @Test
    void aRefusedRecordIsReadToo() throws Exception {
        start(1);
        read(0, START, "default/1", bytes("garbage"));
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
    }

    @Test
    void whatItsSourceSaysOfTimeIsSwallowedEvenTheEndOfIt() throws Exception {
        start(1);
        gate.processWatermark(new Watermark(START));
        gate.processWatermarkStatus(WatermarkStatus.IDLE);
        gate.processWatermarkStatus(WatermarkStatus.ACTIVE);
        gate.processWatermark(Watermark.MAX_WATERMARK);
        assertThat(gate.getOutput()).isEmpty();
        read(0, START, model(1));
        gate.processWatermark(Watermark.MAX_WATERMARK);
        gate.processWatermarkStatus(WatermarkStatus.ACTIVE);
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
    }

    @Test
    void afterARestoreWithEverythingReadItIsIdleAtOnce() throws Exception {
        start(1);
        read(0, START, model(1));
        restore(1, gate.snapshot(1, 1));
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
    }

    @Test
    void afterARestoreItHoldsTimeBackForWhatItHadNotRead() throws Exception {
        start(2);
        read(0, START, model(1));
        restore(2, gate.snapshot(1, 1));
        assertThat(signals()).isEmpty();
        read(1, START, model(2));
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
    }

    @Test
    void afterARestoreItHoldsTimeBackForWhatWasPublishedSince() throws Exception {
        start(1);
        read(0, START, model(1));
        restore(2, gate.snapshot(1, 1));
        assertThat(signals()).isEmpty();
        read(1, START, model(2));
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
    }

    // ---- when a version takes effect

    @Test
    void aVersionTakesEffectAtTheLaterOfItsDateAndItsRecord() throws Exception {
        start(0);
        read(0, day(5), effective(day(3), false));
        assertThat(only().effectiveAt()).isEqualTo(day(5));
    }

    @Test
    void aVersionMayTakeEffectLongAfterItWasPublished() throws Exception {
        start(0);
        read(0, day(5), effective(day(9), false));
        assertThat(only().effectiveAt()).isEqualTo(day(9));
    }

    @Test
    void aBackdatedVersionThatWasThereBeforeTheFirstEventTakesEffectAtItsDate() throws Exception {
        start(1);
        read(0, day(5), effective(day(3), true));
        ControlUpdate update = only();
        assertThat(update.effectiveAt()).isEqualTo(day(3));
        assertThat(ModelCodec.read(update.model())).isEqualTo(effective(day(3), true));
        assertThat(update.refused()).isNull();
    }

    @Test
    void aBackdatedVersionThatCameLaterTakesEffectWhenItCame() throws Exception {
        start(1);
        read(1, day(5), effective(day(3), true));
        assertThat(only().effectiveAt()).isEqualTo(day(5));
    }

    @Test
    void aRestoreWithALaterEndMakesNoBackdatedVersionCredible() throws Exception {
        start(1);
        read(0, START, model(1));
        restore(2, gate.snapshot(1, 1));
        read(1, day(5), effective(day(3), true));
        assertThat(only().effectiveAt()).isEqualTo(day(5));
    }

    @Test
    void aRestoreDoesNotForgetThatABackdatedVersionWasThereInTime() throws Exception {
        start(2);
        read(0, START, model(1));
        restore(2, gate.snapshot(1, 1));
        read(1, day(5), effective(day(3), true));
        assertThat(only().effectiveAt()).isEqualTo(day(3));
    }

    // ---- cut points

    @Test
    void cutPointsTakeEffectAtTheLaterOfTheirDateAndTheirRecord() throws Exception {
        start(0);
        read(0, day(5), cuts(day(6)));
        read(1, day(5), cuts(day(3)));
        List<ControlUpdate> updates = gate.extractOutputValues();
        assertThat(updates).extracting(ControlUpdate::effectiveAt).containsExactly(day(6), day(5));
        assertThat(ModelCodec.readVersion(updates.get(0).model())).isEqualTo(cuts(day(6)));
    }

    @Test
    void cutPointsThatWereThereBeforeTheFirstEventAreNotBackdated() throws Exception {
        start(1);
        read(0, day(5), cuts(day(3)));
        assertThat(only().effectiveAt()).isEqualTo(day(5));
        assertThat(signals()).containsExactly(WatermarkStatus.IDLE);
    }

    @Test
    void cutPointsThatDescendAreRefused() throws Exception {
        start(0);
        GenericRecord record = cutsRecord();
        record.put("frequencyCuts", List.of(3L, 2L, 5L, 8L));
        read(0, START, "population/19723", framed(record));
        assertRefused("must ascend", "3, 2, 5, 8");
    }

    @Test
    void cutPointsUnderAnotherKeyAreRefusedNamingBoth() throws Exception {
        start(0);
        read(0, START, "default/19723", framed(cutsRecord()));
        assertRefused("default/19723", "population/19723");
    }

    @Test
    void aRecordOfAnotherTypeIsRefused() throws Exception {
        start(0);
        byte[] row = new PopulationEncoder(Registries.SHARED, true, "GBP", "run", false)
                .population(19_723, new Population().rows(19_723).get(0))
                .value();
        read(0, START, "population/19723", row);
        assertRefused(RejectReason.WRONG_TYPE.advice());
    }

    private static GenericRecord cutsRecord() {
        return Records.decode(AvroModels.write(Registries.SHARED, cuts(START)), 5, "CutPoints");
    }

    private static byte[] framed(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(AvroModels.write(Registries.SHARED, cuts(START)), 0, 5);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    // ---- refusals

    @Test
    void aRecordUnderAnotherKeyIsRefusedNamingBoth() throws Exception {
        start(0);
        read(0, START, "default/7", AvroModels.write(Registries.SHARED, model(1)));
        assertRefused("default/7", "default/1");
    }

    @Test
    void aRecordWithoutAKeyIsRefused() throws Exception {
        start(0);
        read(0, START, null, AvroModels.write(Registries.SHARED, model(1)));
        assertRefused("default/1");
    }

    @Test
    void aRecordWithoutAValueIsRefused() throws Exception {
        start(0);
        read(0, START, "default/1", null);
        assertRefused("no value");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void aValueThatClaimsToHoldTwoBillionItemsIsRefused(int zeros) throws Exception {
        start(0);
        // The length near the limit as a zigzag varint: of the model's id, or behind four fields of the first array.
        byte[] length = {(byte) 0xee, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        ByteBuffer value = ByteBuffer.allocate(40).put(AvroModels.write(Registries.SHARED, model(1)), 0, 5);
        value.put(new byte[zeros]).put(length);
        read(0, START, "default/1", value.array());
        assertRefused("");
    }

    @Property(tries = 300)
    void whateverAValueHoldsItIsRefusedWithAMessage(@ForAll byte[] garbage, @ForAll boolean framed) throws Exception {
        start(0);
        try {
            byte[] good = AvroModels.write(Registries.SHARED, model(1));
            byte[] value = framed
                    ? ByteBuffer.allocate(5 + garbage.length)
                            .put(good, 0, 5)
                            .put(garbage)
                            .array()
                    : garbage;
            read(0, START, "default/1", value);
            assertRefused("");
        } finally {
            gate.close();
            gate = null;
        }
    }

    @Property(tries = 300)
    void aModelWithABrokenByteIsRefusedOrIsAModel(@ForAll int position, @ForAll byte broken) throws Exception {
        start(0);
        try {
            byte[] value = AvroModels.write(Registries.SHARED, effective(START + DAY, false));
            value[Math.floorMod(position, value.length)] = broken;
            read(0, START, "default/2", value);
            ControlUpdate update = only();
            if (update.refused() == null) {
                assertThat(ModelCodec.read(update.model()).ref()).isEqualTo("default/2");
            } else {
                assertRefused("");
            }
        } finally {
            gate.close();
            gate = null;
        }
    }

    private void assertRefused(String... words) {
        ControlUpdate update = only();
        assertThat(update.model()).isNull();
        assertThat(update.refused()).isNotNull();
        assertThat(update.error()).isNotBlank().isNotEqualTo("null").contains(words);
    }
}

package io.ebbline.operator;

import io.ebbline.offer.OfferRow;
import io.ebbline.offer.OfferStats;
import io.ebbline.state.OfferStatsCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.StateNames;
import io.ebbline.wire.OfferStatsEncoder;
import io.ebbline.wire.Outgoing;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Tells what became of offers, at parallelism 1: adds up what the subtasks counted of a tick, and when the watermark has passed
 * its end, tells every offer of which anything has changed.
 *
 * <p>What was counted of a tick that is over (of a late fact) counts in the first one that is not.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class OfferStatsOperator extends AbstractStreamOperator<Outgoing>
        implements OneInputStreamOperator<TickedOffers, Outgoing> {

    /** Makes the encoder, on the machine where the operator runs. */
    public interface EncoderFactory extends Serializable {
        OfferStatsEncoder create();
    }

    private final long until;
    private final EncoderFactory encoders;

    private transient ListState<Tuple2<Long, byte[]>> openState;
    private transient ListState<byte[]> statsState;
    private transient OfferTicks open;
    private transient OfferStats stats;
    private transient OfferStatsEncoder encoder;
    private transient long watermark;

    /**
     * The operator.
     *
     * @param until the end of the run, milliseconds since the epoch: no tick that ends later is told
     */
    public OfferStatsOperator(long until, EncoderFactory encoders) {
        this.until = until;
        this.encoders = encoders;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openState = context.getOperatorStateStore().getListState(OpenTicks.descriptor(StateNames.OFFER_STATS_TICKS));
        statsState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(
                        StateNames.OFFER_STATS, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        open = new OfferTicks();
        open.restore(openState.get());
        stats = new OfferStats();
        for (byte[] stored : statsState.get()) {
            stats = OfferStatsCodec.read(new PackedReader(stored));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        encoder = encoders.create();
        watermark = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<TickedOffers> element) {
        TickedOffers part = element.getValue();
        int tick = part.tick() > stats.tick() ? part.tick() : stats.tick() + 1;
        open.merge(tick, part.tally());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = CustomerOperator.deadlineLimit(mark.getTimestamp(), watermark, until);
        for (TickedOffers tick = open.pollEnded(watermark); tick != null; tick = open.pollEnded(watermark)) {
            for (OfferRow row : stats.fold(tick.tick(), tick.tally())) {
                output.collect(new StreamRecord<>(encoder.encode(tick.tick(), row)));
            }
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        openState.update(open.stored());
        PackedWriter out = new PackedWriter();
        OfferStatsCodec.write(stats, out);
        statsState.update(List.of(out.toBytes()));
    }
}

package io.ebbline.operator;

import io.ebbline.event.Tick;
import io.ebbline.offer.MarketCounts;
import io.ebbline.offer.MarketDelta;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.state.AcceptanceCodec;
import io.ebbline.state.MarketCodec;
import io.ebbline.state.PaceCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.StateNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * Counts the market, at parallelism 1: adds up what the subtasks counted of a tick, and when the watermark has passed its end,
 * tells what has changed. A tick is told once, if anything was counted in it.
 *
 * <p>What was counted of a tick that is over (of a late event) counts in the first one that is not.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class MarketOperator extends AbstractStreamOperator<OfferNews>
        implements OneInputStreamOperator<TickedMarket, OfferNews> {

    /** Name of the operator, part of its metrics' names. */
    public static final String NAME = "market";

    /** Products that go into one record: some 100 kB. */
    private static final int ITEMS_PER_RECORD = 1_000;

    private final long until;

    private transient ListState<Tuple2<Long, byte[]>> openState;
    private transient ListState<byte[]> countState;
    private transient TreeMap<Integer, MarketDelta> open;
    private transient MarketCounts counts;
    private transient long watermark;

    /**
     * The operator.
     *
     * @param until the end of the run, milliseconds since the epoch: no tick that ends later is told
     */
    public MarketOperator(long until) {
        this.until = until;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openState = context.getOperatorStateStore().getListState(OpenTicks.descriptor(StateNames.MARKET_TICKS));
        countState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(
                        StateNames.MARKET_COUNTS, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        open = new TreeMap<>();
        for (Tuple2<Long, byte[]> stored : openState.get()) {
            open.put(Math.toIntExact(stored.f0), MarketCodec.readDelta(new PackedReader(stored.f1)));
        }
        counts = new MarketCounts();
        for (byte[] stored : countState.get()) {
            PackedReader in = new PackedReader(stored);
            counts.restore(MarketCodec.readUpdate(in));
            PaceCodec.readInto(counts.pace(), in);
            AcceptanceCodec.readInto(counts.acceptance(), in);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<TickedMarket> element) {
        TickedMarket part = element.getValue();
        int tick = part.tick() > counts.tick() ? part.tick() : counts.tick() + 1;
        open.merge(tick, part.counts(), (sum, more) -> {
            sum.merge(more);
            return sum;
        });
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = CustomerOperator.deadlineLimit(mark.getTimestamp(), watermark, until);
        while (!open.isEmpty() && Tick.end(open.firstKey()) <= watermark) {
            Map.Entry<Integer, MarketDelta> over = open.pollFirstEntry();
            tell(counts.fold(over.getKey(), over.getValue()));
        }
        super.processWatermark(mark);
    }

    private void tell(MarketUpdate update) {
        List<MarketUpdate.Item> items = update.items();
        int first = Math.min(items.size(), ITEMS_PER_RECORD);
        tell(update, items.subList(0, first), true);
        for (int from = first; from < items.size(); from += ITEMS_PER_RECORD) {
            tell(update, items.subList(from, Math.min(items.size(), from + ITEMS_PER_RECORD)), false);
        }
    }

    private void tell(MarketUpdate update, List<MarketUpdate.Item> items, boolean first) {
        MarketUpdate part = new MarketUpdate(
                update.tick(),
                update.shop(),
                items,
                first ? update.categories() : List.of(),
                first ? update.feedback() : List.of());
        output.collect(new StreamRecord<>(OfferNews.of(part)));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        PackedWriter out = new PackedWriter();
        List<Tuple2<Long, byte[]>> stored = new ArrayList<>();
        open.forEach((tick, delta) -> {
            MarketCodec.write(delta, out.reset());
            stored.add(Tuple2.of((long) tick, out.toBytes()));
        });
        openState.update(stored);
        MarketCodec.write(counts.everything(), out.reset());
        PaceCodec.write(counts.pace(), out);
        AcceptanceCodec.write(counts.acceptance(), out);
        countState.update(List.of(out.toBytes()));
    }
}

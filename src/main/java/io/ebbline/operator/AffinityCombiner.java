package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.event.Tick;
import io.ebbline.offer.BasketCounts;
import io.ebbline.offer.MarketDelta;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Adds up what baskets say, tick by tick, in the task of the customers: an order of ten products says something of a thousand
 * pairs, most of which the next order says again. What was added up goes on when it has grown large, when its tick is over, and
 * before each barrier, so that nothing of it needs a state.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class AffinityCombiner extends AbstractStreamOperator<ForProduct>
        implements OneInputStreamOperator<Effect, ForProduct> {

    /** Counts of the market. */
    public static final OutputTag<TickedMarket> MARKET = new OutputTag<>("market", OfferTypes.MARKET);

    /** What was counted of a tick since it was drained. */
    private static final class Open {
        private final BasketCounts baskets = new BasketCounts();
        private MarketDelta market = new MarketDelta();
    }

    private transient TreeMap<Integer, Open> open;
    private transient int latestTick;
    private transient Open latest;

    @Override
    public void open() throws Exception {
        super.open();
        open = new TreeMap<>();
        latestTick = Integer.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<Effect> element) {
        Effect effect = element.getValue();
        int tick = Tick.of(effect.asOf());
        if (tick != latestTick) {
            latest = open.computeIfAbsent(tick, t -> new Open());
            latestTick = tick;
        }
        if (effect instanceof Effect.Bought bought) {
            latest.baskets.add(bought.basket());
            if (latest.baskets.isFull()) {
                drain(tick, latest);
            }
        } else if (effect instanceof Effect.Responded responded) {
            latest.market.responses().add(responded.step(), responded.exposure());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!open.isEmpty() && Tick.end(open.firstKey()) <= mark.getTimestamp()) {
            Map.Entry<Integer, Open> over = open.pollFirstEntry();
            drain(over.getKey(), over.getValue());
            latestTick = Integer.MIN_VALUE;
        }
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        open.forEach(this::drain);
    }

    private void drain(int tick, Open counts) {
        counts.baskets.drain(row -> output.collect(new StreamRecord<>(new TickedRow(tick, row))), counts.market::merge);
        if (!counts.market.isEmpty()) {
            output.collect(MARKET, new StreamRecord<>(new TickedMarket(tick, counts.market)));
            counts.market = new MarketDelta();
        }
    }
}

package io.ebbline.operator;

import io.ebbline.offer.BasketCounts;
import io.ebbline.population.Tick;
import io.ebbline.profile.Basket;
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
public final class AffinityCombiner extends AbstractStreamOperator<TickedRow>
        implements OneInputStreamOperator<Basket, TickedRow> {

    /** Counts of the market. */
    public static final OutputTag<TickedMarket> MARKET = new OutputTag<>("market", OfferTypes.MARKET);

    private transient TreeMap<Integer, BasketCounts> open;
    private transient int latestTick;
    private transient BasketCounts latest;

    @Override
    public void open() throws Exception {
        super.open();
        open = new TreeMap<>();
        latest = new BasketCounts();
        latestTick = Integer.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<Basket> element) {
        Basket basket = element.getValue();
        int tick = Tick.of(basket.asOf());
        if (tick != latestTick) {
            latest = open.computeIfAbsent(tick, t -> new BasketCounts());
            latestTick = tick;
        }
        latest.add(basket);
        if (latest.isFull()) {
            drain(tick, latest);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        while (!open.isEmpty() && Tick.end(open.firstKey()) <= mark.getTimestamp()) {
            Map.Entry<Integer, BasketCounts> over = open.pollFirstEntry();
            drain(over.getKey(), over.getValue());
            latestTick = Integer.MIN_VALUE;
        }
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        open.forEach(this::drain);
    }

    private void drain(int tick, BasketCounts counts) {
        counts.drain(
                row -> output.collect(new StreamRecord<>(new TickedRow(tick, row))),
                market -> output.collect(MARKET, new StreamRecord<>(new TickedMarket(tick, market))));
    }
}

package io.ebbline.operator;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.RowDelta;
import io.ebbline.state.ProductRow;
import io.ebbline.state.ProductRowSerializer;
import io.ebbline.state.StateNames;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts what follows each product and what goes with it. First input: counts, and asks for lists, keyed by product; second: the
 * market, broadcast.
 * When the watermark of both has passed the end of a tick, the rows that were counted in it are folded, under the popularity of
 * that tick, and their lists told. A row without news costs nothing and is not told: readers fade it.
 *
 * <p>Lists are told to all, or to those who ask for them: then all are told the sums alone. An ask waits for the watermark of both
 * inputs as the fact does for which the lists are wanted, and is answered as of the last tick that ended by then. Who goes on from
 * a checkpoint of the one way in the other is told the lists that all are to know now, before the first watermark.
 *
 * <p>What was counted of a tick that is over (of a late event) counts in the first one that is not.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class AffinityOperator extends AbstractStreamOperator<OfferNews>
        implements TwoInputStreamOperator<ForProduct, OfferNews, OfferNews> {

    /** Lists, to those who asked for them. */
    public static final OutputTag<ForCustomer> REPLIES = new OutputTag<>("list-replies", OfferTypes.FOR_CUSTOMER);

    /** Bytes of heap that a cached row takes at most, about. */
    private static final long BYTES_PER_ROW = 65_000;

    private final long until;
    private final int cacheCapacity;
    private final boolean keyed;

    private transient NewsBoard board;
    private transient PendingIndex<CustomerCache.Entry<ProductRow>> pending;
    private transient PendingIndex<CustomerCache.Entry<ProductRow>> asks;
    private transient ValueState<ProductRow> state;
    private transient CustomerCache<ProductRow> cache;

    /** Whether all were told the sums alone so far. */
    private transient boolean sumsAlone;

    private transient ListState<Boolean> sumsAloneState;
    private transient long watermark;

    /** As of when asks are answered. */
    private transient long answered;

    /** Tells lists to all. */
    public AffinityOperator(long until, int cacheCapacity) {
        this(until, cacheCapacity, false);
    }

    /**
     * The operator.
     *
     * @param until the end of the run, milliseconds since the epoch: no tick that ends later is told
     * @param cacheCapacity products cached by each subtask; 0: what an eighth of the heap holds
     * @param keyed whether lists are told to those alone who ask for them, on {@link #REPLIES}
     */
    public AffinityOperator(long until, int cacheCapacity, boolean keyed) {
        this.until = until;
        this.cacheCapacity = cacheCapacity;
        this.keyed = keyed;
    }

    // ---- life cycle

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        board = new NewsBoard(context.getOperatorStateStore(), Market.empty());
        pending = new PendingIndex<>();
        asks = new PendingIndex<>();
        sumsAloneState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(StateNames.SUMS_ALONE, Types.BOOLEAN));
        sumsAlone = keyed;
        for (boolean before : sumsAloneState.get()) {
            sumsAlone |= before;
        }
        if (context.isRestored()) {
            PendingSnapshot.read(context.getRawKeyedStateInputs(), pending, asks);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
        answered = Long.MIN_VALUE;
        state = getPartitionedState(new ValueStateDescriptor<>(StateNames.AFFINITY_ROW, new ProductRowSerializer()));
        int capacity = CustomerCache.capacity(cacheCapacity, getRuntimeContext().getTaskInfo(), BYTES_PER_ROW);
        cache = new CustomerCache<>(capacity, new CustomerCache.Store<>() {
            @Override
            public ProductRow load(String key) throws Exception {
                setCurrentKey(key);
                ProductRow row = state.value();
                return row == null ? new ProductRow(key) : row;
            }

            @Override
            public boolean store(String key, ProductRow row) throws Exception {
                setCurrentKey(key);
                state.update(row);
                return true;
            }
        });
        getMetricGroup().gauge(MetricNames.CACHED, (Gauge<Integer>) () -> cache.size());
    }

    /** The key is set where the store is touched. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord record) {
        // On purpose: see above.
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        cache.flush();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        board.store();
        sumsAloneState.update(List.of(sumsAlone));
        int keyGroups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        PendingSnapshot.write(context.getRawKeyedOperatorStateOutput(), keyGroups, pending, asks);
    }

    // ---- records

    @Override
    public void processElement1(StreamRecord<ForProduct> element) throws Exception {
        ForProduct value = element.getValue();
        CustomerCache.Entry<ProductRow> entry = cache.get(value.sku());
        if (value instanceof TickedRow part) {
            count(entry, part);
        } else if (value instanceof ListAsk ask) {
            ask(entry, new ProductRow.Ask(ask.customer(), ask.due()));
        }
        entry.changed();
    }

    private void count(CustomerCache.Entry<ProductRow> entry, TickedRow part) {
        int over = Math.max(board.market().tick(), entry.value().row().tick());
        int tick = part.tick() > over ? part.tick() : over + 1;
        if (entry.value().add(tick, part.counts())) {
            pending.add(entry.key(), Tick.end(tick), entry);
        }
    }

    private void ask(CustomerCache.Entry<ProductRow> entry, ProductRow.Ask ask) {
        if (ask.due() <= answered) {
            reply(entry.value(), ask);
            return;
        }
        if (ask.due() < entry.value().asked()) {
            asks.add(entry.key(), ask.due(), entry);
        }
        entry.value().ask(ask);
    }

    @Override
    public void processElement2(StreamRecord<OfferNews> element) {
        board.add(element.getValue());
    }

    // ---- time

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (sumsAlone && !keyed) {
            tellAll();
            sumsAlone = false;
        }
        watermark = CustomerOperator.deadlineLimit(mark.getTimestamp(), watermark, until);
        for (long end = nextEnd(); end <= watermark; end = nextEnd()) {
            answer(end - 1);
            int tick = Tick.of(end - 1);
            board.turn(tick);
            board.market().advance(tick);
            for (String key = pending.pollDue(end); key != null; key = pending.pollDue(end)) {
                fold(cache.get(key, pending.hint()), tick);
            }
        }
        boolean endOfTime = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        answer(endOfTime ? EngineRules.ENDLESS : mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** The lists of all products as they were told last to those who asked. */
    private void tellAll() throws Exception {
        cache.flush();
        try (Stream<Object> skus =
                getKeyedStateBackend().<VoidNamespace>getKeys(StateNames.AFFINITY_ROW, VoidNamespace.INSTANCE)) {
            for (Object sku : (Iterable<Object>) skus::iterator) {
                setCurrentKey(sku);
                ListUpdate lists = state.value().told();
                if (lists != null && !lists.isEmpty()) {
                    output.collect(new StreamRecord<>(OfferNews.of(lists)));
                }
            }
        }
    }

    /** Answers all who ask as of then or before. */
    private void answer(long through) throws Exception {
        answered = Math.max(answered, through);
        for (String key = asks.pollDue(through); key != null; key = asks.pollDue(through)) {
            CustomerCache.Entry<ProductRow> entry = cache.get(key, asks.hint());
            for (ProductRow.Ask ask : entry.value().takeAsks(answered)) {
                reply(entry.value(), ask);
                entry.changed();
            }
            if (entry.value().asked() != ProductRow.NOBODY_ASKS) {
                asks.add(key, entry.value().asked(), entry);
            }
        }
    }

    private void reply(ProductRow row, ProductRow.Ask ask) {
        ListUpdate lists = row.told();
        if (lists != null && !lists.isEmpty()) {
            output.collect(REPLIES, new StreamRecord<>(new ListReply(ask.customer(), ask.due(), lists)));
        }
    }

    private long nextEnd() {
        return Math.min(pending.earliest(), board.nextEnd());
    }

    private void fold(CustomerCache.Entry<ProductRow> entry, int tick) {
        RowDelta counts = entry.value().take(tick);
        if (counts != null) {
            ListUpdate lists = entry.value().row().fold(tick, counts, board.market());
            entry.changed();
            if (lists != null) {
                entry.value().told(lists);
                output.collect(new StreamRecord<>(OfferNews.of(keyed ? lists.sums() : lists)));
            }
        }
    }
}

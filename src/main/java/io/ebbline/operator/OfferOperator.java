package io.ebbline.operator;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.model.ModelTimeline;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Market;
import io.ebbline.offer.OfferEffect;
import io.ebbline.state.Recipient;
import io.ebbline.state.RecipientSerializer;
import io.ebbline.state.StateNames;
import io.ebbline.wire.OfferEncoder;
import io.ebbline.wire.Outgoing;
import java.io.Serializable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Makes offers: the {@link Desk} over keyed state. First input: facts, and lists that were asked
 * for them, keyed by customer; second: news of the market and versions,
 * broadcast. Output: offers and their withdrawals.
 *
 * <p>A fact at t waits until the watermark of both inputs has passed t, so that every tick that ended by then is known, and is
 * judged by the market of the last of them. Facts and deadlines before the end of a tick come before its news. How it is made
 * fast: as {@link CustomerOperator} is.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class OfferOperator extends AbstractStreamOperator<Outgoing>
        implements TwoInputStreamOperator<ForCustomer, OfferNews, Outgoing>, Triggerable<String, VoidNamespace> {

    /** Bytes of heap that a cached customer takes, about: a dozen products, a few contacts. */
    private static final long BYTES_PER_RECIPIENT = 4_000;

    /** What this subtask counted of each tick, once the tick is over. */
    public static final OutputTag<TickedOffers> TICKS = new OutputTag<>("offer-ticks", OfferTypes.TICKED_OFFERS);

    /** Lines of the final report; see {@link FinalReport}. */
    public static final OutputTag<String> REPORT = new OutputTag<>("offer-report", Types.STRING);

    /** Makes the desk of a subtask, on the machine where it runs. */
    public interface DeskFactory extends Serializable {
        Desk create(ModelTimeline models);
    }

    /** Makes the encoder of a subtask, on the machine where it runs. */
    public interface EncoderFactory extends Serializable {
        OfferEncoder create();
    }

    private final long until;
    private final DeskFactory desks;
    private final EncoderFactory encoders;
    private final int minorDigits;
    private final int cacheCapacity;

    private transient KnownModels models;
    private transient NewsBoard board;
    private transient ListState<Tuple2<String, Long>> countState;
    private transient OfferCounts counts;
    private transient ListState<Tuple2<Long, byte[]>> tickState;
    private transient OfferTicks ticks;
    private transient PendingIndex<CustomerCache.Entry<Recipient>> pending;

    private transient Desk desk;
    private transient OfferEncoder encoder;
    private transient ValueState<Recipient> state;
    private transient CustomerCache<Recipient> cache;
    private transient InternalTimerService<VoidNamespace> timers;

    /** The watermark of both inputs. */
    private transient long watermark;

    /** How far facts are judged. */
    private transient long judged;

    /** How far deadlines are handled: not beyond the end of the run. */
    private transient long reached;

    /**
     * The operator.
     *
     * @param until the end of the run, milliseconds since the epoch: no deadline after it is handled
     * @param minorDigits decimals of the currency
     * @param cacheCapacity customers cached by each subtask; 0: what an eighth of the heap holds
     */
    public OfferOperator(long until, DeskFactory desks, EncoderFactory encoders, int minorDigits, int cacheCapacity) {
        this.until = until;
        this.desks = desks;
        this.encoders = encoders;
        this.minorDigits = minorDigits;
        this.cacheCapacity = cacheCapacity;
    }

    // ---- life cycle

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        models = new KnownModels(context.getOperatorStateStore(), UnaryOperator.identity());
        board = new NewsBoard(context.getOperatorStateStore(), Market.empty(minorDigits));
        countState = context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>(StateNames.OFFER_COUNTS, Types.TUPLE(Types.STRING, Types.LONG)));
        counts = new OfferCounts();
        for (Tuple2<String, Long> count : countState.get()) {
            counts.add(count.f0, count.f1);
        }
        tickState = context.getOperatorStateStore().getListState(OpenTicks.descriptor(StateNames.OFFER_TICKS));
        ticks = new OfferTicks();
        ticks.restore(tickState.get());
        pending = new PendingIndex<>();
        if (context.isRestored()) {
            PendingSnapshot.read(context.getRawKeyedStateInputs(), pending);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        desk = desks.create(models.timeline());
        encoder = encoders.create();
        state = getPartitionedState(new ValueStateDescriptor<>(StateNames.RECIPIENT, new RecipientSerializer()));
        timers = getInternalTimerService(StateNames.OFFER_DEADLINES, VoidNamespaceSerializer.INSTANCE, this);
        watermark = Long.MIN_VALUE;
        judged = Long.MIN_VALUE;
        reached = Long.MIN_VALUE;
        int capacity = CustomerCache.capacity(cacheCapacity, getRuntimeContext().getTaskInfo(), BYTES_PER_RECIPIENT);
        cache = new CustomerCache<>(capacity, new CustomerCache.Store<>() {
            @Override
            public Recipient load(String key) throws Exception {
                setCurrentKey(key);
                Recipient recipient = state.value();
                return recipient == null ? new Recipient() : recipient;
            }

            @Override
            public boolean store(String key, Recipient recipient) throws Exception {
                setCurrentKey(key);
                if (recipient.isBlank()) {
                    state.clear();
                    return false;
                }
                state.update(recipient);
                return true;
            }
        });
        for (String name : MetricNames.OFFER_COUNTERS) {
            getMetricGroup().gauge(MetricNames.gauge(name), (Gauge<Long>) () -> counts.get(name));
        }
        getMetricGroup().gauge(MetricNames.WATERMARK, (Gauge<Long>) () -> watermark);
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
        countState.update(counts.stored());
        tickState.update(ticks.stored());
        int keyGroups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        PendingSnapshot.write(context.getRawKeyedOperatorStateOutput(), keyGroups, pending);
    }

    // ---- records

    @Override
    public void processElement1(StreamRecord<ForCustomer> element) throws Exception {
        ForCustomer value = element.getValue();
        CustomerCache.Entry<Recipient> entry = cache.get(value.customer());
        entry.changed();
        if (value instanceof CustomerFact fact) {
            boolean first = entry.value().offer(fact.fact(), fact.due());
            if (fact.due() <= judged) {
                advance(entry);
            } else if (first) {
                pending.add(entry.key(), fact.due(), entry);
            }
        } else if (value instanceof ListReply reply) {
            entry.value().reply(reply.due(), reply.lists());
        }
    }

    @Override
    public void processElement2(StreamRecord<OfferNews> element) throws Exception {
        OfferNews news = element.getValue();
        ControlUpdate update = news.model();
        if (update == null) {
            board.add(news);
        } else if (update.model() != null) {
            models.add(update); // Customer scoring tells what is refused, and counts what comes late.
        }
    }

    // ---- time

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        boolean endOfTime = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        long limit = CustomerOperator.deadlineLimit(mark.getTimestamp(), watermark, until);
        for (long end = board.nextEnd(); end <= limit; end = board.nextEnd()) {
            advanceTo(end - 1, end - 1);
            board.turn(Tick.of(end - 1));
        }
        watermark = endOfTime ? watermark : mark.getTimestamp();
        advanceTo(endOfTime ? EngineRules.ENDLESS : watermark, limit);
        for (TickedOffers tick = ticks.pollEnded(limit); tick != null; tick = ticks.pollEnded(limit)) {
            output.collect(TICKS, new StreamRecord<>(tick));
        }
        output.emitWatermark(mark);
    }

    /** Takes all customers on: facts up to {@code due}, deadlines up to {@code limit}. */
    private void advanceTo(long due, long limit) throws Exception {
        judged = Math.max(judged, due);
        reached = Math.max(reached, limit);
        for (String key = pending.pollDue(due); key != null; key = pending.pollDue(due)) {
            advance(cache.get(key, pending.hint()));
        }
        var timeService = getTimeServiceManager();
        if (timeService.isPresent()) {
            timeService.get().advanceWatermark(new Watermark(reached));
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        CustomerCache.Entry<Recipient> entry = cache.get(timer.getKey());
        if (entry.value().timers().fired(timer.getTimestamp())) {
            entry.changed();
        }
        advance(entry);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("Nothing here waits for the wall clock.");
    }

    private void advance(CustomerCache.Entry<Recipient> entry) throws Exception {
        Recipient recipient = entry.value();
        String customer = entry.key();
        Consumer<OfferEffect> out = effect -> say(customer, effect);
        boolean taken = false;
        Market market = board.market();
        while (recipient.due() <= judged) {
            market.lend(recipient.lists());
            desk.fact(customer, recipient.book(), recipient.poll(), market, out);
            market.takeBack();
            taken = true;
        }
        if (recipient.book().deadline() <= reached) {
            desk.deadline(customer, recipient.book(), reached, market, out);
            entry.changed();
        }
        if (taken) {
            entry.changed();
            long next = recipient.due(); // If none was taken, the first one has its entry already.
            if (next != Recipient.NONE_WAITS) {
                pending.add(customer, next, entry);
            }
        }
        long deadline = recipient.book().deadline();
        if (deadline < recipient.timers().earliest()) {
            setCurrentKey(customer);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, deadline);
            recipient.timers().arm(deadline);
            entry.changed();
        }
        if (taken && recipient.isBlank()) {
            setCurrentKey(customer);
            for (long instant : recipient.timers().clear()) {
                timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, instant);
            }
        }
    }

    private void say(String customer, OfferEffect effect) {
        counts.add(effect);
        ticks.add(effect);
        if (effect instanceof OfferEffect.Decision || effect instanceof OfferEffect.Withdrawn) {
            output.collect(new StreamRecord<>(encoder.encode(customer, effect)));
        }
    }

    // ---- end of a drained job

    @Override
    public void finish() throws Exception {
        super.finish();
        output.collect(
                REPORT, new StreamRecord<>(FinalReport.counter(MetricNames.OFFERS, counts.get(MetricNames.OFFERS))));
    }
}

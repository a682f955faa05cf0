package io.ebbline.operator;

import io.ebbline.engine.Corrections;
import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.engine.Erasures;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Move;
import io.ebbline.profile.Profile;
import io.ebbline.state.Customer;
import io.ebbline.state.CustomerSerializer;
import io.ebbline.state.EventCodec;
import io.ebbline.state.OverflowKeySerializer;
import io.ebbline.state.StateNames;
import io.ebbline.state.StoredParcels;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Origin;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
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
import org.jspecify.annotations.Nullable;

/**
 * Scores customers: the {@link Engine} over keyed state. First input: decoded records keyed by customer; second: models,
 * broadcast. Output: records of every output topic.
 *
 * <p>An event waits in its customer's inbox until the watermark has passed it; then it is applied, the deadlines before it
 * first. How it is made fast:
 *
 * <ol>
 *   <li>One packed value a customer, in a write-back cache that is flushed before the barrier of a checkpoint. The key
 *       context is set where the store is touched, and nowhere else.
 *   <li>Waiting events need no Flink timer: {@link PendingIndex} knows who is due, and is snapshotted as raw keyed state.
 *   <li>One lazy timer a customer, at or before the deadline. It is deleted only with the customer; one that fires early arms itself anew.
 * </ol>
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class CustomerOperator extends AbstractStreamOperator<Outgoing>
        implements TwoInputStreamOperator<Incoming, ControlUpdate, Outgoing>, Triggerable<String, VoidNamespace> {

    /** Lines of the final report; see {@link FinalReport}. */
    public static final OutputTag<String> REPORT = new OutputTag<>("report", Types.STRING);

    /** What this subtask counted of each tick, once the tick is over. */
    public static final OutputTag<PartialTick> TICKS = new OutputTag<>("ticks", StreamTypes.PARTIAL_TICK);

    /** What affinities are counted from: {@link Effect.Bought} and {@link Effect.Responded}. */
    public static final OutputTag<Effect> BASKETS = new OutputTag<>("baskets", OfferTypes.COUNTED);

    /** What happens to customers, in order for each. */
    public static final OutputTag<ForCustomer> FACTS = new OutputTag<>("facts", OfferTypes.FOR_CUSTOMER);

    /** Asks for the lists of what a customer bought last, with each fact that asks for an offer; if lists are asked for. */
    public static final OutputTag<ForProduct> ASKS = new OutputTag<>("asks", OfferTypes.FOR_PRODUCT);

    /** What will be said of customers, outside of every guarantee; see {@link Previews}. */
    public static final OutputTag<Outgoing> PREVIEWS = new OutputTag<>("previews", StreamTypes.OUTGOING);

    /** Makes the encoder of a subtask, on the machine where it runs. */
    public interface EncoderFactory extends Serializable {
        EffectEncoder create();
    }

    private final EngineRules rules;
    private final EncoderFactory encoders;
    private final int cacheCapacity;
    private final boolean report;
    private final boolean asking;
    private final byte[] suppressKey;
    private final boolean previewing;
    private final boolean newestOnly;

    private transient KnownModels models;
    private transient ListState<Tuple2<String, Long>> countState;
    private transient Counts counts;
    private transient ListState<Tuple2<Long, byte[]>> tickState;
    private transient OpenTicks ticks;
    private transient PendingIndex<CustomerCache.Entry<Customer>> pending;
    private transient Erasures erasures;

    private transient Engine engine;
    private transient EffectEncoder encoder;
    private transient Exchange exchange;
    private transient ValueState<Customer> state;
    private transient CustomerInbox inbox;
    private transient CustomerHistory history;
    private transient Erasing erasing;
    private transient Refusing refusing;
    private transient Telling telling;
    private transient Corrections corrections;
    private transient CustomerCache<Customer> cache;
    private transient Previews previews;
    private transient InternalTimerService<VoidNamespace> timers;

    /** How far events are applied. */
    private transient long watermark;

    /** The watermark up to which all has been done. */
    private transient volatile long passed;

    /** How far deadlines are handled: not beyond the end of the run. */
    private transient long reached;

    /**
     * The operator.
     *
     * @param cacheCapacity customers cached by each subtask; 0: what a quarter of the heap holds
     * @param report whether a drained job ends with a report on {@link #REPORT}
     * @param asking whether lists are asked for on {@link #ASKS}
     * @param suppressKey the secret under which those who were erased are remembered; not empty
     * @param previewing whether previews are told on {@link #PREVIEWS}
     * @param newestOnly whether of a customer's answers within a checkpoint the newest is told alone: in a replay nobody could read
     *     the others, which would be committed together with it
     */
    public CustomerOperator(
            EngineRules rules,
            EncoderFactory encoders,
            int cacheCapacity,
            boolean report,
            boolean asking,
            byte[] suppressKey,
            boolean previewing,
            boolean newestOnly) {
        this.rules = rules;
        this.encoders = encoders;
        this.cacheCapacity = cacheCapacity;
        this.report = report;
        this.asking = asking;
        this.suppressKey = suppressKey.clone();
        this.previewing = previewing;
        this.newestOnly = newestOnly;
    }

    // ---- life cycle

    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        models = new KnownModels(context.getOperatorStateStore(), KnownModels::withoutProducts);
        countState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(StateNames.COUNTS, Types.TUPLE(Types.STRING, Types.LONG)));
        counts = new Counts();
        for (Tuple2<String, Long> count : countState.get()) {
            counts.add(count.f0, count.f1);
        }
        tickState = context.getOperatorStateStore().getListState(OpenTicks.descriptor(StateNames.OPEN_TICKS));
        ticks = new OpenTicks();
        ticks.restore(tickState.get());
        pending = new PendingIndex<>();
        erasures = new Erasures();
        if (context.isRestored()) {
            PendingSnapshot.read(context.getRawKeyedStateInputs(), erasures, pending);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        encoder = encoders.create();
        engine = new Engine(
                rules,
                models.timeline(),
                Topic.LIFECYCLE_TRANSITIONS.topicName(),
                Topic.CHURN_SIGNALS.topicName(),
                Topic.SCORE_CHANGES.topicName(),
                models.timeline().offers()::lifeMillis,
                new StoredParcels());
        if (newestOnly) {
            engine.answerOnRequest();
        }
        exchange = new Exchange(encoder.currency(), models.timeline().rates());
        state = getPartitionedState(new ValueStateDescriptor<>(StateNames.CUSTOMER, new CustomerSerializer()));
        boolean sorted = "rocksdb".equals(getKeyedStateBackend().getBackendTypeIdentifier());
        inbox = new CustomerInbox(
                getPartitionedState(new MapStateDescriptor<>(
                        StateNames.INBOX_OVERFLOW,
                        OverflowKeySerializer.INSTANCE,
                        Types.BOOLEAN.createSerializer(getExecutionConfig().getSerializerConfig()))),
                sorted,
                this::setCurrentKey,
                this::open);
        timers = getInternalTimerService(StateNames.DEADLINES, VoidNamespaceSerializer.INSTANCE, this);
        watermark = Long.MIN_VALUE;
        passed = Long.MIN_VALUE;
        reached = Long.MIN_VALUE;
        int sharing = Math.min(
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                Runtime.getRuntime().availableProcessors());
        int capacity =
                CustomerCache.capacity(cacheCapacity, Runtime.getRuntime().maxMemory(), sharing);
        history = new CustomerHistory(
                rules.correctionHorizonMillis(),
                List.of(chunks(StateNames.HISTORY_0), chunks(StateNames.HISTORY_1)),
                inbox,
                this::setCurrentKey,
                (customer, time, body) -> opened(time, body, reason -> {}),
                encoder,
                Runtime.getRuntime().maxMemory() / 16 / sharing);
        corrections = new Corrections(engine, history);
        erasing = new Erasing(
                erasures,
                new CustomerMarks(suppressKey, getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks()),
                timers,
                this::setCurrentKey,
                counts,
                this::refuse);
        refusing = new Refusing(inbox, counts, this::emit, encoder);
        telling = new Telling(output, encoder, counts, ticks, history, erasing, refusing, asking);
        cache = new CustomerCache<>(capacity, new CustomerCache.Store<>() {
            @Override
            public Customer load(String key) throws Exception {
                setCurrentKey(key);
                Customer customer = state.value();
                return customer == null ? new Customer() : customer;
            }

            @Override
            public boolean store(String key, Customer customer) throws Exception {
                if (customer.isAnswerDue()) {
                    telling.due(key, customer, engine);
                }
                setCurrentKey(key);
                history.store(customer);
                if (customer.isBlank()) {
                    state.clear();
                    return false;
                }
                state.update(customer);
                return true;
            }
        });
        previews = new Previews(
                engine,
                models.timeline(),
                cache,
                (customer, time, body) -> opened(time, body, reason -> {}),
                encoder,
                preview -> output.collect(PREVIEWS, new StreamRecord<>(preview)));
        if (previewing) {
            previews.start(getProcessingTimeService());
        }
        for (String name : MetricNames.COUNTERS) {
            getMetricGroup().gauge(MetricNames.gauge(name), (Gauge<Long>) () -> counts.get(name));
        }
        getMetricGroup().gauge(MetricNames.WATERMARK, (Gauge<Long>) () -> watermark);
        getMetricGroup().gauge(MetricNames.MOVES_UNDER_WAY, (Gauge<Long>) this::movesUnderWay);
        getMetricGroup().gauge(MetricNames.CACHED, (Gauge<Integer>) () -> cache.size());
    }

    /** Asked by another thread. Once the end is passed nothing is sent but on account of what is read. */
    private long movesUnderWay() {
        boolean over = rules.until() == EngineRules.ENDLESS || passed >= rules.until();
        return over ? counts.movesUnderWay() : Integer.MAX_VALUE;
    }

    private ListState<byte[]> chunks(String name) throws Exception {
        return getPartitionedState(new ListStateDescriptor<>(
                name,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO.createSerializer(
                        getExecutionConfig().getSerializerConfig())));
    }

    /** The key is set where the store is touched: most events never touch it. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord record) {
        // On purpose: see above.
    }

    /** After the records before the barrier and before the snapshot: the one place from which keyed state may be written. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        previews.tell();
        flush();
    }

    private void flush() throws Exception {
        cache.flush();
        history.flushed();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Tuple2<String, Long>> all = new ArrayList<>();
        counts.all().forEach((name, count) -> all.add(Tuple2.of(name, count)));
        countState.update(all);
        tickState.update(ticks.stored());
        int keyGroups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        erasures.expire(watermark);
        PendingSnapshot.write(context.getRawKeyedOperatorStateOutput(), keyGroups, erasures, pending);
    }

    // ---- records

    @Override
    public void processElement1(StreamRecord<Incoming> element) throws Exception {
        Incoming record = element.getValue();
        take(record);
        if (record.topic() == Topic.CUSTOMER_MOVES && record.body() != null && record.time() <= rules.until()) {
            counts.moveRead(); // What it made has been counted before.
        }
    }

    private void take(Incoming record) throws Exception {
        RejectReason refused = record.rejection();
        byte[] body = record.body();
        if (refused != null) {
            counts.read();
            counts.rejected(refused.code());
            emit(encoder.rejected(record, refused.code(), "decode", refused.advice()));
        } else if (body != null) {
            counts.read();
            CustomerCache.Entry<Customer> entry = cache.get(record.key());
            Profile profile = entry.value().profile();
            boolean late = engine.isLate(profile, record.time(), watermark);
            if ((late || profile.appliedThrough() == Profile.NEVER) && erasing.isErased(record)) {
                entry.changed(); // There may be nothing else to keep it for.
                erasing.suppress(record, body, telling.of(entry, false));
            } else if (late) {
                late(entry, record, body);
                previews.mark(record.key());
            } else {
                if (inbox.of(entry.key(), entry.value()).offer(record.time(), body)) {
                    pending.add(entry.key(), record.time(), entry);
                }
                counts.waiting();
                entry.changed();
                previews.mark(record.key());
            }
        }
    }

    /** What waited, in the shop's currency; null when it was refused. */
    private @Nullable Event open(String customer, long time, byte[] body) {
        return opened(time, body, reason -> refuse(Origin.of(customer, time, body), reason));
    }

    private @Nullable Event opened(long time, byte[] body, Consumer<RejectReason> refused) {
        Event event = EventCodec.decode(time, body);
        return exchange.isOurs(event) ? event : exchange.inOurs(event, refused);
    }

    private void refuse(Incoming record, RejectReason reason) {
        counts.rejected(reason.code());
        emit(encoder.rejected(record, reason.code(), "apply", reason.advice()));
    }

    private void late(CustomerCache.Entry<Customer> entry, Incoming record, byte[] body) throws Exception {
        Event event = opened(record.time(), body, reason -> refuse(record, reason));
        if (event == null) {
            return;
        }
        Customer customer = entry.value();
        history.of(entry.key(), customer);
        refusing.begin(Applied.inOrder(record.time(), body));
        if (event instanceof Erasure) {
            engine.late(entry.key(), customer.profile(), event, watermark, telling.of(entry, true));
            entry.changed();
            advance(entry);
            report(record.withoutContent(), MetricNames.LATE_BOOKED, "It was served all the same.");
            return;
        }
        Corrections.Outcome outcome = corrections.late(
                entry.key(),
                customer.profile(),
                customer.history(),
                Applied.inOrder(record.time(), body),
                event,
                watermark,
                reached,
                telling.of(entry, false));
        switch (outcome.verdict()) {
            case DUPLICATE -> counts.duplicate();
            case CORRECTED -> {
                customer.profile(outcome.profile());
                changed(entry, event, record, MetricNames.LATE_CORRECTED, "It was applied where it belongs.");
            }
            case BOOKED ->
                changed(
                        entry,
                        event,
                        record,
                        MetricNames.LATE_BOOKED,
                        "Its money and counts were booked all the same.");
            case TOO_OLD ->
                report(record, MetricNames.LATE_TOO_OLD, "It is too old to be booked: nothing was changed.");
        }
    }

    /** A late event has changed a customer. A move comes late as a rule: it goes by way of a topic, and of a checkpoint. */
    private void changed(CustomerCache.Entry<Customer> entry, Event event, Incoming record, String counter, String what)
            throws Exception {
        boolean refused = refusing.end();
        entry.changed();
        advance(entry);
        if (event instanceof Move) {
            counts.applied();
        } else if (!refused) {
            report(record, counter, what);
        }
    }

    private void report(Incoming late, String counter, String what) {
        counts.late();
        counts.add(counter, 1);
        emit(encoder.rejected(late, RejectReason.LATE.code(), "apply", what));
    }

    @Override
    public void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
        ControlUpdate update = element.getValue();
        if (update.model() != null) {
            String ref = models.add(update);
            if (ref != null && update.effectiveAt() <= watermark) {
                counts.add(MetricNames.MODELS_LATE, 1);
                LOG.warn(
                        "{} took effect at {}, but customers had been taken to {} without it: a replay will differ.",
                        ref,
                        update.effectiveAt(),
                        watermark);
            }
        } else if (update.refused() != null && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            // Every subtask hears of it; one tells it.
            counts.add(MetricNames.MODELS_REFUSED, 1);
            emit(encoder.rejected(update.refused(), "invalid-model", "model", update.error()));
        }
    }

    // ---- time

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        boolean endOfTime = mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp();
        reached = deadlineLimit(mark.getTimestamp(), watermark, rules.until());
        if (!endOfTime) {
            watermark = mark.getTimestamp();
        }
        long due = endOfTime ? EngineRules.ENDLESS : watermark;
        for (String key = pending.pollDue(due); key != null; key = pending.pollDue(due)) {
            advance(cache.get(key, pending.hint()), due);
        }
        var timeService = getTimeServiceManager();
        if (timeService.isPresent()) {
            timeService.get().advanceWatermark(new Watermark(reached));
        }
        for (PartialTick tick = ticks.pollEnded(reached); tick != null; tick = ticks.pollEnded(reached)) {
            output.collect(TICKS, new StreamRecord<>(tick));
        }
        output.emitWatermark(mark);
        telling.passed(watermark);
        passed = watermark;
    }

    /**
     * How far deadlines and ticks are handled: to the watermark, not beyond the end of the run, and not by the end of all time.
     *
     * @param last the watermark before
     */
    static long deadlineLimit(long mark, long last, long until) {
        if (mark != Watermark.MAX_WATERMARK.getTimestamp()) {
            return Math.min(mark, until);
        }
        return until == EngineRules.ENDLESS ? last : until;
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        CustomerCache.Entry<Customer> entry = cache.get(timer.getKey());
        if (entry.value().timers().fired(timer.getTimestamp())) {
            entry.changed();
        }
        advance(entry);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("Nothing here waits for the wall clock.");
    }

    private void advance(CustomerCache.Entry<Customer> entry) throws Exception {
        advance(entry, watermark);
    }

    private void advance(CustomerCache.Entry<Customer> entry, long due) throws Exception {
        Customer customer = entry.value();
        Profile profile = customer.profile();
        long before = profile.deadline();
        Engine.Progress progress = engine.advance(
                entry.key(),
                profile,
                inbox.of(entry.key(), customer),
                due,
                reached,
                history.of(entry.key(), customer),
                telling.of(entry, true));
        counts.progress(progress);
        boolean taken = progress.taken() > 0;
        if (taken || profile.deadline() != before) {
            entry.changed();
        }
        if (taken && !inbox.isEmpty()) {
            pending.add(
                    entry.key(), inbox.nextTime(), entry); // If none was taken, the first one has its entry already.
        }
        if (profile.deadline() < customer.timers().earliest()) {
            setCurrentKey(entry.key());
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, profile.deadline());
            customer.timers().arm(profile.deadline());
            entry.changed();
        }
        if (history.isFull()) {
            flush();
        }
    }

    // ---- output

    private void emit(Outgoing record) {
        output.collect(new StreamRecord<>(record));
    }

    // ---- end of a drained job

    @Override
    public void finish() throws Exception {
        super.finish();
        previews.finish();
        flush(); // What is due can't be told any more when the last savepoint is taken.
        if (report) {
            long end = rules.until() == EngineRules.ENDLESS ? watermark : rules.until();
            counts.all().forEach((name, count) -> tell(FinalReport.counter(name, count)));
            List<String> keys;
            try (var stored =
                    getKeyedStateBackend().<VoidNamespace>getKeys(StateNames.CUSTOMER, VoidNamespace.INSTANCE)) {
                keys = stored.map(String.class::cast).toList();
            }
            long gross = 0;
            long returned = 0;
            for (String key : keys) {
                setCurrentKey(key);
                Profile profile = state.value().profile();
                long asOf = Math.max(end, profile.appliedThrough());
                if (profile.isRetired()) {
                    continue; // What they did counts as done by another.
                }
                if (profile.isKnown()) {
                    tell(FinalReport.customer(key, engine.answerAt(profile, asOf)));
                }
                gross += profile.grossMinor();
                returned += profile.returnedMinor();
            }
            tell(FinalReport.counter(MetricNames.GROSS_MINOR, gross));
            tell(FinalReport.counter(MetricNames.RETURNS_MINOR, -returned));
        }
    }

    private void tell(String line) {
        output.collect(REPORT, new StreamRecord<>(line));
    }
}

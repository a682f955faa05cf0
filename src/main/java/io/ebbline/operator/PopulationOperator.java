package io.ebbline.operator;

import io.ebbline.event.Tick;
import io.ebbline.model.CutPoints;
import io.ebbline.population.DeadBand;
import io.ebbline.population.FunnelRow;
import io.ebbline.population.Outcomes;
import io.ebbline.population.Population;
import io.ebbline.population.PopulationRow;
import io.ebbline.state.PopulationCodec;
import io.ebbline.state.StateNames;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.PopulationEncoder;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Tells of all customers, at parallelism 1: adds up what the subtasks of the customer operator counted of a tick, and when the
 * watermark has passed its end, tells the funnel and the population. A tick is told once, in which something changed.
 *
 * <p>What was counted of a tick that is over (of a late event) counts in the first one that is not.
 */
@SuppressWarnings("NullAway.Init") // Flink initialises an operator in steps.
public final class PopulationOperator extends AbstractStreamOperator<Outgoing>
        implements OneInputStreamOperator<PartialTick, Outgoing> {

    /** Cut points for the control topic. */
    public static final OutputTag<Outgoing> CUTS = new OutputTag<>("cuts", StreamTypes.OUTGOING);

    /** Makes the encoder, on the machine where the operator runs. */
    public interface EncoderFactory extends Serializable {
        PopulationEncoder create();
    }

    private final long until;
    private final EncoderFactory encoders;
    private final @Nullable DeadBand cuts;

    private transient ListState<Tuple2<Long, byte[]>> openState;
    private transient ListState<byte[]> populationState;
    private transient OpenTicks open;
    private transient Population population;
    private transient long firstOpen;
    private transient @Nullable CutPoints published;
    private transient PopulationEncoder encoder;
    private transient long watermark;

    /**
     * The operator.
     *
     * @param until the end of the run, milliseconds since the epoch: no tick that ends later is told
     * @param cuts when cut points go to {@link #CUTS}; null: never
     */
    public PopulationOperator(long until, EncoderFactory encoders, @Nullable DeadBand cuts) {
        this.until = until;
        this.encoders = encoders;
        this.cuts = cuts;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openState = context.getOperatorStateStore().getListState(OpenTicks.descriptor(StateNames.POPULATION_TICKS));
        populationState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(
                        StateNames.POPULATION, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        open = new OpenTicks();
        open.restore(openState.get());
        population = new Population();
        firstOpen = Integer.MIN_VALUE;
        for (byte[] stored : populationState.get()) {
            PopulationCodec.Told told = PopulationCodec.readPopulation(stored);
            population = told.population();
            firstOpen = told.firstOpen();
            published = told.published();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        encoder = encoders.create();
        watermark = Long.MIN_VALUE;
        Outcomes outcomes = population.outcomes();
        getMetricGroup().gauge(MetricNames.gauge(MetricNames.PREDICTIONS), (Gauge<Long>) outcomes::predictions);
        getMetricGroup().gauge(MetricNames.gauge(MetricNames.PREDICTIONS_RATIO), (Gauge<Double>) outcomes::ratio);
        getMetricGroup().gauge(MetricNames.gauge(MetricNames.PREDICTIONS_BRIER), (Gauge<Double>) outcomes::brier);
    }

    @Override
    public void processElement(StreamRecord<PartialTick> element) {
        PartialTick part = element.getValue();
        open.merge(Math.toIntExact(Math.max(part.tick(), firstOpen)), part.tally());
    }

    @Override
    public void processWatermark(Watermark mark) {
        long reached = CustomerOperator.deadlineLimit(mark.getTimestamp(), watermark, until);
        for (PartialTick tick = open.pollEnded(reached); tick != null; tick = open.pollEnded(reached)) {
            tell(tick);
        }
        firstOpen = Math.max(firstOpen, Math.floorDiv(reached, Tick.MILLIS));
        watermark = reached;
        output.emitWatermark(mark);
    }

    private void tell(PartialTick tick) {
        if (tick.tally().isEmpty()) {
            return;
        }
        for (FunnelRow row : population.apply(tick.tally())) {
            output.collect(new StreamRecord<>(encoder.funnel(tick.tick(), row)));
        }
        for (PopulationRow row : population.rows(tick.tick())) {
            output.collect(new StreamRecord<>(encoder.population(tick.tick(), row)));
        }
        CutPoints now = cuts == null ? null : population.cuts(tick.tick());
        if (cuts != null && now != null && cuts.isLeft(published, now)) {
            output.collect(CUTS, new StreamRecord<>(encoder.cuts(now)));
            published = now;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        openState.update(open.stored());
        populationState.update(
                List.of(PopulationCodec.write(new PopulationCodec.Told(population, firstOpen, published))));
    }
}

package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.population.DeadBand;
import io.ebbline.population.Lives;
import io.ebbline.population.Lives.Change;
import io.ebbline.population.Population;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.PopulationEncoder;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of all customers is the same whatever the parallelism, the steps of the watermarks, the crashes. */
class PopulationOperatorTest {

    private OneInputStreamOperatorTestHarness<PartialTick, Outgoing> operator;

    @AfterEach
    void stop() throws Exception {
        if (operator != null) {
            operator.close();
        }
    }

    private void start(long until, DeadBand cuts) throws Exception {
        operator = PopulationSchedule.harness(until, cuts);
        operator.open();
    }

    // ---- schedules

    /** Tick by tick, without any operator. */
    private static List<String> expected(List<Change> changes, long end) {
        PopulationEncoder encoder = new PopulationEncoder(Registries.SHARED, true, "GBP", "oracle", false);
        TreeMap<Integer, TickTally> ticks = new TreeMap<>();
        changes.forEach(c ->
                c.count(ticks.computeIfAbsent((int) Math.floorDiv(c.asOf(), Records.DAY), t -> new TickTally())));
        Population population = new Population();
        List<Outgoing> told = new ArrayList<>();
        ticks.forEach((tick, tally) -> {
            if ((tick + 1) * Records.DAY <= end && !tally.isEmpty()) {
                population.apply(tally).forEach(row -> told.add(encoder.funnel(tick, row)));
                population.rows(tick).forEach(row -> told.add(encoder.population(tick, row)));
            }
        });
        return texts(told);
    }

    private static List<String> texts(List<Outgoing> records) {
        return records.stream()
                .map(record ->
                        record.topic() + " " + Records.key(record) + " " + record.time() + " " + Records.decode(record))
                .toList();
    }

    @Test
    void everyScheduleTellsWhatACountTickByTickTells() throws Exception {
        int told = 0;
        for (long seed = 0; seed < 400; seed++) {
            List<Change> all = Lives.of(seed, 12, 15);
            long newest = all.get(all.size() - 1).asOf();
            long end = seed % 3 == 0 ? Tick.end(Tick.of(newest)) : newest + seed % 2 * 3 * Records.DAY;
            List<Change> changes = all.stream().filter(c -> c.asOf() <= end).toList();
            List<String> expected = expected(changes, end);
            assertThat(texts(new PopulationSchedule(changes, end, seed).run()))
                    .as("schedule " + seed)
                    .isEqualTo(expected);
            told += expected.size();
        }
        assertThat(told).isGreaterThan(10_000);
    }

    // ---- single cases

    private static Figures buyer(long orders, long minor, long lastOrder) {
        return new Figures(Stage.GROWTH, lastOrder, orders, minor, lastOrder);
    }

    private void newBuyers(int tick, int from, int to) throws Exception {
        TickTally tally = new TickTally();
        IntStream.range(from, to)
                .forEach(i -> tally.add(Figures.NONE, buyer(1, 1_000 + i, tick * Tick.MILLIS), tick * Tick.MILLIS));
        operator.processElement(new StreamRecord<>(new PartialTick(tick, tally)));
    }

    private List<GenericRecord> growth() {
        return operator.extractOutputValues().stream()
                .filter(record -> record.topic() == Topic.LIFECYCLE_FUNNEL)
                .filter(record -> Records.key(record).equals("GROWTH"))
                .map(Records::decode)
                .toList();
    }

    @Test
    void aTickIsToldOnceItIsOverForEveryStageAndDimension() throws Exception {
        start(EngineRules.ENDLESS, null);
        newBuyers(20_000, 0, 3);
        newBuyers(20_000, 3, 5);
        operator.processWatermark(new Watermark(Tick.end(20_000) - 1));
        assertThat(operator.extractOutputValues()).isEmpty();
        operator.processWatermark(new Watermark(Tick.end(20_000)));
        operator.processWatermark(new Watermark(Tick.end(20_003)));
        assertThat(operator.extractOutputValues())
                .extracting(record -> record.topic() + "/" + Records.key(record))
                .containsExactly(
                        "LIFECYCLE_FUNNEL/PROSPECT",
                        "LIFECYCLE_FUNNEL/GROWTH",
                        "LIFECYCLE_FUNNEL/MATURE",
                        "LIFECYCLE_FUNNEL/DECLINE",
                        "LIFECYCLE_FUNNEL/DEPARTED",
                        "POPULATION_STATS/RECENCY",
                        "POPULATION_STATS/FREQUENCY",
                        "POPULATION_STATS/MONETARY");
        assertThat(growth()).singleElement().satisfies(row -> {
            assertThat(row.get("customers")).isEqualTo(5L);
            assertThat(row.get("entries")).isEqualTo(5L);
            assertThat(row.get("tick")).isEqualTo(20_000);
        });
    }

    @Test
    void theWatermarkFollowsWhatWasTold() throws Exception {
        start(EngineRules.ENDLESS, null);
        newBuyers(20_000, 0, 1);
        operator.processWatermark(new Watermark(Tick.end(20_000)));
        assertThat(operator.getOutput()).hasSize(9).last().isEqualTo(new Watermark(Tick.end(20_000)));
    }

    @Test
    void whatComesTooLateForItsTickCountsInTheFirstThatIsOpenAlsoAfterARestore() throws Exception {
        start(EngineRules.ENDLESS, null);
        newBuyers(20_000, 0, 2);
        operator.processWatermark(new Watermark(Tick.end(20_001)));
        OperatorSubtaskState state = operator.snapshot(1, 1);
        operator.close();
        operator = PopulationSchedule.harness(EngineRules.ENDLESS, null);
        operator.initializeState(state);
        operator.open();
        newBuyers(20_000, 2, 3);
        operator.processWatermark(new Watermark(Tick.end(20_001)));
        assertThat(operator.extractOutputValues()).isEmpty();
        operator.processWatermark(new Watermark(Tick.end(20_002)));
        assertThat(growth()).singleElement().satisfies(row -> {
            assertThat(row.get("customers")).isEqualTo(3L);
            assertThat(row.get("tick")).isEqualTo(20_002);
        });
    }

    @Test
    void theEndOfAllTimeTellsNoTickThatTheRunDidNotReach() throws Exception {
        start(Tick.end(20_001) - 1, null);
        newBuyers(20_000, 0, 1);
        newBuyers(20_001, 1, 2);
        operator.processWatermark(Watermark.MAX_WATERMARK);
        assertThat(growth()).extracting(row -> row.get("tick")).containsExactly(20_000);
    }

    @Test
    void anEndlessRunThatIsDrainedTellsNothingMore() throws Exception {
        start(EngineRules.ENDLESS, null);
        newBuyers(20_000, 0, 1);
        operator.processWatermark(new Watermark(Tick.end(20_000) - 1));
        operator.processWatermark(Watermark.MAX_WATERMARK);
        assertThat(operator.extractOutputValues()).isEmpty();
    }

    // ---- predictions

    @Test
    void howPredictionsCameTrueIsToldFromTheBeginningAlsoAfterARestore() throws Exception {
        start(EngineRules.ENDLESS, null);
        operator.processElement(new StreamRecord<>(new PartialTick(20_000, checked(0.25, true))));
        operator.processWatermark(new Watermark(Tick.end(20_000)));
        OperatorSubtaskState state = operator.snapshot(1, 1);
        operator.close();
        operator = PopulationSchedule.harness(EngineRules.ENDLESS, null);
        operator.initializeState(state);
        operator.open();
        operator.processElement(new StreamRecord<>(new PartialTick(20_001, checked(0.75, false))));
        operator.processWatermark(new Watermark(Tick.end(20_001)));
        assertThat(operator.extractOutputValues().stream()
                        .filter(record -> Records.key(record).equals("CALIBRATION"))
                        .map(record -> Records.decode(record).get("outcomes").toString()))
                .singleElement()
                .asString()
                .contains("{\"index\": 2, \"predictions\": 1, \"bought\": 1, \"expected\": 0.25}")
                .contains("{\"index\": 7, \"predictions\": 1, \"bought\": 0, \"expected\": 0.75}");
    }

    @Test
    void howPredictionsCameTrueIsAMetric() throws Exception {
        Gauges gauges = new Gauges();
        operator = new OneInputStreamOperatorTestHarness<>(
                new PopulationOperator(
                        EngineRules.ENDLESS,
                        () -> new PopulationEncoder(Registries.SHARED, true, "GBP", "harness", false),
                        null),
                new MockEnvironmentBuilder().setMetricGroup(gauges.task()).build());
        operator.setup(StreamTypes.OUTGOING.createSerializer(
                operator.getExecutionConfig().getSerializerConfig()));
        operator.open();
        assertThat(gauges.value(MetricNames.PREDICTIONS).longValue()).isZero();
        assertThat(gauges.value(MetricNames.PREDICTIONS_RATIO).doubleValue()).isNaN();
        operator.processElement(new StreamRecord<>(new PartialTick(20_000, checked(0.25, true))));
        operator.processElement(new StreamRecord<>(new PartialTick(20_000, checked(0.5, false))));
        operator.processWatermark(new Watermark(Tick.end(20_000)));
        assertThat(gauges.value(MetricNames.PREDICTIONS).longValue()).isEqualTo(2);
        assertThat(gauges.value(MetricNames.PREDICTIONS_RATIO).doubleValue()).isEqualTo(1 / 0.75);
        assertThat(gauges.value(MetricNames.PREDICTIONS_BRIER).doubleValue()).isEqualTo((0.5625 + 0.25) / 2);
    }

    private static TickTally checked(double chance, boolean bought) {
        TickTally tally = new TickTally();
        tally.add(new Prediction(0, 182 * Tick.MILLIS, chance, 0, bought ? 1 : Profile.NEVER));
        return tally;
    }

    // ---- cut points

    private List<String> publishedRefs() {
        var sent = operator.getSideOutput(PopulationOperator.CUTS);
        return sent == null
                ? List.of()
                : sent.stream().map(record -> Records.key(record.getValue())).toList();
    }

    @Test
    void cutPointsArePublishedWhenTheyLeaveTheDeadBandAgainAfterACrashAndNotWhereTheyAreNotWanted() throws Exception {
        start(EngineRules.ENDLESS, new DeadBand(5));
        newBuyers(20_000, 0, 99);
        operator.processWatermark(new Watermark(Tick.end(20_000)));
        assertThat(publishedRefs()).as("99 customers are too few").isEmpty();
        newBuyers(20_001, 99, 200);
        operator.processWatermark(new Watermark(Tick.end(20_001)));
        OperatorSubtaskState state = operator.snapshot(1, 1);
        newBuyers(20_002, 200, 900);
        operator.processWatermark(new Watermark(Tick.end(20_002)));
        assertThat(publishedRefs()).containsExactly("population/20001", "population/20002");
        Outgoing first = operator.getSideOutput(PopulationOperator.CUTS).peek().getValue();
        assertThat(AvroModels.read(Registries.SHARED, first.value()).effectiveFrom())
                .isEqualTo(Tick.end(20_001) + Tick.MILLIS);

        operator.close();
        operator = PopulationSchedule.harness(EngineRules.ENDLESS, new DeadBand(5));
        operator.initializeState(state);
        operator.open();
        newBuyers(20_002, 200, 900);
        operator.processWatermark(new Watermark(Tick.end(20_002)));
        assertThat(publishedRefs()).containsExactly("population/20002");

        operator.close();
        start(EngineRules.ENDLESS, null);
        newBuyers(20_000, 0, 900);
        operator.processWatermark(new Watermark(Tick.end(20_000)));
        assertThat(publishedRefs()).isEmpty();
    }
}

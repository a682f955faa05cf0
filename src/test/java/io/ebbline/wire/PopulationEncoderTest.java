package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Tick;
import io.ebbline.model.CutPoints;
import io.ebbline.population.FunnelRow;
import io.ebbline.population.Lives;
import io.ebbline.population.Population;
import io.ebbline.population.PopulationRow;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Stage;
import io.ebbline.testing.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What is told of all customers, against Avro's own reader and writer with the schemas of the repository. */
class PopulationEncoderTest {

    private static final Schema FUNNEL = Schemas.of("FunnelTick");
    private static final Schema POPULATION = Schemas.of("PopulationTick");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final PopulationEncoder encoder = new PopulationEncoder(registry, true, "GBP", "run-7", false);

    private static GenericData.EnumSymbol symbol(Schema schema, String field, String name) {
        return new GenericData.EnumSymbol(schema.getField(field).schema(), name);
    }

    private static GenericRecord expected(int tick, FunnelRow row) {
        Map<String, Object> values = new HashMap<>();
        values.put("tick", tick);
        values.put("time", (tick + 1) * 86_400_000L);
        values.put("stage", symbol(FUNNEL, "stage", row.stage().name()));
        values.put("task", symbol(FUNNEL, "task", row.task().name()));
        values.put("customers", row.customers());
        values.put("customersBefore", row.before());
        values.put("entries", row.entries());
        values.put("exits", row.exits());
        Schema way = FUNNEL.getField("transitions").schema().getElementType();
        values.put(
                "transitions",
                row.transitions().stream()
                        .map(t -> GenericEvents.filled(
                                way, values("to", stage(t.to()), "customers", t.customers(), "rate", t.rate())))
                        .toList());
        values.put("dwellMeanMillis", row.exits() == 0 ? null : row.dwellMean());
        values.put("dwellMedianMillis", row.exits() == 0 ? null : row.dwellMedian());
        return GenericEvents.filled(FUNNEL, values);
    }

    private static GenericData.@Nullable EnumSymbol stage(Stage stage) {
        return stage == Stage.UNKNOWN ? null : symbol(FUNNEL, "stage", stage.name());
    }

    private static GenericRecord expected(int tick, PopulationRow row) {
        Schema revenue = POPULATION.getField("classes").schema().getElementType();
        Map<String, Object> values = values(
                "tick",
                tick,
                "time",
                (tick + 1) * 86_400_000L,
                "dimension",
                symbol(POPULATION, "dimension", row.dimension().name()),
                "currency",
                "GBP",
                "customers",
                row.customers(),
                "total",
                row.total(),
                "deciles",
                row.deciles());
        values.put(
                "classes",
                row.classes().stream()
                        .map(c -> GenericEvents.filled(
                                revenue,
                                values(
                                        "name",
                                        c.name(),
                                        "customers",
                                        c.customers(),
                                        "fromMinor",
                                        c.fromMinor(),
                                        "revenueMinor",
                                        c.revenueMinor())))
                        .toList());
        Schema outcome = POPULATION.getField("outcomes").schema().getElementType();
        values.put(
                "outcomes",
                row.outcomes().stream()
                        .map(c -> GenericEvents.filled(
                                outcome,
                                values(
                                        "index",
                                        c.index(),
                                        "predictions",
                                        c.predictions(),
                                        "bought",
                                        c.bought(),
                                        "expected",
                                        Double.isNaN(c.expected()) ? null : c.expected())))
                        .toList());
        Schema category = POPULATION.getField("switching").schema().getElementType();
        values.put(
                "switching",
                row.switching().stream()
                        .map(c -> GenericEvents.filled(
                                category,
                                values(
                                        "category",
                                        c.category(),
                                        "customers",
                                        c.customers(),
                                        "share",
                                        c.share(),
                                        "orders",
                                        c.orders(),
                                        "spendMinor",
                                        c.minor(),
                                        "next",
                                        c.next(),
                                        "clvMinor",
                                        c.clvMinor())))
                        .toList());
        return GenericEvents.filled(POPULATION, values);
    }

    private static Map<String, Object> values(@Nullable Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return values;
    }

    private static void assertWritten(Outgoing record, Topic topic, String key, int tick, GenericRecord expected) {
        assertThat(record.topic()).isEqualTo(topic);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(key);
        assertThat(record.time()).isEqualTo((tick + 1) * 86_400_000L);
        assertThat(record.headers()).extracting(Header::name).containsExactly("ebbline.run-id", "ebbline.replay");
        int id = topic == Topic.LIFECYCLE_FUNNEL ? 1 : 2;
        assertThat(record.value()).isEqualTo(GenericEvents.framed(id, GenericEvents.bytes(expected)));
        assertThat(GenericEvents.read(expected.getSchema(), record.value(), 5)).isEqualTo(expected);
    }

    @Property(tries = 100)
    void whatIsToldIsWrittenAsAvroWritesItAndAvroReadsIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int customers) {
        Population population = new Population();
        for (Lives.Change change : Lives.of(seed, customers, 5)) {
            TickTally tally = new TickTally();
            change.count(tally);
            if (customers > 5) {
                tally.add(new Prediction(0, 200 * Tick.MILLIS, 1.0 / customers, change.customer() * Tick.MILLIS, 1));
            }
            int tick = Tick.of(change.asOf());
            for (FunnelRow row : population.apply(tally)) {
                assertWritten(
                        encoder.funnel(tick, row),
                        Topic.LIFECYCLE_FUNNEL,
                        row.stage().name(),
                        tick,
                        expected(tick, row));
            }
            for (PopulationRow row : population.rows(tick)) {
                assertWritten(
                        encoder.population(tick, row),
                        Topic.POPULATION_STATS,
                        row.dimension().name(),
                        tick,
                        expected(tick, row));
            }
        }
    }

    @Property(tries = 20)
    void cutPointsGoToTheControlTopicAtTheProducersTime(@ForAll long seed) throws AvroModels.InvalidModelException {
        Population population = new Population();
        List<Lives.Change> changes = Lives.of(seed, 30, 5);
        TickTally tally = new TickTally();
        changes.forEach(change -> tally.add(change.before(), change.now(), change.asOf()));
        population.apply(tally);
        CutPoints cuts = population.cuts(30_000);
        if (cuts != null) {
            Outgoing record = encoder.cuts(cuts);
            assertThat(record.topic()).isEqualTo(Topic.SCORING_MODELS);
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("population/30000");
            assertThat(record.time()).isEqualTo(Outgoing.NOW);
            assertThat(AvroModels.read(registry, record.value())).isEqualTo(cuts);
        }
    }
}

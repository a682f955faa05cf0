package io.ebbline.wire;

import io.ebbline.event.Tick;
import io.ebbline.model.CutPoints;
import io.ebbline.population.FunnelRow;
import io.ebbline.population.PopulationRow;
import io.ebbline.population.SwitchingRow;
import io.ebbline.profile.Stage;
import io.ebbline.state.PackedWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is told of all customers at the end of a tick, as records of its topics, in the field order of {@code schemas/}. Not
 * safe for use by several threads.
 */
public final class PopulationEncoder {

    private final SchemaRegistry registry;
    private final boolean autoRegister;
    private final String currency;
    private final int funnelSchema;
    private final int populationSchema;
    private final List<Header> runHeaders;
    private final PackedWriter out = new PackedWriter();

    /**
     * An encoder; looks the schemas' ids up, or registers them.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param runId names the run in a header of every record
     * @param replay whether the run repeats history
     */
    public PopulationEncoder(
            SchemaRegistry registry, boolean autoRegister, String currency, String runId, boolean replay) {
        this.registry = registry;
        this.autoRegister = autoRegister;
        this.currency = currency;
        this.funnelSchema = Schemas.id(registry, Topic.LIFECYCLE_FUNNEL, "FunnelTick", autoRegister);
        this.populationSchema = Schemas.id(registry, Topic.POPULATION_STATS, "PopulationTick", autoRegister);
        this.runHeaders = Header.ofRun(runId, replay);
    }

    /** A stage's record of a tick. */
    public Outgoing funnel(int tick, FunnelRow row) {
        Confluent.start(out, funnelSchema)
                .writeSigned(tick)
                .writeSigned(Tick.end(tick))
                .writeSigned(row.stage().ordinal())
                .writeSigned(row.task().ordinal() + 1L)
                .writeSigned(row.customers())
                .writeSigned(row.before())
                .writeSigned(row.entries())
                .writeSigned(row.exits());
        startArray(row.transitions());
        for (FunnelRow.Transition way : row.transitions()) {
            out.writeNullableLong(
                            way.to() == Stage.UNKNOWN ? null : (long) way.to().ordinal())
                    .writeSigned(way.customers())
                    .writeDouble(way.rate());
        }
        out.writeSigned(0);
        boolean left = row.exits() > 0;
        out.writeNullableLong(left ? row.dwellMean() : null).writeNullableLong(left ? row.dwellMedian() : null);
        return record(Topic.LIFECYCLE_FUNNEL, row.stage().name(), tick);
    }

    /** A dimension's record of a tick. */
    public Outgoing population(int tick, PopulationRow row) {
        Confluent.start(out, populationSchema)
                .writeSigned(tick)
                .writeSigned(Tick.end(tick))
                .writeSigned(row.dimension().ordinal() + 1L)
                .writeString(currency)
                .writeSigned(row.customers())
                .writeSigned(row.total());
        startArray(row.deciles());
        row.deciles().forEach(out::writeSigned);
        out.writeSigned(0);
        startArray(row.classes());
        for (PopulationRow.RevenueClass revenue : row.classes()) {
            out.writeString(revenue.name())
                    .writeSigned(revenue.customers())
                    .writeSigned(revenue.fromMinor())
                    .writeSigned(revenue.revenueMinor());
        }
        out.writeSigned(0);
        startArray(row.outcomes());
        for (PopulationRow.OutcomeClass outcome : row.outcomes()) {
            out.writeSigned(outcome.index())
                    .writeSigned(outcome.predictions())
                    .writeSigned(outcome.bought())
                    .writeNullableDouble(outcome.expected());
        }
        out.writeSigned(0);
        writeSwitching(row.switching());
        return record(Topic.POPULATION_STATS, row.dimension().name(), tick);
    }

    private void writeSwitching(List<SwitchingRow> rows) {
        startArray(rows);
        for (SwitchingRow category : rows) {
            out.writeNullableString(category.category())
                    .writeSigned(category.customers())
                    .writeDouble(category.share())
                    .writeSigned(category.orders())
                    .writeSigned(category.minor());
            startArray(category.next());
            category.next().forEach(out::writeDouble);
            out.writeSigned(0);
            out.writeNullableLong(category.clvMinor());
        }
        out.writeSigned(0);
    }

    /**
     * Cut points as a record of the control topic. It carries the producer's time, so that they never take effect before they
     * were there to be read.
     */
    public Outgoing cuts(CutPoints cuts) {
        return new Outgoing(
                Topic.SCORING_MODELS,
                cuts.ref().getBytes(StandardCharsets.UTF_8),
                AvroModels.write(registry, cuts, autoRegister),
                Outgoing.NOW,
                runHeaders);
    }

    private Outgoing record(Topic topic, String key, int tick) {
        return new Outgoing(topic, key.getBytes(StandardCharsets.UTF_8), out.toBytes(), Tick.end(tick), runHeaders);
    }

    /** The number of items, unless there are none: then the zero that ends an array says it. */
    private void startArray(List<?> items) {
        if (!items.isEmpty()) {
            out.writeSigned(items.size());
        }
    }
}

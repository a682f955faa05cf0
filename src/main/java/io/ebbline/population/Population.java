package io.ebbline.population;

import io.ebbline.event.Tick;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.population.PopulationRow.Dimension;
import io.ebbline.population.PopulationRow.OutcomeClass;
import io.ebbline.population.PopulationRow.RevenueClass;
import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All customers in numbers, from the beginning: how many are in each stage, and how recency, frequency and net spend are
 * spread among those who have a kept order, and how predictions came true. A function of the changes that were applied, in any order.
 */
public final class Population {

    /** Names the line of versions that {@link #cuts} belong to. */
    public static final String CUTS_ID = "population";

    /** The stages that customers are counted in. */
    private static final List<Stage> COUNTED = Arrays.stream(Stage.values())
            .filter(stage -> stage != Stage.UNKNOWN)
            .toList();

    private final long[] sizes;
    private final Histogram frequency;
    private final Histogram monetary;
    private final Cells lastOrderDays;
    private final Outcomes outcomes;
    private final Switches switches;

    /** Of nobody. */
    public Population() {
        this(new long[TickTally.STAGES], new Histogram(), new Histogram(), new Cells(), new Outcomes(), new Switches());
    }

    /**
     * A population of these parts, which it goes on to change.
     *
     * @param sizes customers by stage
     * @param frequency kept orders of customers who have any
     * @param monetary their net spend, minor units
     * @param lastOrderDays the days of their latest kept orders
     * @param outcomes predictions that were checked
     * @param switches orders by category, and by that of the order before
     */
    public Population(
            long[] sizes,
            Histogram frequency,
            Histogram monetary,
            Cells lastOrderDays,
            Outcomes outcomes,
            Switches switches) {
        this.sizes = sizes;
        this.frequency = frequency;
        this.monetary = monetary;
        this.lastOrderDays = lastOrderDays;
        this.outcomes = outcomes;
        this.switches = switches;
    }

    // ---- folds

    /** Applies the changes of a tick, and says what went on in each stage. */
    public List<FunnelRow> apply(TickTally tally) {
        List<FunnelRow> rows = new ArrayList<>();
        for (Stage stage : COUNTED) {
            long before = sizes[stage.ordinal()];
            long entries = tally.entries(stage);
            long exits = tally.exits(stage);
            sizes[stage.ordinal()] += entries - exits;
            Histogram dwell = tally.dwell(stage);
            rows.add(new FunnelRow(
                    stage,
                    StageTask.of(stage),
                    sizes[stage.ordinal()],
                    before,
                    entries,
                    exits,
                    transitions(tally, stage, before + entries),
                    exits == 0 ? 0 : dwell.mean(),
                    exits == 0 ? 0 : dwell.median()));
        }
        frequency.merge(tally.frequency());
        monetary.merge(tally.monetary());
        lastOrderDays.merge(tally.lastOrderDays());
        outcomes.merge(tally.outcomes());
        switches.merge(tally.switches());
        return List.copyOf(rows);
    }

    private static List<FunnelRow.Transition> transitions(TickTally tally, Stage from, long present) {
        List<FunnelRow.Transition> ways = new ArrayList<>();
        for (Stage to : Stage.values()) {
            long moved = tally.moved(from, to);
            if (moved != 0) {
                ways.add(new FunnelRow.Transition(to, moved, (double) moved / present));
            }
        }
        return List.copyOf(ways);
    }

    // ---- what is known

    /** Customers in a stage. */
    public long size(Stage stage) {
        return sizes[stage.ordinal()];
    }

    /** Customers who have a kept order. */
    public long buyers() {
        return frequency.count();
    }

    /** Kept orders of customers who have any. */
    public Histogram frequency() {
        return frequency;
    }

    /** Net spend of customers who have a kept order, minor units. */
    public Histogram monetary() {
        return monetary;
    }

    /** The days of their latest kept orders. */
    public Cells lastOrderDays() {
        return lastOrderDays;
    }

    /** Orders by category, and by that of the order before. */
    public Switches switches() {
        return switches;
    }

    /** Predictions that were checked. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** How customers are spread at the end of a tick, and once predictions have been checked, how they came true. */
    public List<PopulationRow> rows(int tick) {
        Cells ages = ages(tick);
        List<PopulationRow> rows = new ArrayList<>();
        rows.add(new PopulationRow(Dimension.RECENCY, buyers(), ages.sum(), deciles(j -> ages.quantile(j, 10))));
        rows.add(new PopulationRow(
                Dimension.FREQUENCY, buyers(), frequency.sum(), deciles(j -> frequency.quantile(j, 10))));
        rows.add(new PopulationRow(
                Dimension.MONETARY,
                buyers(),
                monetary.sum(),
                deciles(j -> monetary.quantile(j, 10)),
                revenueClasses(),
                List.of(),
                List.of()));
        if (!outcomes.isEmpty()) {
            rows.add(PopulationRow.of(Dimension.CALIBRATION, calibration()));
            rows.add(PopulationRow.of(Dimension.REPURCHASE, repurchase()));
        }
        List<SwitchingRow> switching = Switching.rows(switches, tick);
        if (!switching.isEmpty()) {
            rows.add(PopulationRow.of(switching));
        }
        return List.copyOf(rows);
    }

    private List<OutcomeClass> calibration() {
        return IntStream.range(0, Outcomes.BINS)
                .mapToObj(i -> new OutcomeClass(i, outcomes.predictions(i), outcomes.bought(i), outcomes.expected(i)))
                .toList();
    }

    private List<OutcomeClass> repurchase() {
        return IntStream.range(0, Outcomes.QUARTERS)
                .mapToObj(i -> new OutcomeClass(i, outcomes.silent(i), outcomes.returned(i), Double.NaN))
                .toList();
    }

    private List<Long> deciles(IntToLongFunction quantile) {
        List<Long> deciles = new ArrayList<>();
        for (int j = 1; j < 10 && buyers() > 0; j++) {
            deciles.add(quantile.applyAsLong(j));
        }
        return List.copyOf(deciles);
    }

    /** Days since the latest kept order at the end of a tick; a day begun counts in full. */
    private Cells ages(int tick) {
        Cells ages = new Cells();
        lastOrderDays.forEach((day, customers, unused) -> {
            int age = tick + 1 - day;
            ages.add(age, customers, age * customers);
        });
        return ages;
    }

    /**
     * Cut points that divide the customers who have a kept order into fifths, as of the end of a tick: c_j is the smallest value
     * whose cumulative count is at least ceil(j N / 5). They take effect a tick later. Null when there is nobody, and
     * before the second day of 1970, whose version would be no number of a version.
     *
     * <p>Cuts may be equal, and then the score between them is given to nobody: half of the customers of a shop may have one
     * order, and equal values share a score.
     *
     * @param tick its number becomes the version
     */
    public @Nullable CutPoints cuts(int tick) {
        if (buyers() == 0 || tick < 1) {
            return null;
        }
        Cells ages = ages(tick);
        return new CutPoints(
                CUTS_ID,
                tick,
                Tick.end(tick + 1),
                fifths(j -> ages.quantile(j, 5) * Tick.MILLIS),
                fifths(j -> frequency.quantile(j, 5)),
                fifths(j -> monetary.quantile(j, 5)),
                buyers(),
                "fifths of the customers who have a kept order");
    }

    private static Cuts fifths(IntToLongFunction quantile) {
        return new Cuts(
                quantile.applyAsLong(1), quantile.applyAsLong(2), quantile.applyAsLong(3), quantile.applyAsLong(4));
    }

    /** Whole buckets, the most valuable first: a bucket belongs to A while less than 80 % of revenue lies above it, and so on. */
    private List<RevenueClass> revenueClasses() {
        Cells spend = monetary.cells();
        long revenue = spend.sum() - spend.sum(0);
        long[] bounds = {revenue - revenue / 5, revenue - revenue / 20}; // 80 % and 95 %, rounded up
        long[] customers = new long[4];
        long[] from = new long[4];
        long[] brought = new long[4];
        long above = 0;
        int[] buckets = spend.keys();
        for (int i = buckets.length - 1; i >= 0 && buckets[i] > 0; i--) {
            int bucket = buckets[i];
            int belongs = above < bounds[0] ? 0 : above < bounds[1] ? 1 : 2;
            customers[belongs] += spend.count(bucket);
            brought[belongs] += spend.sum(bucket);
            from[belongs] = LogLinear.lower(bucket);
            above += spend.sum(bucket);
        }
        customers[3] = spend.count(0);
        brought[3] = spend.sum(0);
        List<RevenueClass> classes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            classes.add(new RevenueClass("ABCD".substring(i, i + 1), customers[i], from[i], brought[i]));
        }
        return List.copyOf(classes);
    }
}

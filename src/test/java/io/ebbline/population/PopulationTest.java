package io.ebbline.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Tick;
import io.ebbline.model.CutPoints;
import io.ebbline.population.Lives.Change;
import io.ebbline.population.PopulationRow.Dimension;
import io.ebbline.population.PopulationRow.RevenueClass;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is counted, against a full list of the customers at the end of every tick. */
class PopulationTest {

    private static final Stage[] COUNTED = {Stage.PROSPECT, Stage.GROWTH, Stage.MATURE, Stage.DECLINE, Stage.DEPARTED};

    @Property(tries = 300)
    void everyTickSaysWhatAListOfAllCustomersSays(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int customers, @ForAll Random random) {
        TreeMap<Integer, List<Change>> ticks = new TreeMap<>();
        for (Change change : Lives.of(seed, customers, 12)) {
            ticks.computeIfAbsent(Tick.of(change.asOf()), t -> new ArrayList<>())
                    .add(change);
        }
        Population population = new Population();
        Map<Integer, Figures> all = new HashMap<>();
        ticks.forEach((tick, changes) -> {
            Collection<Figures> before = List.copyOf(all.values());
            List<FunnelRow> rows = population.apply(inParts(changes, random));
            changes.forEach(change -> all.put(change.customer(), change.now()));
            assertThat(rows).extracting(FunnelRow::stage).containsExactly(COUNTED);
            for (FunnelRow row : rows) {
                assertFunnel(row, before, changes, all.values());
            }
            List<Figures> buyers =
                    all.values().stream().filter(f -> f.orders() > 0).toList();
            assertPopulation(population.rows(tick).subList(0, 3), buyers, tick);
            assertSwitching(population.rows(tick), orders(ticks, tick), tick);
            assertCuts(population.cuts(tick), buyers, tick);
        });
    }

    /** Counted by several subtasks, in any order, merged in any order. */
    private static TickTally inParts(List<Change> changes, Random random) {
        List<TickTally> parts =
                IntStream.range(0, 3).mapToObj(i -> new TickTally()).toList();
        List<Change> shuffled = new ArrayList<>(changes);
        java.util.Collections.shuffle(shuffled, random);
        for (Change change : shuffled) {
            change.count(parts.get(random.nextInt(3)));
        }
        TickTally whole = new TickTally();
        parts.forEach(whole::merge);
        return whole;
    }

    private static long size(Collection<Figures> customers, Stage stage) {
        return customers.stream().filter(f -> f.stage() == stage).count();
    }

    private static void assertFunnel(
            FunnelRow row, Collection<Figures> before, List<Change> changes, Collection<Figures> now) {
        Stage stage = row.stage();
        List<Change> out = changes.stream()
                .filter(c -> c.before().stage() == stage && c.now().stage() != stage)
                .toList();
        List<Change> in = changes.stream()
                .filter(c -> c.now().stage() == stage && c.before().stage() != stage)
                .toList();
        assertThat(row.task()).isEqualTo(StageTask.of(stage));
        assertThat(row.before()).isEqualTo(size(before, stage));
        assertThat(row.customers()).isEqualTo(size(now, stage));
        assertThat(row.entries()).isEqualTo(in.size());
        assertThat(row.exits()).isEqualTo(out.size());
        for (Stage to : Stage.values()) {
            long count = out.stream().filter(c -> c.now().stage() == to).count();
            double rate = (double) count / (row.before() + row.entries());
            assertThat(row.transitions().stream().filter(t -> t.to() == to))
                    .isEqualTo(count == 0 ? List.of() : List.of(new FunnelRow.Transition(to, count, rate)));
        }
        List<Long> dwell =
                out.stream().map(c -> c.asOf() - c.before().stageSince()).toList();
        if (dwell.isEmpty()) {
            assertThat(row.dwellMean()).isZero();
            assertThat(row.dwellMedian()).isZero();
        } else {
            long sum = dwell.stream().mapToLong(d -> d).sum();
            long median = HistogramTest.quantile(dwell, 1, 2);
            assertThat(row.dwellMean()).isEqualTo(sum / dwell.size());
            assertThat(Math.abs(row.dwellMedian() - median)).isLessThanOrEqualTo(median / 64);
        }
    }

    private static long age(Figures figures, int tick) {
        return tick + 1 - Math.floorDiv(figures.lastOrder(), Tick.MILLIS);
    }

    private static long bucketed(long value) {
        return LogLinear.upper(LogLinear.bucket(value));
    }

    private static void assertPopulation(List<PopulationRow> rows, List<Figures> buyers, int tick) {
        List<Long> ages = buyers.stream().map(f -> age(f, tick)).toList();
        List<Long> orders = buyers.stream().map(Figures::orders).toList();
        List<Long> spend = buyers.stream().map(Figures::monetaryMinor).toList();
        assertThat(rows)
                .containsExactly(
                        row(Dimension.RECENCY, ages, ages, List.of()),
                        row(Dimension.FREQUENCY, orders, orders, List.of()),
                        row(
                                Dimension.MONETARY,
                                spend,
                                spend.stream().map(PopulationTest::bucketed).toList(),
                                classes(spend)));
    }

    private static PopulationRow row(
            Dimension dimension, List<Long> exact, List<Long> bucketed, List<RevenueClass> classes) {
        List<Long> deciles = new ArrayList<>();
        for (int j = 1; j < 10 && !exact.isEmpty(); j++) {
            deciles.add(HistogramTest.quantile(bucketed, j, 10));
        }
        long sum = exact.stream().mapToLong(v -> v).sum();
        return new PopulationRow(dimension, exact.size(), sum, deciles, classes, List.of(), List.of());
    }

    /** Customer by customer from the best; those of one bucket stay together. */
    private static List<RevenueClass> classes(List<Long> spend) {
        List<Long> sorted = new ArrayList<>(spend);
        sorted.sort(Comparator.reverseOrder());
        double revenue = sorted.stream().mapToLong(v -> Math.max(0, v)).sum();
        TreeMap<String, long[]> classes = new TreeMap<>();
        "ABCD".chars().forEach(c -> classes.put(Character.toString(c), new long[3]));
        String current = "A";
        long bucket = -1;
        long sum = 0;
        for (long value : sorted) {
            if (value <= 0) {
                current = "D";
            } else if (LogLinear.bucket(value) != bucket) {
                current = sum < revenue * 0.8 - 1e-6 ? "A" : sum < revenue * 0.95 - 1e-6 ? "B" : "C";
                bucket = LogLinear.bucket(value);
            }
            sum += value;
            long[] of = classes.get(current);
            of[0]++;
            of[1] = value <= 0 ? 0 : LogLinear.lower(LogLinear.bucket(value));
            of[2] += value;
        }
        List<RevenueClass> rows = new ArrayList<>();
        classes.forEach((name, of) -> rows.add(new RevenueClass(name, of[0], of[1], of[2])));
        return rows;
    }

    private static void assertCuts(CutPoints cuts, List<Figures> buyers, int tick) {
        if (buyers.isEmpty()) {
            assertThat(cuts).isNull();
            return;
        }
        assertThat(cuts.ref()).isEqualTo("population/" + tick);
        assertThat(cuts.effectiveFrom()).isEqualTo((tick + 2) * Tick.MILLIS);
        assertThat(cuts.customers()).isEqualTo(buyers.size());
        for (int j = 1; j < 5; j++) {
            int cut = j - 1;
            assertThat(cuts.recency().toList().get(cut))
                    .isEqualTo(HistogramTest.quantile(
                                    buyers.stream().map(f -> age(f, tick)).toList(), j, 5)
                            * Tick.MILLIS);
            assertThat(cuts.frequency().toList().get(cut))
                    .isEqualTo(HistogramTest.quantile(
                            buyers.stream().map(Figures::orders).toList(), j, 5));
            assertThat(cuts.monetary().toList().get(cut))
                    .isEqualTo(bucketed(HistogramTest.quantile(
                            buyers.stream().map(Figures::monetaryMinor).toList(), j, 5)));
        }
    }

    private static List<Change> orders(TreeMap<Integer, List<Change>> ticks, int tick) {
        return ticks.headMap(tick, true).values().stream()
                .flatMap(List::stream)
                .filter(change -> change.to() != null)
                .toList();
    }

    /** All orders again, customer by customer. */
    private static void assertSwitching(List<PopulationRow> rows, List<Change> orders, int tick) {
        if (orders.isEmpty()) {
            assertThat(rows).hasSize(3);
            return;
        }
        Map<String, Long> sizes = new HashMap<>();
        orders.stream().filter(o -> !o.to().isEmpty()).forEach(o -> sizes.merge(o.to(), 1L, Long::sum));
        List<String> names = sizes.keySet().stream()
                .sorted(Comparator.<String>comparingLong(name -> -sizes.get(name))
                        .thenComparing(name -> name))
                .limit(24)
                .toList();
        ToIntFunction<String> row = name -> names.contains(name) ? names.indexOf(name) : names.size();
        int n = sizes.size() > names.size() ? 25 : names.size();
        double[][] counts = new double[n][n];
        long[] bought = new long[n];
        long[] minor = new long[n];
        Map<Integer, String> latest = new HashMap<>();
        double yearMinor = 0;
        for (Change order : orders) {
            String before = latest.put(order.customer(), order.to());
            assertThat(order.from()).isEqualTo(before == null ? "" : before);
            if (!order.to().isEmpty()) {
                bought[row.applyAsInt(order.to())]++;
                minor[row.applyAsInt(order.to())] += order.minor();
                yearMinor += order.minor();
            }
            if (!order.from().isEmpty() && !order.to().isEmpty()) {
                counts[row.applyAsInt(order.from())][row.applyAsInt(order.to())]++;
            }
        }
        List<String> held =
                latest.values().stream().filter(name -> !name.isEmpty()).toList();
        double all = Arrays.stream(counts).flatMapToDouble(Arrays::stream).sum();
        double[][] chances = new double[n][n];
        for (int i = 0; i < n && all > 0; i++) {
            for (int j = 0; j < n; j++) {
                int to = j;
                double next = Arrays.stream(counts).mapToDouble(c -> c[to]).sum() / all;
                chances[i][j] =
                        (counts[i][j] + next) / (Arrays.stream(counts[i]).sum() + 1);
            }
        }
        PopulationRow told = rows.get(3);
        assertThat(told.dimension()).isEqualTo(Dimension.SWITCHING);
        assertThat(told.customers()).isEqualTo(held.size());
        assertThat(told.total()).isEqualTo(Arrays.stream(bought).sum());
        assertThat(told.switching()).hasSize(n);
        double[] share = new double[n];
        held.forEach(name -> share[row.applyAsInt(name)] += 1.0 / held.size());
        double[] value = new double[n];
        double[] now = share;
        for (int t = 0; t <= 2; t++) {
            double[] next = new double[n];
            for (int j = 0; j < n; j++) {
                value[j] += Math.max(0, yearMinor) / held.size() * now[j] / Math.pow(1.1, t);
                for (int i = 0; i < n; i++) {
                    next[j] += now[i] * chances[i][j];
                }
            }
            now = next;
        }
        for (int j = 0; j < n; j++) {
            SwitchingRow one = told.switching().get(j);
            assertThat(one.category()).isEqualTo(j < names.size() ? names.get(j) : null);
            assertThat(one.orders()).isEqualTo(bought[j]);
            assertThat(one.minor()).isEqualTo(minor[j]);
            assertThat(one.share()).isCloseTo(share[j], within(1e-12));
            assertThat((double) one.customers()).isCloseTo(share[j] * held.size(), within(1e-9));
            if (all == 0) {
                assertThat(one.next()).isEmpty();
            } else {
                assertThat(one.next().stream().mapToDouble(d -> d).toArray())
                        .containsExactly(chances[j], within(1e-12));
            }
            assertThat(one.clvMinor() == null).isEqualTo(all == 0 || held.isEmpty());
            if (one.clvMinor() != null) {
                assertThat((double) one.clvMinor()).isCloseTo(value[j], within(0.5 + 1e-6));
            }
        }
    }

    @Test
    void whoMovesToAndFroWithinATickIsCountedEachTime() {
        Figures growth = new Figures(Stage.GROWTH, 0, 1, 500, 0);
        Figures decline = new Figures(Stage.DECLINE, 1_000, 1, 500, 0);
        Figures again = new Figures(Stage.GROWTH, 4_000, 1, 500, 0);
        TickTally tally = new TickTally();
        tally.add(Figures.NONE, growth, 0);
        tally.add(growth, decline, 1_000);
        tally.add(decline, again, 4_000);
        List<FunnelRow> rows = new Population().apply(tally);
        assertThat(rows.get(1))
                .isEqualTo(new FunnelRow(
                        Stage.GROWTH,
                        StageTask.SECOND_ORDER,
                        1,
                        0,
                        2,
                        1,
                        List.of(new FunnelRow.Transition(Stage.DECLINE, 1, 0.5)),
                        1_000,
                        LogLinear.middle(LogLinear.bucket(1_000))));
        assertThat(rows.get(3).dwellMean()).isEqualTo(3_000);
    }

    @Test
    void aTallyOfWhatWasTakenBackIsEmpty() {
        Figures one = new Figures(Stage.GROWTH, 0, 1, 500, 0);
        Figures two = new Figures(Stage.GROWTH, 0, 2, 900, 5);
        TickTally tally = new TickTally();
        assertThat(tally.isEmpty()).isTrue();
        tally.add(one, two, 5);
        assertThat(tally.isEmpty()).isFalse();
        tally.add(two, one, 6);
        assertThat(tally.isEmpty()).isTrue();
    }

    @Test
    void whoIsForgottenLeavesNoTrace() {
        Population population = new Population();
        Figures prospect = new Figures(Stage.PROSPECT, 0, 0, -20, Profile.NEVER);
        TickTally come = new TickTally();
        come.add(Figures.NONE, prospect, 0);
        population.apply(come);
        assertThat(population.size(Stage.PROSPECT)).isEqualTo(1);
        TickTally gone = new TickTally();
        gone.add(prospect, Figures.NONE, 400 * Tick.MILLIS);
        FunnelRow row = population.apply(gone).get(0);
        assertThat(row.transitions()).containsExactly(new FunnelRow.Transition(Stage.UNKNOWN, 1, 1.0));
        assertThat(row.dwellMean()).isEqualTo(400 * Tick.MILLIS);
        assertThat(population.size(Stage.PROSPECT)).isZero();
        assertThat(population.buyers()).isZero();
    }
}

package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect;
import io.ebbline.population.Outcomes;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Stage;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PopulationCodec;
import io.ebbline.testing.NaiveEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The first law: the same history, the same answers, byte for byte, whatever the order of arrival, the parallelism, the
 * cache, the crashes. Thousands of seeded schedules, each against an undisturbed run of its history, and that against the
 * naive oracle.
 *
 * <p>{@code -Debbline.schedules=N} runs N of them; {@code -Debbline.seed=N} runs the one that failed.
 */
class ScheduleTest {

    /** Schedules of one history. */
    private static final int PER_HISTORY = 8;

    /** Of so many schedules one runs on RocksDB, which takes many times as long to set up. */
    private static final int ON_ROCKS_DB = 40;

    @Test
    void everyScheduleOfAHistorySaysTheSame() {
        Long only = Long.getLong("ebbline.seed");
        long first = only == null ? 0 : only;
        long count = only == null ? Long.getLong("ebbline.schedules", 2_000) : 1;
        AtomicInteger told = new AtomicInteger();
        AtomicInteger signals = new AtomicInteger();
        LongStream.rangeClosed(first / PER_HISTORY, (first + count - 1) / PER_HISTORY)
                .parallel()
                .forEach(history -> {
                    long from = Math.max(first, history * PER_HISTORY);
                    long to = Math.min(first + count, (history + 1) * PER_HISTORY);
                    told.addAndGet(compare(ShopHistory.of(history), LongStream.range(from, to), signals));
                });
        assertThat(told.get()).as("transitions compared").isPositive();
        assertThat(only != null || signals.get() > 0).as("signals compared").isTrue();
    }

    private static int compare(ShopHistory history, LongStream seeds, AtomicInteger signals) {
        long last = -1;
        try {
            Said plainly = Schedule.plainly(history);
            assertMatchesTheOracle(history, plainly);
            assertFunnelMatchesTheOracle(history, plainly);
            assertOutcomesMatchTheOracle(history, plainly);
            assertSwitchesMatchTheOracle(history, plainly);
            for (long seed : seeds.toArray()) {
                last = seed;
                Said said = new Schedule(history, seed, seed % ON_ROCKS_DB == 0).run();
                assertThat(said.transitions()).isEqualTo(plainly.transitions());
                assertThat(said.signals()).isEqualTo(plainly.signals());
                assertThat(said.changes()).isEqualTo(plainly.changes());
                assertThat(said.answers()).isEqualTo(plainly.answers());
                assertThat(said.ticks()).isEqualTo(plainly.ticks());
            }
            signals.addAndGet(
                    plainly.signals().values().stream().mapToInt(List::size).sum());
            return plainly.transitions().values().stream().mapToInt(List::size).sum();
        } catch (Exception | AssertionError e) {
            String what = last < 0
                    ? "The undisturbed run of history " + history.seed()
                    : "Schedule " + last + " of history " + history.seed();
            long seed = last < 0 ? history.seed() * PER_HISTORY : last;
            throw new AssertionError(
                    what + " failed. Run it alone: ./mvnw test -Dtest=ScheduleTest -Debbline.seed=" + seed, e);
        }
    }

    private static void assertMatchesTheOracle(ShopHistory history, Said said) {
        for (String customer : history.events().keySet()) {
            NaiveEngine.Result expected = history.expected(customer);
            List<NaiveEngine.Told> told = new ArrayList<>();
            for (ByteBuffer body : said.transitions().getOrDefault(customer, List.of())) {
                told.add(Said.told(decode(body, "LifecycleTransition")));
            }
            assertThat(told).as("transitions of " + customer).isEqualTo(expected.transitions());
            List<NaiveEngine.Signalled> signalled = new ArrayList<>();
            for (ByteBuffer body : said.signals().getOrDefault(customer, List.of())) {
                signalled.add(Said.signalled(decode(body, "ChurnSignal")));
            }
            assertThat(signalled).as("signals of " + customer).isEqualTo(expected.signals());
            List<NaiveEngine.Change> changes = new ArrayList<>();
            for (ByteBuffer body : said.changes().getOrDefault(customer, List.of())) {
                changes.add(Said.change(decode(body, "ScoreChange")));
            }
            assertThat(changes).as("changes of " + customer).isEqualTo(expected.changes());
            ByteBuffer last = said.answers().get(customer);
            assertThat(last == null ? null : Said.head(decode(last, "CustomerScore")))
                    .as("last answer on " + customer)
                    .isEqualTo(expected.last());
        }
    }

    /** Who moved from stage to stage, by the days that were over before the end of the run. */
    private static void assertFunnelMatchesTheOracle(ShopHistory history, Said said) {
        TreeMap<String, Long> expected = new TreeMap<>();
        for (String customer : history.events().keySet()) {
            for (NaiveEngine.Told told : history.expected(customer).transitions()) {
                long day = Math.floorDiv(told.asOf(), Records.DAY);
                if (told.kind() == Effect.Transition.Kind.STAGE && (day + 1) * Records.DAY <= history.end()) {
                    expected.merge(day + " " + told.previous() + " -> " + told.current(), 1L, Long::sum);
                }
            }
        }
        TreeMap<String, Long> counted = new TreeMap<>();
        said.ticks().forEach((tick, bytes) -> {
            TickTally tally = PopulationCodec.readTally(new PackedReader(bytes.array()));
            for (Stage from : Stage.values()) {
                for (Stage to : Stage.values()) {
                    if (tally.moved(from, to) > 0) {
                        counted.put(tick + " " + name(from) + " -> " + name(to), tally.moved(from, to));
                    }
                }
            }
        });
        assertThat(counted).as("moves between stages").isEqualTo(expected);
    }

    /** How predictions came true, by the same days. */
    private static void assertOutcomesMatchTheOracle(ShopHistory history, Said said) {
        TreeMap<Integer, Outcomes> expected = new TreeMap<>();
        for (String customer : history.events().keySet()) {
            for (Effect.Checked checked : history.expected(customer).checked()) {
                int day = (int) Math.floorDiv(checked.asOf(), Records.DAY);
                if ((day + 1) * Records.DAY <= history.end()) {
                    expected.computeIfAbsent(day, d -> new Outcomes()).add(checked.prediction());
                }
            }
        }
        said.ticks().forEach((tick, bytes) -> {
            Outcomes counted =
                    PopulationCodec.readTally(new PackedReader(bytes.array())).outcomes();
            Outcomes wanted = expected.remove(tick);
            assertThat(counted.numbers()).isEqualTo((wanted == null ? new Outcomes() : wanted).numbers());
        });
        assertThat(expected).as("ticks with outcomes that were not told").isEmpty();
    }

    /** Orders by category and that of the order before, by the days that were over before the end of the run. */
    private static void assertSwitchesMatchTheOracle(ShopHistory history, Said said) {
        TreeMap<String, Long> expected = new TreeMap<>();
        for (String customer : history.events().keySet()) {
            for (NaiveEngine.Switched one : history.expected(customer).switched()) {
                long day = Math.floorDiv(one.asOf(), Records.DAY);
                if ((day + 1) * Records.DAY <= history.end()) {
                    String way = day + " " + one.from() + " -> " + one.to();
                    expected.merge(way, 1L, Long::sum);
                    expected.merge(way + " minor", one.minor(), Long::sum);
                }
            }
        }
        TreeMap<String, Long> counted = new TreeMap<>();
        said.ticks().forEach((tick, bytes) -> {
            TickTally tally = PopulationCodec.readTally(new PackedReader(bytes.array()));
            tally.switches().forEach((from, to, count, minor) -> {
                counted.put(tick + " " + from + " -> " + to, count);
                counted.put(tick + " " + from + " -> " + to + " minor", minor);
            });
        });
        assertThat(counted).as("orders by category").isEqualTo(expected);
    }

    private static @Nullable String name(Stage stage) {
        return stage == Stage.UNKNOWN ? null : stage.name();
    }

    private static GenericRecord decode(ByteBuffer body, String record) {
        return Records.decode(body.array(), 0, record);
    }
}

package io.ebbline.cli.view;

import static io.ebbline.cli.view.Views.NOW;
import static io.ebbline.cli.view.Views.TIME;
import static io.ebbline.cli.view.Views.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LiveStateTest {
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    /** A score of a customer; null stands for a tombstone. */
    private record Told(String customer, Standing standing) {}

    @Provide
    Arbitrary<List<Told>> told() {
        Arbitrary<Standing> kept = Combinators.combine(
                        Arbitraries.of("GROWTH", "MATURE", "DEPARTED"),
                        Arbitraries.of("Champions", "Loyal", "Lost"),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.longs().between(1, 4))
                .as(Standing::new);
        Arbitrary<Standing> standing = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, kept),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(new Standing("PROSPECT", null, 0, 0, 0))));
        return Combinators.combine(Arbitraries.of("a", "b", "c", "d"), standing.injectNull(0.2))
                .as(Told::new)
                .list()
                .ofMaxSize(30);
    }

    @Property
    void customersCountWhereTheirNewestScoreSays(@ForAll("told") List<Told> told) {
        LiveState state = Views.empty();
        Map<String, Standing> newest = new HashMap<>();
        for (Told one : told) {
            state.score(one.customer(), one.standing());
            if (one.standing() == null) {
                newest.remove(one.customer());
            } else {
                newest.put(one.customer(), one.standing());
            }
        }

        LiveSnapshot snapshot = state.snapshot(NOW);

        assertThat(snapshot.customers()).isEqualTo(newest.size()).isEqualTo(state.scored());
        assertThat(snapshot.orders())
                .isEqualTo(newest.values().stream().mapToLong(Standing::orders).sum());
        Map<String, Long> stages = new HashMap<>();
        Map<String, Long> segments = new HashMap<>();
        long[][] grid = new long[5][5];
        for (Standing standing : newest.values()) {
            stages.merge(standing.stage(), 1L, Long::sum);
            if (standing.segment() != null) {
                segments.merge(standing.segment(), 1L, Long::sum);
                grid[standing.recency() - 1][standing.frequency() - 1]++;
            }
        }
        assertThat(snapshot.stages()).isEqualTo(stages);
        assertThat(snapshot.segments()).isEqualTo(segments);
        for (int r = 0; r < 5; r++) {
            assertThat(snapshot.grid().get(r).stream()
                            .mapToLong(Long::longValue)
                            .toArray())
                    .isEqualTo(grid[r]);
        }
    }

    @Provide
    Arbitrary<List<Transition>> transitions() {
        Arbitrary<String> stages = Arbitraries.of("GROWTH", "MATURE", "DECLINE").injectNull(0.1);
        return Combinators.combine(
                        Arbitraries.longs().between(TIME - 60 * DAY, TIME), Arbitraries.of(true, false), stages, stages)
                .as(Transition::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void flowsAreTheChangesOfStageOfTheNewestDaysInAnyOrderOfArrival(
            @ForAll("transitions") List<Transition> transitions) {
        LiveState state = Views.empty();
        transitions.forEach(state::transition);

        LiveSnapshot snapshot = state.snapshot(NOW);

        List<Transition> changes =
                transitions.stream().filter(Transition::stage).toList();
        long newestDay = changes.stream().mapToLong(t -> t.time() / DAY).max().orElse(0);
        List<Flow> expected = new ArrayList<>();
        for (Transition t : changes) {
            long same = changes.stream()
                    .filter(other -> other.time() / DAY > newestDay - LiveState.FLOW_DAYS)
                    .filter(other -> Objects.equals(other.previous(), t.previous())
                            && Objects.equals(other.current(), t.current()))
                    .count();
            Flow flow = new Flow(t.previous(), t.current(), same);
            if (same > 0 && !expected.contains(flow)) {
                expected.add(flow);
            }
        }
        assertThat(snapshot.transitions()).isEqualTo(transitions.size());
        assertThat(snapshot.flows()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(snapshot.flows())
                .isSortedAccordingTo(Comparator.comparingLong(Flow::customers).reversed());
    }

    @Property
    void theNewestSignalsAreTheNewestByTheirOwnTime(@ForAll List<Long> times, @ForAll List<SignalKind> kinds) {
        LiveState state = Views.empty();
        List<Signal> all = new ArrayList<>();
        for (int i = 0; i < Math.min(times.size(), kinds.size()); i++) {
            all.add(signal(times.get(i), "c" + i, kinds.get(i)));
        }
        all.forEach(state::signal);

        LiveSnapshot snapshot = state.snapshot(NOW);

        Comparator<Signal> newestFirst = Comparator.comparingLong(Signal::time)
                .thenComparing(Signal::customer)
                .reversed();
        List<SignalKind> returns = List.of(SignalKind.WAKE_UP, SignalKind.RECOVERY, SignalKind.WIN_BACK);
        assertThat(snapshot.returning())
                .isEqualTo(all.stream()
                        .filter(signal -> returns.contains(signal.kind()))
                        .sorted(newestFirst)
                        .limit(40)
                        .toList());
        assertThat(snapshot.leaving())
                .isEqualTo(all.stream()
                        .filter(signal -> !returns.contains(signal.kind()))
                        .sorted(newestFirst)
                        .limit(40)
                        .toList());
        assertThat(snapshot.signals().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(all.size());
    }

    @Test
    void offersAndWithdrawalsAreCountedAndWhatANewerListReplacesIsNoNews() {
        LiveSnapshot snapshot = Views.offered().snapshot(NOW);

        // Of a kind's records the one with most acceptances is the newest, in whatever order they are read.
        assertThat(snapshot.offers()).isEqualTo(new OfferTotals(2, 101, 5, 1, 1_234, 56));
        assertThat(snapshot.newestOffers())
                .extracting(OfferNews::offerId)
                .containsExactly("sku:20725", "spring-tea", "sku:85123A");
        assertThat(Views.offered().offered()).isEqualTo(2);
        assertThat(Views.filled().snapshot(NOW).offers().isEmpty()).isTrue();
    }

    @Test
    void throughputIsThatOfTheNewestSeconds() {
        Throughput throughput = new Throughput();
        long second = TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i <= 100; i++) {
            throughput.add(i < 50 ? 10L * i : 500 + 20L * (i - 50), i * second);
        }

        assertThat(throughput.rate(100 * second)).isEqualTo(20);
        assertThat(throughput.rate(106 * second)).isZero();
        List<Long> history = throughput.history(100 * second);
        assertThat(history).hasSize(Throughput.SECONDS);
        assertThat(history.subList(0, 11)).containsOnly(10L);
        assertThat(history.subList(11, 60)).containsOnly(20L);
        assertThat(new Throughput().rate(0)).isZero();
        assertThat(new Throughput().history(0)).containsOnly(0L);
    }
}

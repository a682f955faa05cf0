package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.ReplayCase.Break;
import io.ebbline.cli.ReplayCase.Way;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReplayCaseTest {

    @Test
    void theFirstRunsHaveEveryWayAndEveryParallelism() {
        List<ReplayCase> first =
                IntStream.range(0, 4).mapToObj(run -> ReplayCase.draw(7, run)).toList();
        Set<Way> ways = EnumSet.noneOf(Way.class);
        first.forEach(played -> ways.addAll(played.ways()));
        assertThat(ways).containsExactlyInAnyOrder(Way.values());
        assertThat(first.stream().map(ReplayCase::parallelism)).containsExactlyInAnyOrder(1, 2, 3, 8);
        assertThat(first.get(0).description()).isEqualTo("parallelism 1, in order");
        assertThat(first.get(0).breaks()).isEmpty();
    }

    @Property
    void aCaseIsWhatSeedAndNumberSay(@ForAll long seed, @ForAll @IntRange(max = 1_000) int run) {
        ReplayCase played = ReplayCase.draw(seed, run);
        assertThat(played).isEqualTo(ReplayCase.draw(seed, run));
        assertThat(played.has(Way.SHUFFLED) && played.has(Way.APART)).isFalse();
        assertThat(played.has(Way.REPLAYED) && played.has(Way.PREVIEWS)).isFalse();
        assertThat(played.duplicatePercent() > 0).isEqualTo(played.has(Way.DUPLICATES));
        assertThat(played.breaks().stream().anyMatch(cut -> !cut.savepoint())).isEqualTo(played.has(Way.CRASHES));
        assertThat(played.breaks().stream().anyMatch(Break::savepoint)).isEqualTo(played.has(Way.SAVEPOINT));
        assertThat(played.breaks().stream().map(Break::at)).isSorted();
        int parallelism = played.parallelism();
        for (Break cut : played.breaks()) {
            assertThat(cut.parallelism() == parallelism).isEqualTo(!cut.savepoint());
            parallelism = cut.parallelism();
        }
    }

    @Test
    void everyWayIsDrawnAgain() {
        Set<Way> ways = EnumSet.noneOf(Way.class);
        Set<Integer> parallelisms = new TreeSet<>();
        IntStream.range(4, 40).mapToObj(run -> ReplayCase.draw(1, run)).forEach(played -> {
            ways.addAll(played.ways());
            parallelisms.add(played.parallelism());
        });
        assertThat(ways).containsExactlyInAnyOrder(Way.values());
        assertThat(parallelisms).containsExactly(1, 2, 3, 8);
    }

    @Test
    void theDescriptionNamesEveryWay() {
        List<Break> breaks = List.of(new Break(0.2, false, 8), new Break(0.5, true, 3), new Break(0.7, false, 3));
        Set<Way> ways = EnumSet.complementOf(EnumSet.of(Way.APART));
        assertThat(new ReplayCase(9, 1, 8, ways, 5, breaks).description())
                .isEqualTo("parallelism 8, shuffled, 2 crashes, a savepoint, then parallelism 3, duplicates 5 %,"
                        + " the other affinity lists, previews, replayed");
    }

    @Test
    void theCommandForOneRunCanBePasted() {
        assertThat(VerifyReplayCommand.again(
                        List.of("verify-replay", "--input", "my shop's.csv", "--only=3", "--runs", "9"), 4))
                .isEqualTo("./ebbline verify-replay --input 'my shop'\\''s.csv' --runs 9 --only 4");
        assertThat(VerifyReplayCommand.again(List.of("verify-replay", "--only", "3", "--seed=2"), 3))
                .isEqualTo("./ebbline verify-replay --seed=2 --only 3");
    }
}

package io.ebbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Engine.Progress;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Profile;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.NaiveEngine.Head;
import io.ebbline.testing.NaiveEngine.Told;
import io.ebbline.testing.RandomHistory;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The engine against the naive oracle: however time advances, it says what brute force says. */
class EngineOracleTest {

    private static final int TRIES = 400;

    /** The engine over one history, with all that it said. */
    private static final class Run {
        final RandomHistory history;
        final Engine engine;
        final Profile profile = new Profile();
        final ListInbox inbox = new ListInbox();
        final List<Effect> effects = new ArrayList<>();
        int applied;
        int duplicate;

        Run(RandomHistory history, ModelTimeline models) {
            this.history = history;
            this.engine = new Engine(history.rules(), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        }

        void advance(long watermark, long deadlines) {
            Progress progress = engine.advance(history.customer(), profile, inbox, watermark, deadlines, effects::add);
            applied += progress.applied();
            duplicate += progress.duplicate();
        }

        void finish() {
            advance(Long.MAX_VALUE, history.rules().until());
        }

        List<Told> told() {
            return effects.stream()
                    .filter(Effect.Transition.class::isInstance)
                    .map(effect -> Told.of((Effect.Transition) effect))
                    .toList();
        }

        Head last() {
            return effects.stream()
                    .filter(effect -> effect instanceof Effect.Answer || effect instanceof Effect.Forgotten)
                    .reduce((first, second) -> second)
                    .filter(Effect.Answer.class::isInstance)
                    .map(effect -> Head.of((Effect.Answer) effect))
                    .orElse(null);
        }

        void mustEqual(NaiveEngine.Result expected) {
            List<Told> told = told();
            for (int i = 0; i < Math.min(told.size(), expected.transitions().size()); i++) {
                assertThat(told.get(i)).isEqualTo(expected.transitions().get(i));
            }
            assertThat(told).hasSameSizeAs(expected.transitions());
            assertThat(effects.stream()
                            .filter(Effect.Signal.class::isInstance)
                            .map(effect -> NaiveEngine.Signalled.of((Effect.Signal) effect)))
                    .containsExactlyElementsOf(expected.signals());
            assertThat(effects.stream()
                            .filter(Effect.Changed.class::isInstance)
                            .map(effect -> NaiveEngine.Change.of((Effect.Changed) effect)))
                    .containsExactlyElementsOf(expected.changes());
            assertThat(effects.stream().filter(Effect.Checked.class::isInstance))
                    .containsExactlyElementsOf(expected.checked());
            assertThat(effects.stream()
                            .filter(Effect.Forgotten.class::isInstance)
                            .map(Effect::asOf))
                    .containsExactlyElementsOf(expected.forgotten());
            assertThat(effects.stream()
                            .filter(Effect.Switched.class::isInstance)
                            .map(effect -> NaiveEngine.Switched.of((Effect.Switched) effect)))
                    .containsExactlyElementsOf(expected.switched());
            assertThat(last()).isEqualTo(expected.last());
            assertThat(applied).isEqualTo(expected.applied());
            assertThat(duplicate).isEqualTo(expected.duplicate());
        }
    }

    private static Run run(RandomHistory history) {
        return new Run(history, history.timeline());
    }

    @Test
    void theHistoriesHoldWhatIsCompared() {
        List<NaiveEngine.Result> all = LongStream.range(0, 200)
                .mapToObj(seed -> RandomHistory.of(seed, 30).expected())
                .toList();
        List<Effect.Checked> checked =
                all.stream().flatMap(result -> result.checked().stream()).toList();
        assertThat(checked).hasSizeGreaterThan(500);
        assertThat(checked)
                .anyMatch(c -> c.prediction().boughtAt() == c.prediction().end());
        assertThat(checked.stream().filter(c -> c.prediction().bought()).count())
                .isBetween(100L, 5_000L);
        assertThat(checked.stream().filter(c -> !c.prediction().bought()).count())
                .isGreaterThan(100);
        assertThat(all.stream().flatMap(result -> result.changes().stream()))
                .anyMatch(change -> change.trigger() == Effect.Trigger.SILENCE && change.alive() != null)
                .anyMatch(change -> change.stage() == null);
    }

    @Property(tries = TRIES)
    void allAtOnceItSaysWhatBruteForceSays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        Run run = run(history);
        run.inbox.addAll(history.events());
        run.finish();
        run.mustEqual(history.expected());
        Head atEnd = history.expected().atEnd();
        if (atEnd != null) {
            long end = Math.max(history.rules().until(), run.profile.appliedThrough());
            assertThat(Head.of(run.engine.answerAt(run.profile, end))).isEqualTo(atEnd);
        }
    }

    @Property(tries = TRIES)
    void eventByEventItSaysTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        Run run = run(history);
        List<Event> sorted = NaiveEngine.sorted(history.events());
        for (int i = 0; i < sorted.size(); i++) {
            run.inbox.addAll(List.of(sorted.get(i)));
            if (i + 1 == sorted.size()
                    || sorted.get(i + 1).time() > sorted.get(i).time()) {
                run.advance(sorted.get(i).time(), sorted.get(i).time());
            }
        }
        run.finish();
        run.mustEqual(history.expected());
    }

    @Property(tries = TRIES)
    void inRandomStepsWithLazyDeadlinesItSaysTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        Run run = run(history);
        Random random = new Random(seed);
        List<Event> arriving = new ArrayList<>(history.events());
        Collections.shuffle(arriving, random);
        long watermark = arriving.stream().mapToLong(Event::time).min().orElseThrow() - 1;
        while (!arriving.isEmpty()) {
            watermark += nextStep(random);
            long passed = watermark;
            List<Event> due = arriving.stream()
                    .filter(event -> event.time() <= passed || random.nextInt(4) == 0)
                    .toList();
            due.forEach(arriving::remove);
            run.inbox.addAll(due);
            run.advance(watermark, watermark - (random.nextBoolean() ? 0 : nextStep(random)));
        }
        run.finish();
        run.mustEqual(history.expected());
    }

    @Property(tries = TRIES)
    void duplicatesWithinTheHorizonChangeNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<Event> twice = new ArrayList<>(history.events());
        twice.addAll(history.events());
        Collections.shuffle(twice, new Random(seed));
        Run once = run(history);
        once.inbox.addAll(history.events());
        once.finish();
        Run doubled = run(history);
        doubled.inbox.addAll(twice);
        doubled.finish();
        assertThat(doubled.effects).isEqualTo(once.effects);
        assertThat(doubled.profile.data()).isEqualTo(once.profile.data());
        assertThat(doubled.duplicate)
                .isEqualTo(once.duplicate + history.events().size());
    }

    @Property(tries = TRIES)
    void theOrderInWhichModelsBecomeKnownDoesNotMatter(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<ModelTimeline.Entry> shuffled = new ArrayList<>(history.models());
        Collections.shuffle(shuffled, new Random(seed));
        ModelTimeline timeline = new ModelTimeline();
        shuffled.forEach(entry -> timeline.add(entry.model(), entry.effectiveAt()));
        Run run = new Run(history, timeline);
        run.inbox.addAll(history.events());
        run.finish();
        run.mustEqual(history.expected());
    }

    @Property(tries = 100)
    void atTheEndOfAllTimeOfARunWithoutEndNothingMoreFires(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int size) {
        RandomHistory bounded = RandomHistory.of(seed, size);
        EngineRules endless = new EngineRules(
                EngineRules.ENDLESS,
                bounded.rules().dedupHorizonMillis(),
                bounded.rules().maxReviewMillis(),
                ZoneOffset.UTC);
        RandomHistory history =
                new RandomHistory(seed, bounded.customer(), bounded.events(), bounded.models(), endless);
        long newest = bounded.events().get(bounded.events().size() - 1).time();
        Run run = run(history);
        run.inbox.addAll(history.events());
        run.advance(EngineRules.ENDLESS, newest);
        run.mustEqual(NaiveEngine.run(history.customer(), history.events(), history.models(), endless, newest));
    }

    private static long nextStep(Random random) {
        return random.nextInt(3) == 0 ? 1 : (long) (random.nextDouble() * 40 * 86_400_000L);
    }
}

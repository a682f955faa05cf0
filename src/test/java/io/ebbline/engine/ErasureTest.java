package io.ebbline.engine;

import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Counted;
import io.ebbline.engine.Effect.Erased;
import io.ebbline.engine.Effect.Forgotten;
import io.ebbline.engine.Effect.Suppressed;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whoever is erased is as if never seen. */
class ErasureTest {

    /** What is said of a customer with these events, and what is known of them at the end. */
    private static final class Life {
        private final Profile profile = new Profile();
        private final List<Effect> said = new ArrayList<>();
        private Engine.Progress progress = new Engine.Progress(0, 0, 0);

        static Life of(RandomHistory history, List<Event> events, long until) {
            Life life = new Life();
            EngineRules rules = history.rules();
            life.progress = new Engine(rules, history.timeline(), NaiveEngine.TOPIC, "churn-signals", "score-changes")
                    .advance(
                            history.customer(),
                            life.profile,
                            ListInbox.of(events),
                            until,
                            Math.min(until, rules.until()),
                            life.said::add);
            return life;
        }

        /** Answers are told once a step, so they depend on the steps. */
        List<Effect> news() {
            return said.stream().filter(effect -> !(effect instanceof Answer)).toList();
        }
    }

    private static List<Event> those(RandomHistory history, Predicate<Event> which) {
        return history.events().stream().filter(which).toList();
    }

    @Property(tries = 500)
    void beforeIsAsWithoutItAndAfterItIsAsWithoutWhatWasBefore(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int size, @ForAll @IntRange(max = 39) int at) {
        RandomHistory history = RandomHistory.of(seed, size);
        long time = history.events().get(at % history.events().size()).time();
        List<Event> all = new ArrayList<>(history.events());
        all.add(new Erasure("q", time));
        Life whole = Life.of(history, all, Long.MAX_VALUE);
        Life before = Life.of(history, those(history, event -> event.time() < time), time - 1);
        Life after = Life.of(history, those(history, event -> event.time() > time), Long.MAX_VALUE);

        List<Effect> news = whole.news();
        int end = news.size() - after.news().size();
        assertThat(news.subList(0, before.news().size())).isEqualTo(before.news());
        assertThat(news.subList(end, news.size())).isEqualTo(after.news());
        List<Effect> between = news.subList(before.news().size(), end);
        assertThat(between).allMatch(effect -> effect.asOf() == time);
        boolean known = before.profile.appliedThrough() != Profile.NEVER;
        assertThat(between.stream().filter(Erased.class::isInstance)).containsExactly(new Erased(time, known));
        assertThat(between.stream().filter(Forgotten.class::isInstance)).hasSize(known ? 1 : 0);
        assertThat(between.stream().filter(Counted.class::isInstance).map(effect -> ((Counted) effect).now()))
                .allMatch(Figures.NONE::equals);
        List<Event> suppressed = those(history, event -> event.time() == time);
        assertThat(between.stream().filter(Suppressed.class::isInstance).map(effect -> ((Suppressed) effect).event()))
                .containsExactlyInAnyOrderElementsOf(suppressed);
        assertThat(whole.profile.data()).isEqualTo(after.profile.data());
        assertThat(whole.profile.standing()).isEqualTo(after.profile.standing());
        assertThat(whole.progress.taken()).isEqualTo(all.size());
        assertThat(whole.progress.refused()).isEqualTo(suppressed.size());
    }

    @Test
    void aLateOneTakesWhatIsKnownByThen() {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        Engine engine = new Engine(EngineRules.defaults(), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        Profile profile = new Profile();
        List<Effect> said = new ArrayList<>();
        engine.advance(
                "anna",
                profile,
                ListInbox.of(List.of(visit(day(0)), order("a", day(90), 1_000))),
                day(90),
                0,
                said::add);
        said.clear();
        Engine.LateVerdict verdict = engine.late("anna", profile, new Erasure("q", day(1)), day(90), said::add);
        assertThat(verdict).isEqualTo(Engine.LateVerdict.BOOKED);
        assertThat(said).contains(new Forgotten(day(90), 1_000, 0)).endsWith(new Erased(day(90), true));
        assertThat(said).noneMatch(Answer.class::isInstance);
        assertThat(profile.data()).isEqualTo(new Profile().data());
    }
}

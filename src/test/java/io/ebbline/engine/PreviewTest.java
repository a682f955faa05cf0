package io.ebbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.profile.Profile;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.PackedWriter;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is shown ahead is what is said once the watermark has come. */
class PreviewTest {

    /** A customer in the middle of a history, with all that was said until then. */
    private static final class Life {
        final RandomHistory history;
        final Engine engine;
        final Profile profile = new Profile();
        Answer said;

        Life(RandomHistory history) {
            this.history = history;
            this.engine = new Engine(
                    history.rules(), history.timeline(), NaiveEngine.TOPIC, "churn-signals", "score-changes");
        }

        void advance(List<Event> waiting, long watermark) {
            engine.advance(history.customer(), profile, ListInbox.of(waiting), watermark, watermark, effect -> {
                if (effect instanceof Answer answer) {
                    said = answer;
                } else if (effect instanceof Effect.Forgotten) {
                    said = null;
                }
            });
        }

        byte[] packed() {
            return CustomerCodec.pack(profile, new PackedWriter());
        }

        Answer preview(List<Event> waiting, long newest) {
            return engine.preview(history.customer(), CustomerCodec.unpack(packed()), ListInbox.of(waiting), newest);
        }
    }

    @Property(tries = 500)
    void itIsWhatIsSaidOnceTheWatermarkHasPassedTheSameEvents(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        Random random = new Random(seed);
        RandomHistory history = RandomHistory.of(seed, size);
        List<Event> events = NaiveEngine.sorted(history.events());
        Life life = new Life(history);
        int applied = random.nextInt(events.size());
        long watermark = events.get(applied).time() - random.nextInt(2);
        life.advance(events.stream().filter(event -> event.time() <= watermark).toList(), watermark);

        List<Event> waiting = new ArrayList<>();
        for (Event event : events) {
            if (event.time() > watermark && random.nextInt(5) > 0) {
                waiting.add(event);
                if (random.nextInt(4) == 0) {
                    waiting.add(event); // Delivered again.
                }
            }
        }
        if (!waiting.isEmpty() && random.nextInt(6) == 0) {
            waiting.add(
                    new Erasure("q", waiting.get(random.nextInt(waiting.size())).time()));
        }
        long newest = waiting.stream().mapToLong(Event::time).max().orElse(watermark);
        byte[] before = life.packed();
        Answer preview = life.preview(waiting, newest);
        assertThat(life.packed()).isEqualTo(before);

        life.advance(waiting, newest);
        assertThat(preview).isEqualTo(life.said);
    }

    @Test
    void ofWhomNothingIsKnownThereIsNone() {
        Life life = new Life(RandomHistory.of(7, 3));
        assertThat(life.preview(List.of(), Profile.NEVER)).isNull();
        assertThat(life.preview(List.of(new Erasure("q", 5)), 5)).isNull();
        List<Event> events = NaiveEngine.sorted(life.history.events());
        long newest = events.get(2).time();
        assertThat(life.preview(events, newest)).isNotNull();
        List<Event> erased = new ArrayList<>(events);
        erased.add(new Erasure("q", newest));
        assertThat(life.preview(erased, newest)).isNull();
    }
}

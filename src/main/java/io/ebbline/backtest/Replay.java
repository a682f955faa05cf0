package io.ebbline.backtest;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.engine.Inbox;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The engine itself, under one model from the beginning of time, over customers whose events have all come. */
public final class Replay {

    private final Engine engine;
    private final long until;

    /**
     * A replay.
     *
     * @param until end of the history, milliseconds since the epoch: no deadline beyond it is handled
     */
    public Replay(ScoringModel model, EngineRules rules, long until) {
        this(model, rules, until, Engine.FORTNIGHT);
    }

    /** The same with how long offers that are shown stand. */
    public Replay(ScoringModel model, EngineRules rules, long until, Exposures.Lives lives) {
        ModelTimeline models = new ModelTimeline();
        models.add(model, 0);
        this.engine = new Engine(
                rules.until(until), models, "lifecycle-transitions", "churn-signals", "score-changes", lives);
        this.until = until;
    }

    /** All that is said of one customer. */
    public void play(CustomerEvents customer, Consumer<Effect> out) {
        engine.advance(customer.customer(), new Profile(), new Waiting(customer.events()), until, until, out);
    }

    /** The churn signals of one customer in the order in which they are given. */
    public List<Effect.Signal> signals(CustomerEvents customer) {
        List<Effect.Signal> signals = new ArrayList<>();
        play(customer, effect -> {
            if (effect instanceof Effect.Signal signal) {
                signals.add(signal);
            }
        });
        return signals;
    }

    /**
     * What is said of one customer at each of some instants, by which nothing is known of what comes after it.
     *
     * @param instants ascending, milliseconds since the epoch, none beyond the end of the history
     */
    public List<Effect.Answer> answers(CustomerEvents customer, long... instants) {
        Profile profile = new Profile();
        Inbox inbox = new Waiting(customer.events());
        List<Effect.Answer> answers = new ArrayList<>(instants.length);
        for (long instant : instants) {
            engine.advance(customer.customer(), profile, inbox, instant, instant, effect -> {});
            answers.add(engine.answerAt(profile, instant));
        }
        return answers;
    }

    private static final class Waiting implements Inbox {
        private final List<Event> events;
        private int next;

        Waiting(List<Event> events) {
            this.events = events;
        }

        @Override
        public boolean isEmpty() {
            return next == events.size();
        }

        @Override
        public long nextTime() {
            return events.get(next).time();
        }

        @Override
        public Event poll() {
            return events.get(next++);
        }
    }
}

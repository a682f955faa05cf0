package io.ebbline.cli;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.engine.Inbox;
import io.ebbline.engine.Memory;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.operator.Exchange;
import io.ebbline.profile.Membership.Retired;
import io.ebbline.profile.Profile;
import io.ebbline.state.EventCodec;
import io.ebbline.state.StoredParcels;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the engine leaves them at an instant, and what led there. Events are applied in their total order, whenever they
 * arrived: so none is late.
 *
 * @param steps in the order in which they were done; what was said stands behind the event that caused it
 * @param told the answer as it was told last; null when there is none, or the customer is forgotten
 * @param now what would be said at the instant; null when nothing is known of the customer by then
 * @param retired the merge into another id that stands; null when there is none
 */
record Rebuilt(
        List<Step> steps,
        @Nullable Answer told,
        @Nullable Answer now,
        @Nullable Retired retired) {

    /** What became of an event. */
    enum Outcome {
        APPLIED,
        REPEATED,
        REFUSED
    }

    /** Something on the timeline. */
    sealed interface Step {

        /** The instant that it belongs to, milliseconds since the epoch. */
        long time();
    }

    /**
     * An event.
     *
     * @param why null unless it was refused
     */
    record Came(
            Incoming record,
            Event event,
            Outcome outcome,
            @Nullable RejectReason why) implements Step {
        @Override
        public long time() {
            return event.time();
        }
    }

    /** A transition, a signal, other scores, the customer forgotten, or the id retired. */
    record Said(Effect effect) implements Step {
        @Override
        public long time() {
            return effect.asOf();
        }
    }

    Rebuilt {
        steps = List.copyOf(steps);
    }

    /**
     * Does again what the job did.
     *
     * @param records those of the customer, decoded, in any order; rejected ones are passed over
     * @param currency ISO 4217 code of the shop's currency
     * @param instant how far, milliseconds since the epoch
     */
    static Rebuilt of(
            String customer,
            List<Incoming> records,
            EngineRules rules,
            ModelTimeline models,
            String currency,
            long instant) {
        Engine engine = new Engine(
                rules,
                models,
                Topic.LIFECYCLE_TRANSITIONS.topicName(),
                Topic.CHURN_SIGNALS.topicName(),
                Topic.SCORE_CHANGES.topicName(),
                models.offers()::lifeMillis,
                new StoredParcels());
        Profile profile = new Profile();
        Run run = new Run(inOrder(records), new Exchange(currency, models.rates()));
        engine.advance(customer, profile, run, instant, instant, run, run::said);
        Retired retired = profile.membership().retired();
        boolean known = profile.isKnown() && retired == null;
        return new Rebuilt(
                run.steps, known ? run.told : null, known ? engine.answerAt(profile, instant) : null, retired);
    }

    private static List<Incoming> inOrder(List<Incoming> records) {
        return records.stream()
                .filter(record -> record.body() != null)
                .sorted((a, b) -> EventCodec.compare(a.time(), body(a), b.time(), body(b)))
                .toList();
    }

    private static byte[] body(Incoming record) {
        byte[] body = record.body();
        return body == null ? new byte[0] : body;
    }

    /** How many events came to that. */
    long count(Outcome outcome) {
        return steps.stream()
                .filter(step -> step instanceof Came came && came.outcome == outcome)
                .count();
    }

    /** The records as an inbox, which notes what becomes of each. */
    private static final class Run implements Inbox, Memory {
        private final List<Incoming> records;
        private final Exchange exchange;
        private final List<Step> steps = new ArrayList<>();
        private int next;
        private @Nullable Answer told;

        Run(List<Incoming> records, Exchange exchange) {
            this.records = records;
            this.exchange = exchange;
        }

        @Override
        public boolean isEmpty() {
            return next == records.size();
        }

        @Override
        public long nextTime() {
            return records.get(next).time();
        }

        /** Repeated is what nobody says more of. */
        @Override
        public @Nullable Event poll() {
            Incoming record = records.get(next++);
            Event event = EventCodec.decode(record.time(), body(record));
            if (exchange.isOurs(event)) {
                steps.add(new Came(record, event, Outcome.REPEATED, null));
                return event;
            }
            List<RejectReason> why = new ArrayList<>(1);
            Event ours = exchange.inOurs(event, why::add);
            steps.add(
                    ours == null
                            ? new Came(record, event, Outcome.REFUSED, why.get(0))
                            : new Came(record, ours, Outcome.REPEATED, null));
            return ours;
        }

        @Override
        public void before(long instant, Profile profile) {
            // Nothing is done again.
        }

        @Override
        public void applied(Event event) {
            settle(Outcome.APPLIED, null);
        }

        private void settle(Outcome outcome, @Nullable RejectReason why) {
            for (int i = steps.size() - 1; i >= 0; i--) {
                if (steps.get(i) instanceof Came came) {
                    steps.set(i, new Came(came.record, came.event, outcome, why));
                    return;
                }
            }
        }

        void said(Effect effect) {
            if (effect instanceof Answer answer) {
                told = answer;
            } else if (effect instanceof Effect.Refused refused) {
                settle(Outcome.REFUSED, RejectReason.of(refused.why()));
            } else if (effect instanceof Effect.Suppressed) {
                settle(Outcome.REFUSED, RejectReason.ERASED);
            } else if (effect instanceof Effect.Erased) {
                settle(Outcome.APPLIED, null);
            } else if (effect instanceof Effect.Transition
                    || effect instanceof Effect.Signal
                    || effect instanceof Effect.Changed
                    || effect instanceof Effect.Retired
                    || effect instanceof Effect.Forgotten) {
                steps.add(new Said(effect));
            }
        }
    }
}

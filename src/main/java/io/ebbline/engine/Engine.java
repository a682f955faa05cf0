package io.ebbline.engine;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Event;
import io.ebbline.event.Move;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.OfferPolicy;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Membership;
import io.ebbline.profile.Profile;
import io.ebbline.profile.SeenEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What Ebbline does with a customer's events and with their silence.
 *
 * <ul>
 *   <li>What it says is a function of the customer's events, the models and the rules: not of the order of arrival, nor of
 *       how far time advances in one step.
 *   <li>Events are applied in their total order; a deadline that falls before an event comes first; at one instant events
 *       come before deadlines.
 *   <li>A model is looked up at the instant of each event and deadline.
 * </ul>
 *
 * <p>Not safe for use by several threads. It holds no state of a customer.
 */
public final class Engine {

    /** How many events a step applied, how many it found to be duplicates, and how many the inbox refused. */
    public record Progress(int applied, int duplicate, int refused) {

        /** How many it took out of the inbox. */
        public int taken() {
            return applied + duplicate + refused;
        }
    }

    /** What became of an event that came too late to be applied in order. */
    public enum LateVerdict {
        /** Its id is known: nothing was done. */
        DUPLICATE,
        /** It was applied where it belongs; what it disproves was taken back. */
        CORRECTED,
        /** Its money and counts were booked as of the customer's latest instant. */
        BOOKED,
        /** It is older than the dedup horizon: nothing was done. */
        TOO_OLD
    }

    /** Every offer stands for as long as the shipped policy says. */
    public static final Exposures.Lives FORTNIGHT =
            (offerId, at) -> OfferPolicy.shipped().lifeMillis();

    private final EngineRules rules;
    private final Scoring scoring;
    private final Identity identity;
    private boolean onRequest;

    /**
     * An engine.
     *
     * @param models the known versions; may grow while the engine is in use
     * @param transitionsTopic topic that transitions go to, part of their ids
     * @param signalsTopic topic that churn signals go to, part of their ids
     * @param changesTopic topic that changes of the head go to, part of their ids
     */
    public Engine(
            EngineRules rules,
            ModelTimeline models,
            String transitionsTopic,
            String signalsTopic,
            String changesTopic) {
        this(rules, models, transitionsTopic, signalsTopic, changesTopic, FORTNIGHT);
    }

    /** The same with how long offers that are shown wait for an answer, rather than 14 days each. */
    public Engine(
            EngineRules rules,
            ModelTimeline models,
            String transitionsTopic,
            String signalsTopic,
            String changesTopic,
            Exposures.Lives lives) {
        this(rules, models, transitionsTopic, signalsTopic, changesTopic, lives, Parcels.NONE);
    }

    /** The same that merges customers, too, and packs what goes from one to the other. */
    public Engine(
            EngineRules rules,
            ModelTimeline models,
            String transitionsTopic,
            String signalsTopic,
            String changesTopic,
            Exposures.Lives lives,
            Parcels parcels) {
        this.rules = rules;
        this.scoring =
                new Scoring(rules, models, new Changes(models, transitionsTopic, signalsTopic, changesTopic), lives);
        this.identity = new Identity(scoring, parcels);
    }

    /**
     * From now on answers are not said but said to be due, {@link Effect.AnswerDue}: of those that nobody would read the work is
     * spared.
     */
    public void answerOnRequest() {
        onRequest = true;
    }

    /** The same where nothing is kept for corrections. */
    public Progress advance(
            String customer, Profile profile, Inbox inbox, long watermark, long deadlines, Consumer<Effect> out) {
        return advance(customer, profile, inbox, watermark, deadlines, Memory.NONE, out);
    }

    /**
     * Takes a customer to an instant: applies the waiting events up to {@code watermark} and handles the deadlines before
     * them, then those up to {@code deadlines}. Neither goes beyond the end of the run for deadlines.
     */
    public Progress advance(
            String customer,
            Profile profile,
            Inbox inbox,
            long watermark,
            long deadlines,
            Memory memory,
            Consumer<Effect> out) {
        int applied = 0;
        int duplicate = 0;
        int refused = 0;
        boolean said = false;
        long erased = NEVER;
        while (true) {
            boolean due = !inbox.isEmpty() && inbox.nextTime() <= watermark;
            long deadline = profile.deadline();
            boolean deadlineInRun = deadline <= rules.until();
            if (due && (inbox.nextTime() <= deadline || !deadlineInRun)) {
                Event event = inbox.poll();
                if (event == null) {
                    refused++;
                } else if (Identity.erases(profile, event)) {
                    if (event.time() == erased) {
                        duplicate++;
                    } else {
                        erased = event.time();
                        erase(customer, profile, event, erased, out);
                        said = false;
                        applied++;
                    }
                } else if (event.time() == erased && event instanceof Move move) {
                    eraseSender(customer, move, erased, out);
                    applied++;
                } else if (event.time() == erased) {
                    out.accept(new Effect.Suppressed(event));
                    refused++;
                } else if (!isKnown(profile, event)) {
                    memory.before(event.time(), profile);
                    remember(profile, event, event.time());
                    memory.applied(event);
                    if (apply(customer, profile, event, event.time(), out)) {
                        applied++;
                        said = true;
                    } else {
                        refused++;
                    }
                } else {
                    duplicate++;
                }
            } else if (deadlineInRun && (due || deadline <= deadlines)) {
                if (Scoring.isForgotten(profile, deadline)) {
                    Consumer<Effect> voice = profile.isKnown() ? Scoring.voice(profile, out) : Scoring.SILENCE;
                    scoring.forget(customer, profile, deadline, Trigger.SILENCE, voice);
                    said = false;
                } else {
                    memory.before(deadline, profile);
                    said |= scoring.look(customer, profile, deadline, Scoring.voice(profile, out));
                }
            } else {
                break;
            }
        }
        if (said) {
            answer(profile, out);
        }
        return new Progress(applied, duplicate, refused);
    }

    /** A customer who has been erased is sent another's history: the other one is to be erased, too. */
    public static void eraseSender(String customer, Move move, long asOf, Consumer<Effect> out) {
        if (move.kind() == Move.Kind.MOVED) {
            out.accept(new Effect.Moved(move.from(), Identity.erasing(customer, move.from(), move.id(), asOf)));
        }
    }

    /** Whether an event of that time comes too late to be applied in order. */
    public boolean isLate(Profile profile, long time, long watermark) {
        return time <= watermark || time <= profile.appliedThrough();
    }

    /**
     * Books what can still be booked of a late event: its facts, as of the latest instant of the customer. Advance the
     * customer afterwards. An erasure is never too late: it takes away what is known by then.
     */
    public LateVerdict late(String customer, Profile profile, Event event, long watermark, Consumer<Effect> out) {
        return late(customer, profile, event, watermark, Memory.NONE, out);
    }

    LateVerdict late(
            String customer, Profile profile, Event event, long watermark, Memory memory, Consumer<Effect> out) {
        if (Identity.erases(profile, event)) {
            erase(customer, profile, event, Math.max(profile.appliedThrough(), event.time()), out);
            return LateVerdict.BOOKED;
        }
        if (isDuplicate(profile, event)) {
            return LateVerdict.DUPLICATE;
        }
        if (!Identity.concerns(event) && event.time() < horizon(reached(profile, watermark))) {
            return LateVerdict.TOO_OLD;
        }
        book(customer, profile, event, Math.max(profile.appliedThrough(), event.time()), memory, out);
        return LateVerdict.BOOKED;
    }

    /** Whether the id of an event that comes late is known. */
    boolean isDuplicate(Profile profile, Event event) {
        return profile.seen().contains(SeenEvents.identity(event), horizon(profile.appliedThrough()));
    }

    /** What the age of an event that comes late is measured from. */
    long reached(Profile profile, long watermark) {
        return Math.max(profile.appliedThrough(), Math.min(watermark, rules.until()));
    }

    /** Books an event as of an instant that is not its own. */
    void book(String customer, Profile profile, Event event, long asOf, Memory memory, Consumer<Effect> out) {
        memory.before(asOf, profile);
        remember(profile, event, asOf);
        apply(customer, profile, event, asOf, out);
        answer(profile, out);
    }

    /** Says the newest answer, if there is one, or that it is due. */
    void answer(Profile profile, Consumer<Effect> out) {
        if (Scoring.hasAnswer(profile)) {
            out.accept(onRequest ? new Effect.AnswerDue(profile.standing().asOf()) : scoring.answer(profile));
        }
    }

    EngineRules rules() {
        return rules;
    }

    Scoring scoring() {
        return scoring;
    }

    /** The newest answer, as it was said or is due; null: there is none. */
    public @Nullable Answer answer(Profile profile) {
        return Scoring.hasAnswer(profile) ? scoring.answer(profile) : null;
    }

    /** What would be said of the customer at an instant; says nothing and changes nothing. */
    public Answer answerAt(Profile profile, long asOf) {
        return scoring.answerAt(profile, asOf);
    }

    /**
     * What {@link #advance} will have said last of a customer at an instant, once the waiting events have been applied and no
     * others. Says nothing.
     *
     * @param copy a copy of the profile, which is taken there
     * @param waiting is emptied
     * @param newest the time of the newest of them
     * @return null: nothing is known of the customer then
     */
    public @Nullable Answer preview(String customer, Profile copy, Inbox waiting, long newest) {
        List<Answer> said = new ArrayList<>(1);
        advance(customer, copy, waiting, newest, newest, effect -> {
            if (effect instanceof Answer answer) {
                said.add(answer);
            }
        });
        if (said.isEmpty()) {
            return answer(copy);
        }
        return said.get(0);
    }

    // ---- one event or deadline

    private boolean isKnown(Profile profile, Event event) {
        return profile.seen()
                .contains(SeenEvents.identity(event), horizon(Math.max(profile.appliedThrough(), event.time())));
    }

    private void remember(Profile profile, Event event, long asOf) {
        long since = horizon(Math.max(profile.appliedThrough(), asOf));
        profile.seen().add(SeenEvents.identity(event), event.time(), since);
    }

    /** Returns false when it is refused. */
    private boolean apply(String customer, Profile profile, Event event, long asOf, Consumer<Effect> out) {
        if (Identity.concerns(event)) {
            boolean served = identity.serve(customer, profile, event, asOf, out);
            profile.appliedAt(asOf);
            if (!profile.isKnown()) {
                profile.deadline(Math.min(profile.deadline(), Scoring.forgottenAt(profile)));
            }
            return served;
        }
        identity.happened(customer, profile, List.of(), event, asOf, out);
        return true;
    }

    private void erase(String customer, Profile profile, Event event, long asOf, Consumer<Effect> out) {
        boolean known = profile.appliedThrough() != NEVER;
        Membership membership = profile.membership();
        if (profile.isRetired()) {
            out.accept(new Effect.Forgotten(asOf, 0, 0)); // What there was to be said was said when it was merged.
            profile.forget();
        } else if (known) {
            scoring.forget(customer, profile, asOf, Trigger.REQUEST, out);
        }
        profile.membership(Membership.NONE);
        Identity.erased(customer, membership, event, asOf, out);
        out.accept(new Effect.Erased(asOf, known));
    }

    private long horizon(long now) {
        return now < Long.MIN_VALUE + rules.dedupHorizonMillis() ? Long.MIN_VALUE : now - rules.dedupHorizonMillis();
    }
}

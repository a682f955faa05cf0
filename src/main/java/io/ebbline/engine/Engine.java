package io.ebbline.engine;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.churn.Decline;
import io.ebbline.churn.Episodes;
import io.ebbline.churn.Lifecycle;
import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Move;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Membership;
import io.ebbline.profile.OrderCategory;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import io.ebbline.profile.SeenEvents;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Frequency;
import io.ebbline.score.Monetary;
import io.ebbline.score.PAlive;
import io.ebbline.score.Recency;
import io.ebbline.score.Score;
import io.ebbline.score.ScoreValue;
import io.ebbline.score.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final ModelTimeline models;
    private final Changes changes;
    private final ShopClock clock;
    private final Exposures.Lives lives;
    private final Identity identity;

    /** Says nothing. */
    static final Consumer<Effect> SILENCE = effect -> {};

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
        this.identity = new Identity(this, parcels);
        this.lives = lives;
        this.rules = rules;
        this.models = models;
        this.changes = new Changes(models, transitionsTopic, signalsTopic, changesTopic);
        this.clock = new ShopClock(rules.timeZone());
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
                    } else {
                        refused++;
                    }
                    said = true;
                } else {
                    duplicate++;
                }
            } else if (deadlineInRun && (due || deadline <= deadlines)) {
                if (isForgotten(profile, deadline)) {
                    forget(
                            customer,
                            profile,
                            deadline,
                            Trigger.SILENCE,
                            profile.isKnown() ? voice(profile, out) : SILENCE);
                    said = false;
                } else {
                    memory.before(deadline, profile);
                    said |= look(customer, profile, deadline, voice(profile, out));
                }
            } else {
                break;
            }
        }
        if (said && hasAnswer(profile)) {
            out.accept(answer(profile));
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
        if (hasAnswer(profile)) {
            out.accept(answer(profile));
        }
    }

    static boolean hasAnswer(Profile profile) {
        return profile.isKnown() && !profile.isRetired();
    }

    EngineRules rules() {
        return rules;
    }

    /** What would be said of the customer at an instant; says nothing and changes nothing. */
    public Answer answerAt(Profile profile, long asOf) {
        ModelTimeline.Entry entry = models.at(asOf);
        Standing standing = assess(profile, entry, asOf, false, signs(profile, entry.model(), asOf));
        return answer(profile, standing, entry, asOf);
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
            return hasAnswer(copy) ? answer(copy) : null;
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
                profile.deadline(Math.min(profile.deadline(), forgottenAt(profile)));
            }
            return served;
        }
        identity.happened(customer, profile, List.of(), event, asOf, out);
        return true;
    }

    /** Books what has happened, and tells what comes of it. */
    void fold(String customer, Profile profile, Event event, long asOf, Consumer<Effect> out) {
        Figures before = profile.figures();
        long orders = profile.orders();
        long lastOrder = profile.rhythm().last();
        profile.apply(event, models.at(asOf).model(), clock);
        boolean ordered = profile.orders() > orders;
        if (ordered && profile.standing().episode().isOpen()) {
            beginAnew(profile);
        }
        if (ordered && event instanceof Purchase purchase && purchase.time() >= lastOrder) {
            switchTo(OrderCategory.of(purchase.lines()), purchase.totalMinor(), profile, asOf, out);
        }
        if (rules.offers()) {
            Facts.shelve(profile, event, ordered, lastOrder, models.at(asOf).model(), asOf, out);
            if (out != SILENCE) { // Each offer shown ends once: where it is spoken of.
                Responses.note(profile, event, lives, asOf, out);
            }
        }
        Standing told = profile.standing();
        evaluate(customer, profile, asOf, trigger(event), ordered, told, before, out);
        if (rules.offers()) {
            Facts.tell(profile, event, ordered, told, models.at(asOf), asOf, out);
        }
    }

    /** Nothing has happened for long enough. Returns whether there is anything new. */
    private boolean look(String customer, Profile profile, long asOf, Consumer<Effect> out) {
        Standing told = profile.standing();
        boolean news = evaluate(customer, profile, asOf, Trigger.SILENCE, false, told, profile.figures(), out);
        if (rules.offers()) {
            Facts.tell(profile, null, false, told, models.at(asOf), asOf, out);
        }
        return news;
    }

    // ---- who is not spoken of

    /** Who hears of a customer. */
    static Consumer<Effect> voice(Profile profile, Consumer<Effect> out) {
        return profile.isRetired() ? SILENCE : out;
    }

    /** Handles the deadlines before an instant, and says nothing. */
    void beSilent(String customer, Profile profile, long before) {
        for (long at = profile.deadline(); at < before && at <= rules.until(); at = profile.deadline()) {
            if (isForgotten(profile, at)) {
                forget(customer, profile, at, Trigger.SILENCE, SILENCE);
            } else {
                look(customer, profile, at, SILENCE);
            }
        }
    }

    /**
     * The customer is another than was said: says what is different.
     *
     * @param said what was last said; the profile's standing is how it stood in truth
     * @param figures what was last counted
     */
    void standAnew(
            String customer,
            Profile profile,
            Standing said,
            Figures figures,
            Trigger trigger,
            long asOf,
            Consumer<Effect> out) {
        evaluate(customer, profile, asOf, trigger, false, said, figures, out);
        tellOffers(profile, asOf, out);
    }

    /** Tells those who make offers who the customer is now. */
    void tellOffers(Profile profile, long asOf, Consumer<Effect> out) {
        if (!rules.offers()) {
            return;
        }
        if (profile.isRetired()) {
            Facts.forget(profile, models.at(asOf), asOf, out);
        } else {
            Facts.restock(profile, models.at(asOf), asOf, out);
        }
    }

    ScoringModel modelAt(long asOf) {
        return models.at(asOf).model();
    }

    ShopClock clock() {
        return clock;
    }

    // ---- a look

    /** An order that names no category is passed over; so is one that comes late, after a later one. */
    private static void switchTo(String category, long minor, Profile profile, long asOf, Consumer<Effect> out) {
        if (!category.equals(OrderCategory.UNKNOWN) && out != SILENCE) {
            out.accept(new Effect.Switched(asOf, profile.category(), category, minor));
            profile.category(category);
        }
    }

    /** What has been told is not told again; and who comes back is not held against what was usual before they left. */
    private static void beginAnew(Profile profile) {
        profile.rhythm().restartCusum();
        if (profile.standing().stage() == Stage.DEPARTED) {
            profile.spend().restart();
            profile.contacts().restart();
        }
    }

    /**
     * Compares what is to be said now with what was said last, tells the changes, and sets the next deadline.
     *
     * @param before what was said last
     * @param figures what was counted last
     */
    private boolean evaluate(
            String customer,
            Profile profile,
            long asOf,
            Trigger trigger,
            boolean ordered,
            Standing before,
            Figures figures,
            Consumer<Effect> out) {
        profile.appliedAt(asOf);
        ModelTimeline.Entry entry = models.at(asOf);
        int signs = signs(profile, entry.model(), asOf);
        Standing now = assess(profile, entry, asOf, ordered, signs);
        SignalKind signal = Episodes.signal(before, now);
        boolean news = trigger != Trigger.SILENCE
                || signal != null
                || differs(before, now)
                || scoreIsDue(profile, entry, asOf);
        if (news) {
            var look = new Changes.Look(customer, profile, before, now, entry, trigger, ordered, signs);
            changes.tell(look, out);
            profile.standing(now);
            Figures counted = profile.figures();
            if (!counted.equals(figures)) {
                out.accept(new Effect.Counted(asOf, figures, counted));
            }
            if (differs(before, now)
                    || counted.orders() != figures.orders()
                    || counted.monetaryMinor() != figures.monetaryMinor()) {
                out.accept(changes.head(look));
            }
        }
        long hash = Hash64.of(customer);
        boolean silent = trigger == Trigger.SILENCE;
        if (silent) {
            Checks.at(hash, profile, entry.model(), asOf, out);
            Responses.at(profile, asOf, out);
        }
        // More events may come at this instant, and a check that is due at it comes after them.
        long from = silent ? asOf + 1 : asOf;
        long check = Math.min(Checks.due(hash, profile, entry.model(), from), Responses.due(profile, from));
        profile.deadline(Math.min(check, nextDeadline(hash, profile, entry.model(), asOf)));
        return news;
    }

    static int signs(Profile profile, ScoringModel model, long asOf) {
        return profile.keptOrders() == 0 ? 0 : Decline.signs(profile, model, asOf);
    }

    private static Standing assess(Profile profile, ModelTimeline.Entry entry, long asOf, boolean ordered, int signs) {
        ScoringModel model = entry.model();
        Standing before = profile.standing();
        Stage stage = Lifecycle.stage(profile, model, asOf, ordered, signs);
        int recency = Recency.of(profile, model, asOf);
        int frequency = Frequency.of(profile, model, asOf);
        int monetary = Monetary.of(profile, model, asOf);
        int alive = PAlive.level(profile, model, asOf);
        String segment = recency == 0 ? null : model.segments().segment(recency, frequency, monetary);
        return new Standing(
                recency,
                frequency,
                monetary,
                alive,
                segment,
                Objects.equals(segment, before.segment()) ? before.segmentSince() : asOf,
                stage,
                stage == before.stage() ? before.stageSince() : asOf,
                Episodes.episode(profile, stage, asOf, signs),
                entry.ref(),
                model.lookBackMillis(),
                asOf);
    }

    // ---- who is forgotten

    private static boolean isForgotten(Profile profile, long asOf) {
        return asOf >= forgottenAt(profile);
    }

    /** A prospect is forgotten after 400 days without an event; so is an id of which a request alone is known. */
    private static long forgottenAt(Profile profile) {
        if (!profile.isKnown() && profile.membership().equals(Membership.NONE)) {
            return Profile.later(profile.appliedThrough(), EngineRules.FORGET_MILLIS);
        }
        return profile.standing().stage() == Stage.PROSPECT
                ? Profile.later(profile.lastEvent(), EngineRules.FORGET_MILLIS)
                : NO_DEADLINE;
    }

    private void erase(String customer, Profile profile, Event event, long asOf, Consumer<Effect> out) {
        boolean known = profile.appliedThrough() != NEVER;
        Membership membership = profile.membership();
        if (profile.isRetired()) {
            out.accept(new Effect.Forgotten(asOf, 0, 0)); // What there was to be said was said when it was merged.
            profile.forget();
        } else if (known) {
            forget(customer, profile, asOf, Trigger.REQUEST, out);
        }
        profile.membership(Membership.NONE);
        Identity.erased(customer, membership, event, asOf, out);
        out.accept(new Effect.Erased(asOf, known));
    }

    /** Nothing is known of the customer any more but whose histories would count as theirs. */
    private void forget(String customer, Profile profile, long asOf, Trigger trigger, Consumer<Effect> out) {
        Membership membership = profile.membership().blank();
        end(customer, profile, null, asOf, trigger, out);
        out.accept(new Effect.Forgotten(asOf, profile.grossMinor(), profile.returnedMinor()));
        profile.forget();
        profile.membership(membership);
    }

    /**
     * Tells that nothing more will be said of the customer.
     *
     * @param into the id that they were merged into; null: they are not
     */
    void end(
            String customer, Profile profile, @Nullable String into, long asOf, Trigger trigger, Consumer<Effect> out) {
        Checks.forget(profile, asOf, out);
        Responses.forget(profile, asOf, out);
        if (rules.offers()) {
            Facts.forget(profile, models.at(asOf), asOf, out);
        }
        changes.end(customer, profile, into, asOf, trigger, out);
        out.accept(new Effect.Counted(asOf, profile.figures(), Figures.NONE));
        out.accept(changes.gone(customer, profile, asOf, trigger));
        if (!profile.category().equals(OrderCategory.UNKNOWN)) {
            out.accept(new Effect.Switched(asOf, profile.category(), OrderCategory.UNKNOWN, 0));
            profile.category(OrderCategory.UNKNOWN);
        }
    }

    private static boolean differs(Standing before, Standing now) {
        return before.recency() != now.recency()
                || before.frequency() != now.frequency()
                || before.monetary() != now.monetary()
                || before.alive() != now.alive()
                || before.stage() != now.stage()
                || !Objects.equals(before.segment(), now.segment());
    }

    private boolean scoreIsDue(Profile profile, ModelTimeline.Entry entry, long asOf) {
        Standing before = profile.standing();
        ScoringModel model = changes.modelOf(before, entry);
        for (Score score : Scores.ALL) {
            if (score.changesAt(profile, model, before.asOf(), asOf) <= asOf) {
                return true;
            }
        }
        return false;
    }

    private long nextDeadline(long hash, Profile profile, ScoringModel model, long asOf) {
        long next = forgottenAt(profile);
        if (profile.standing().stage() != Stage.DEPARTED) {
            next = Math.min(next, rules.reviewAfter(hash, asOf));
        }
        for (Score score : Scores.ALL) {
            next = Math.min(next, score.changesAt(profile, model, asOf, next));
        }
        return Math.min(next, Lifecycle.changesAt(profile, model, asOf, next));
    }

    // ---- what is said

    Answer answer(Profile profile) {
        Standing standing = profile.standing();
        ModelTimeline.Entry entry = models.named(standing.modelRef());
        return answer(profile, standing, entry == null ? models.at(standing.asOf()) : entry, standing.asOf());
    }

    private static Answer answer(Profile profile, Standing standing, ModelTimeline.Entry entry, long asOf) {
        List<ScoreValue> values = new ArrayList<>(Scores.ALL.size());
        double pAlive = Double.NaN;
        double pBuy = Double.NaN;
        double clv = Double.NaN;
        for (Score score : Scores.ALL) {
            ScoreValue value = score.evaluate(profile, entry.model(), asOf);
            values.add(value);
            pAlive = score == Scores.P_ALIVE ? value.value() : pAlive;
            pBuy = score == Scores.P_BUY ? value.value() : pBuy;
            clv = score == Scores.CLV ? value.value() : clv;
        }
        Rfm rfm = profile.rfm(entry.model().lookBackMillis(), asOf);
        return new Answer(
                asOf,
                standing,
                profile.keptOrders() == 0 ? NEVER : profile.lastOrder(),
                rfm.orders(),
                rfm.monetaryMinor(),
                pAlive,
                pBuy,
                clv,
                values,
                entry.ref());
    }

    // ---- small helpers

    private long horizon(long now) {
        return now < Long.MIN_VALUE + rules.dedupHorizonMillis() ? Long.MIN_VALUE : now - rules.dedupHorizonMillis();
    }

    private static Trigger trigger(Event event) {
        if (event instanceof Purchase) {
            return Trigger.PURCHASE;
        }
        return event instanceof Return ? Trigger.RETURN : Trigger.TOUCHPOINT;
    }
}

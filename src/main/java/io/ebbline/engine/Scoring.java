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
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Membership;
import io.ebbline.profile.OrderCategory;
import io.ebbline.profile.Outlook;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
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
 * What is said of one customer when something happens, or nothing for long enough: the profile is brought up to it, compared with what was
 * said last, and what is different is told. It knows nothing of waiting events, of what comes late or of other customers. Holds no
 * state of a customer.
 */
final class Scoring {

    /** Says nothing. */
    static final Consumer<Effect> SILENCE = effect -> {};

    private final EngineRules rules;
    private final ModelTimeline models;
    private final Changes changes;
    private final ShopClock clock;
    private final Exposures.Lives lives;

    Scoring(EngineRules rules, ModelTimeline models, Changes changes, Exposures.Lives lives) {
        this.rules = rules;
        this.models = models;
        this.changes = changes;
        this.clock = new ShopClock(rules.timeZone());
        this.lives = lives;
    }

    /** Whether there is anything to be said. */
    static boolean hasAnswer(Profile profile) {
        return profile.isKnown() && !profile.isRetired();
    }

    /** Books what has happened, and tells what comes of it. */
    void fold(String customer, Profile profile, Event event, long asOf, Consumer<Effect> out) {
        Figures before = profile.figures();
        long orders = profile.orders();
        long lastOrder = profile.rhythm().last();
        Outlook foretold = rules.offers() && event instanceof Purchase && lastOrder != Profile.NEVER
                ? Facts.outlook(profile.rhythm(), models.at(lastOrder).model().buying())
                : null;
        profile.apply(event, models.at(asOf).model(), clock);
        boolean ordered = profile.orders() > orders;
        if (ordered && profile.standing().episode().isOpen()) {
            beginAnew(profile);
        }
        if (ordered && event instanceof Purchase purchase && purchase.time() >= lastOrder) {
            switchTo(OrderCategory.of(purchase.lines()), purchase.totalMinor(), profile, asOf, out);
        }
        Outlook next = null;
        if (rules.offers()) {
            next = Facts.shelve(
                    profile, event, ordered, foretold, models.at(asOf).model(), asOf, out);
            if (out != SILENCE) { // Each offer shown ends once: where it is spoken of.
                Responses.note(profile, event, lives, asOf, out);
            }
        }
        Standing told = profile.standing();
        evaluate(customer, profile, asOf, trigger(event), ordered, told, before, out);
        if (rules.offers()) {
            Facts.tell(profile, event, ordered, told, next, models.at(asOf), asOf, out);
        }
    }

    /** Nothing has happened for long enough. Returns whether there is anything new. */
    boolean look(String customer, Profile profile, long asOf, Consumer<Effect> out) {
        Standing told = profile.standing();
        boolean news = evaluate(customer, profile, asOf, Trigger.SILENCE, false, told, profile.figures(), out);
        if (rules.offers()) {
            Facts.tell(profile, null, false, told, null, models.at(asOf), asOf, out);
        }
        return news;
    }

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

    static boolean isForgotten(Profile profile, long asOf) {
        return asOf >= forgottenAt(profile);
    }

    /** A prospect is forgotten after 400 days without an event; so is an id of which a request alone is known. */
    static long forgottenAt(Profile profile) {
        if (!profile.isKnown() && profile.membership().equals(Membership.NONE)) {
            return Profile.later(profile.appliedThrough(), EngineRules.FORGET_MILLIS);
        }
        return profile.standing().stage() == Stage.PROSPECT
                ? Profile.later(profile.lastEvent(), EngineRules.FORGET_MILLIS)
                : NO_DEADLINE;
    }

    /** Nothing is known of the customer any more but whose histories would count as theirs. */
    void forget(String customer, Profile profile, long asOf, Trigger trigger, Consumer<Effect> out) {
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

    /** What would be said at an instant; says nothing. */
    Answer answerAt(Profile profile, long asOf) {
        ModelTimeline.Entry entry = models.at(asOf);
        Standing standing = assess(profile, entry, asOf, false, signs(profile, entry.model(), asOf));
        return answer(profile, standing, entry, asOf);
    }

    /** What is said last. */
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

    private static Trigger trigger(Event event) {
        if (event instanceof Purchase) {
            return Trigger.PURCHASE;
        }
        return event instanceof Return ? Trigger.RETURN : Trigger.TOUCHPOINT;
    }
}

package io.ebbline.testing;

import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Transition.Kind;
import io.ebbline.engine.Effect.Transition.Moved;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.profile.Risk;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import io.ebbline.state.EventCodec;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Ebbline has to say of one customer, worked out from the complete history by brute force: the oracle that the engine,
 * the operator and the job are held against.
 *
 * <p>It sorts the events, drops duplicates, and at each instant at which the customer is looked at (an event, an age at
 * which R drops, an order or a return that leaves the look-back window, a change of stage or of a sign of decline, a review) works everything out again from the first event on.
 * It shares with the engine the records, the formulas of chances, and the folds of rhythm and trends, which have oracles
 * of their own.
 */
public final class NaiveEngine {

    /** The topic whose name is part of the ids. */
    public static final String TOPIC = "lifecycle-transitions";

    private static final long DAY = 24L * 60 * 60 * 1000;
    private static final long FORGOTTEN_MILLIS = 400 * DAY;
    private static final double[] LEVELS = {.25, .5, .75};
    private static final ShopClock CLOCK = new ShopClock(ZoneOffset.UTC);

    /** A churn signal. */
    public record Signalled(
            SignalKind kind,
            long asOf,
            long since,
            Risk before,
            Risk now,
            Trigger trigger,
            String eventId,
            String modelRef) {

        /** What the engine told, in the same words. */
        public static Signalled of(Effect.Signal told) {
            return new Signalled(
                    told.kind(),
                    told.asOf(),
                    told.since(),
                    told.before(),
                    told.now(),
                    told.trigger(),
                    told.eventId(),
                    told.modelRef());
        }
    }

    /** A change of stage or segment. {@code previousSince} is null where there was no previous. */
    public record Told(
            Kind kind,
            long asOf,
            @Nullable String previous,
            @Nullable String current,
            @Nullable Long previousSince,
            Moved moved,
            Trigger trigger,
            String eventId,
            String modelRef) {

        /** What the engine told, in the same words. */
        public static Told of(Effect.Transition told) {
            return new Told(
                    told.kind(),
                    told.asOf(),
                    told.previous(),
                    told.current(),
                    told.previous() == null ? null : told.previousSince(),
                    told.moved(),
                    told.trigger(),
                    told.eventId(),
                    told.modelRef());
        }
    }

    /** A change of the head. What is null is unknown. */
    public record Change(
            String eventId,
            long asOf,
            int recency,
            int frequency,
            int monetary,
            @Nullable String segment,
            @Nullable Stage stage,
            long orders,
            long monetaryMinor,
            @Nullable Double alive,
            @Nullable Double buy,
            Trigger trigger,
            String modelRef) {

        /** What the engine told, in the same words. */
        public static Change of(Effect.Changed told) {
            var standing = told.standing();
            return new Change(
                    told.eventId(),
                    told.asOf(),
                    standing.recency(),
                    standing.frequency(),
                    standing.monetary(),
                    standing.segment(),
                    standing.stage() == Stage.UNKNOWN ? null : standing.stage(),
                    told.keptOrders(),
                    told.monetaryMinor(),
                    Double.isNaN(told.pAlive()) ? null : told.pAlive(),
                    Double.isNaN(told.pBuy()) ? null : told.pBuy(),
                    told.trigger(),
                    told.modelRef());
        }
    }

    /** An order that names a category, and that of the one before; empty: there was none. To an empty one: forgotten. */
    public record Switched(long asOf, String from, String to, long minor) {

        /** What the engine told, in the same words. */
        public static Switched of(Effect.Switched told) {
            return new Switched(told.asOf(), told.from(), told.to(), told.minor());
        }
    }

    /** The head of an answer. {@code alive} is how many of the levels P(alive) has reached. R, F and M are 0 without a kept order; then there is no segment and no last order either. */
    public record Head(
            long asOf,
            int recency,
            int frequency,
            int monetary,
            int alive,
            @Nullable String segment,
            @Nullable Long segmentSince,
            Stage stage,
            long stageSince,
            @Nullable Long lastOrder,
            long keptOrders,
            long monetaryMinor,
            String modelRef) {

        /** What the engine answered, in the same words. */
        public static Head of(Effect.Answer answer) {
            var standing = answer.standing();
            return new Head(
                    answer.asOf(),
                    standing.recency(),
                    standing.frequency(),
                    standing.monetary(),
                    Math.max(0, standing.alive() - 1),
                    standing.segment(),
                    standing.segment() == null ? null : standing.segmentSince(),
                    standing.stage(),
                    standing.stageSince(),
                    answer.lastOrder() == Profile.NEVER ? null : answer.lastOrder(),
                    answer.keptOrders(),
                    answer.monetaryMinor(),
                    answer.modelRef());
        }
    }

    /**
     * Everything said of the customer.
     *
     * @param transitions in the order in which they are told
     * @param signals in the order in which they are told
     * @param changes in the order in which they are told
     * @param checked predictions in the order in which they were checked
     * @param forgotten instants at which the customer was forgotten
     * @param switched how orders went from category to category
     * @param last the newest answer; null when nothing was said
     * @param atEnd the answer as of the end of the run, or of the newest event where that is later, which is told on no topic;
     *     null when the run has no end
     */
    public record Result(
            List<Told> transitions,
            List<Signalled> signals,
            List<Change> changes,
            List<Effect.Checked> checked,
            List<Long> forgotten,
            List<Switched> switched,
            @Nullable Head last,
            @Nullable Head atEnd,
            int applied,
            int duplicate) {}

    /** What holds of a decline. Signs by name; {@code woke}: ordered in it. */
    private record Decline(Risk risk, long since, Set<Sign> signs, boolean woke) {
        static final Decline NONE = new Decline(Risk.NONE, 0, Set.of(), false);

        boolean open() {
            return risk != Risk.NONE;
        }
    }

    private enum Sign {
        LOW,
        SLOW,
        SPEND,
        ENGAGEMENT,
        NEGATIVE,
        SEVERE
    }

    private record Look(long asOf, Head head, List<Event> applied, ScoringModel model, boolean silent) {}

    private final String customer;
    private final List<ModelTimeline.Entry> models;
    private final EngineRules rules;
    private final List<Told> told = new ArrayList<>();
    private final Map<Long, Integer> toldAt = new LinkedHashMap<>();
    private final List<Signalled> signalled = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Effect.Checked> checked = new ArrayList<>();
    private final List<Long> forgotten = new ArrayList<>();
    private final List<Switched> switched = new ArrayList<>();
    private final List<Instant> restarts = new ArrayList<>();
    private final List<Instant> returnings = new ArrayList<>();
    private String category = "";
    private @Nullable Head said;
    private @Nullable Fold foldOf;
    private Profile fold = new Profile();
    private Decline decline = Decline.NONE;

    /** Without its outcome, which is looked up when it is checked. */
    private @Nullable Prediction open;

    private NaiveEngine(String customer, List<ModelTimeline.Entry> models, EngineRules rules) {
        this.customer = customer;
        this.models = models;
        this.rules = rules;
    }

    /**
     * What has to be said up to the end of the run.
     *
     * @param events all events of the customer, in any order, duplicates included; none of them late
     * @throws IllegalArgumentException when the run has no end: say then how far it has come
     */
    public static Result run(
            String customer, List<? extends Event> events, List<ModelTimeline.Entry> models, EngineRules rules) {
        if (rules.until() == EngineRules.ENDLESS) {
            throw new IllegalArgumentException("The run has no end: say how far it has come.");
        }
        return run(customer, events, models, rules, rules.until());
    }

    /** What has to be said until the watermark has come to {@code through} and all events have been applied. */
    public static Result run(
            String customer,
            List<? extends Event> events,
            List<ModelTimeline.Entry> models,
            EngineRules rules,
            long through) {
        return new NaiveEngine(customer, models, rules).play(events, Math.min(through, rules.until()));
    }

    // ---- the run

    private Result play(List<? extends Event> events, long through) {
        List<Event> unique = withoutDuplicates(events);
        List<Event> applied = new ArrayList<>();
        Look look = null;
        int taken = 0;
        while (true) {
            Event next = taken < unique.size() ? unique.get(taken) : null;
            Long deadline = look == null ? null : deadline(look);
            if (deadline != null && deadline <= through && (next == null || deadline < next.time())) {
                if (isForgotten(applied, deadline)) {
                    forget(deadline, applied);
                    applied.clear();
                    look = null;
                } else {
                    look = look(deadline, List.copyOf(applied), Trigger.SILENCE);
                    check(look);
                }
            } else if (next != null) {
                applied.add(next);
                taken++;
                look = look(next.time(), List.copyOf(applied), trigger(next));
            } else {
                break;
            }
        }
        long end = applied.isEmpty()
                ? rules.until()
                : Math.max(rules.until(), applied.get(applied.size() - 1).time());
        Head atEnd = rules.until() == EngineRules.ENDLESS || applied.isEmpty()
                ? null
                : head(end, applied, modelAt(end), false);
        return new Result(
                List.copyOf(told),
                List.copyOf(signalled),
                List.copyOf(changes),
                List.copyOf(checked),
                List.copyOf(forgotten),
                List.copyOf(switched),
                said,
                atEnd,
                unique.size(),
                events.size() - unique.size());
    }

    private Look look(long asOf, List<Event> applied, Trigger trigger) {
        ScoringModel model = modelAt(asOf);
        Head before = said;
        boolean ordered = trigger != Trigger.SILENCE
                && NaiveProfile.of(applied).orders()
                        > NaiveProfile.of(applied.subList(0, applied.size() - 1))
                                .orders();
        if (ordered) {
            switchTo(category((Purchase) applied.get(applied.size() - 1)), asOf, applied);
        }
        if (ordered && decline.open()) {
            restarts.add(new Instant(applied.size()));
        }
        if (ordered && decline.risk == Risk.LOST) {
            returnings.add(new Instant(applied.size()));
        }
        Head now = head(asOf, applied, model, ordered);
        Decline next = decline(now, applied, model);
        SignalKind signal = signal(next, now.stage);
        if (trigger != Trigger.SILENCE || before == null || signal != null || isNews(before, now, applied)) {
            tellChanges(before, now, applied, trigger, ordered);
            if (signal != null) {
                int ordinal = toldAt.merge(asOf, 1, Integer::sum) - 1;
                signalled.add(new Signalled(
                        signal,
                        asOf,
                        next.open() ? next.since : decline.since,
                        decline.risk,
                        next.risk,
                        trigger,
                        eventId("churn-signals", customer, signal.name(), asOf, ordinal),
                        now.modelRef));
            }
            if (before == null
                    || before.keptOrders != now.keptOrders
                    || before.monetaryMinor != now.monetaryMinor
                    || differs(before, now)) {
                tellChange(now, applied, model, trigger);
            }
            said = now;
            decline = next;
        }
        return new Look(asOf, now, applied, model, trigger == Trigger.SILENCE);
    }

    private void switchTo(String next, long asOf, List<Event> applied) {
        if (!next.isEmpty()) {
            switched.add(new Switched(asOf, category, next, ((Purchase) applied.get(applied.size() - 1)).totalMinor()));
            category = next;
        }
    }

    /** Of the line that comes to most, of equals the first. */
    private static String category(Purchase purchase) {
        String category = "";
        BigInteger most = null;
        for (Line line : purchase.lines()) {
            BigInteger amount = BigInteger.valueOf(line.quantity()).multiply(BigInteger.valueOf(line.unitPrice()));
            if (line.category() != null && (most == null || amount.compareTo(most) > 0)) {
                category = line.category();
                most = amount;
            }
        }
        return category;
    }

    // ---- decline

    /** After how many applied events the CUSUM or the trends were begun anew. */
    private record Instant(int applied) {}

    /** The events that a profile was folded from, and what else it depends on. */
    private record Fold(List<Event> applied, List<Instant> restarts, List<Instant> returnings) {}

    /** The engine's folds, from the first event on, each under the model of its instant. Asked for twice it is folded once. */
    private Profile folded(List<Event> applied) {
        Fold of = new Fold(List.copyOf(applied), List.copyOf(restarts), List.copyOf(returnings));
        if (!of.equals(foldOf)) {
            foldOf = of;
            fold = fold(applied);
        }
        return fold;
    }

    private Profile fold(List<Event> applied) {
        Profile profile = new Profile();
        for (int i = 0; i < applied.size(); i++) {
            Event event = applied.get(i);
            profile.apply(event, modelAt(event.time()), CLOCK);
            if (restarts.contains(new Instant(i + 1))) {
                profile.rhythm().restartCusum();
            }
            if (returnings.contains(new Instant(i + 1))) {
                profile.spend().restart();
                profile.contacts().restart();
            }
        }
        return profile;
    }

    private Set<Sign> signs(long asOf, Profile folded, ScoringModel model) {
        Set<Sign> signs = EnumSet.noneOf(Sign.class);
        for (Sign sign : Sign.values()) {
            if (holds(sign, asOf, folded, model)) {
                signs.add(sign);
            }
        }
        return signs;
    }

    private static boolean holds(Sign sign, long asOf, Profile folded, ScoringModel model) {
        ChurnRules rules = model.churn();
        Rhythm rhythm = folded.rhythm();
        boolean settled = rhythm.repeats() + 1 >= model.stages().matureOrders();
        boolean overdue = overdue(asOf, folded, model);
        return switch (sign) {
            case LOW -> overdue && chance(asOf, folded, model) < threshold(rhythm, rules);
            case SEVERE -> overdue && chance(asOf, folded, model) < rules.severeShare() * threshold(rhythm, rules);
            case SLOW -> settled && rhythm.cusum(asOf, model) >= rules.cusumAlarm();
            case SPEND -> settled && asOf >= folded.spend().fallsBelow(rules.trendFall(), model.decay());
            case ENGAGEMENT ->
                folded.contacts().count() >= rules.trendContacts()
                        && asOf >= folded.contacts().fallsBelow(rules.trendFall(), model.decay());
            case NEGATIVE ->
                folded.grievances().at() != Profile.NEVER
                        && asOf - folded.grievances().at() < rules.negativeMillis();
        };
    }

    private static double threshold(Rhythm rhythm, ChurnRules rules) {
        double share = rhythm.repeats() > 0 ? rules.declineShare() : rules.declineShareOnce();
        return Math.min(rules.declineBelow(), share * rhythm.fresh());
    }

    private static double chance(long asOf, Profile folded, ScoringModel model) {
        Rhythm rhythm = folded.rhythm();
        return model.buying().pBuy(rhythm.evidence(), Math.max(0, asOf - rhythm.last()));
    }

    private static boolean declines(Set<Sign> signs) {
        long lesser = Stream.of(Sign.SPEND, Sign.ENGAGEMENT, Sign.NEGATIVE)
                .filter(signs::contains)
                .count();
        return signs.contains(Sign.LOW) || signs.contains(Sign.SLOW) || lesser >= 2;
    }

    private Decline decline(Head now, List<Event> applied, ScoringModel model) {
        if (now.stage != Stage.DECLINE && now.stage != Stage.DEPARTED) {
            return Decline.NONE;
        }
        Profile folded = folded(applied);
        Set<Sign> seen = EnumSet.noneOf(Sign.class);
        Set<Sign> holding = signs(now.asOf, folded, model);
        seen.addAll(decline.signs);
        seen.addAll(holding);
        if (now.stage == Stage.DEPARTED) {
            return new Decline(Risk.LOST, decline.open() ? decline.since : now.asOf, seen, false);
        }
        Risk risk = holding.contains(Sign.SEVERE) ? Risk.HIGH : Risk.ELEVATED;
        if (!decline.open()) {
            return new Decline(risk, now.asOf, holding, false);
        }
        boolean wakes = !decline.woke && folded.rhythm().last() > Objects.requireNonNull(said).stageSince;
        if (wakes) {
            return new Decline(risk, decline.since, holding, true);
        }
        return new Decline(decline.risk == Risk.HIGH ? Risk.HIGH : risk, decline.since, seen, decline.woke);
    }

    private @Nullable SignalKind signal(Decline next, Stage stage) {
        if (stage == Stage.DECLINE && !decline.open()) {
            return SignalKind.DECLINE;
        }
        if (stage == Stage.DECLINE && next.woke && !decline.woke) {
            return SignalKind.WAKE_UP;
        }
        if (stage == Stage.DECLINE) {
            boolean another = Stream.of(Sign.LOW, Sign.SLOW, Sign.NEGATIVE)
                    .anyMatch(sign -> next.signs.contains(sign) && !decline.signs.contains(sign));
            return another || (next.risk == Risk.HIGH && decline.risk == Risk.ELEVATED) ? SignalKind.ESCALATION : null;
        }
        if (stage == Stage.DEPARTED) {
            return decline.risk == Risk.LOST ? null : SignalKind.DEPARTURE;
        }
        if (!decline.open()) {
            return null;
        }
        if (stage == Stage.PROSPECT) {
            return SignalKind.ENDED;
        }
        return decline.risk == Risk.LOST
                ? SignalKind.WIN_BACK
                : decline.woke ? SignalKind.RECOVERY : SignalKind.WAKE_UP;
    }

    // ---- predictions

    /** At the end of a prediction it is held against the orders; one in its place, or the first, is made on the grid. */
    private void check(Look look) {
        if (open != null && open.end() <= look.asOf) {
            close(look.asOf, look.applied);
        }
        if (open == null && isPredictable(look) && onGrid(look.asOf, look.model)) {
            Profile folded = folded(look.applied);
            open = new Prediction(
                    look.asOf,
                    look.asOf + look.model.buying().horizonMillis(),
                    chance(look.asOf, folded, look.model),
                    look.asOf - folded.rhythm().last());
        }
    }

    private void close(long asOf, List<Event> applied) {
        Prediction made = Objects.requireNonNull(open);
        long day = Long.MIN_VALUE;
        long bought = Profile.NEVER;
        for (int i = 0; i < applied.size() && bought == Profile.NEVER; i++) {
            long time = applied.get(i).time();
            boolean begins = NaiveProfile.of(applied.subList(0, i + 1)).orders()
                    > NaiveProfile.of(applied.subList(0, i)).orders();
            boolean occasion = begins && Math.floorDiv(time, DAY) != day;
            if (begins) {
                day = Math.floorDiv(time, DAY);
            }
            if (occasion && time > made.made() && time <= made.end()) {
                bought = time;
            }
        }
        checked.add(new Effect.Checked(
                asOf, new Prediction(made.made(), made.end(), made.chance(), made.silence(), bought)));
        open = null;
    }

    private static boolean isPredictable(Look look) {
        return NaiveProfile.of(look.applied).keptOrders() > 0 && look.head.stage != Stage.DEPARTED;
    }

    private boolean onGrid(long asOf, ScoringModel model) {
        return Math.floorMod(asOf - hash(customer), model.buying().horizonMillis()) == 0;
    }

    /** When a prediction is to be checked or made next: at the instant of an event too, but after it. */
    private void addCheck(Set<Long> instants, Look look) {
        long from = look.silent ? look.asOf + 1 : look.asOf;
        if (open != null) {
            instants.add(Math.max(from, open.end()));
        } else if (isPredictable(look)) {
            long horizon = look.model.buying().horizonMillis();
            instants.add(from + Math.floorMod(Math.floorMod(hash(customer), horizon) - from, horizon));
        }
    }

    // ---- who is forgotten

    private boolean isForgotten(List<Event> applied, long asOf) {
        return said != null
                && said.stage == Stage.PROSPECT
                && asOf >= applied.get(applied.size() - 1).time() + FORGOTTEN_MILLIS;
    }

    private void forget(long asOf, List<Event> applied) {
        if (open != null) {
            close(asOf, applied);
        }
        Head before = Objects.requireNonNull(said);
        int ordinal = toldAt.merge(asOf, 1, Integer::sum) - 1;
        told.add(new Told(
                Kind.STAGE,
                asOf,
                before.stage.name(),
                null,
                before.stageSince,
                Moved.CUSTOMER,
                Trigger.SILENCE,
                eventId(TOPIC, customer, Kind.STAGE.name(), asOf, ordinal),
                before.modelRef));
        changes.add(new Change(
                changeId(asOf), asOf, 0, 0, 0, null, null, 0, 0, null, null, Trigger.SILENCE, before.modelRef));
        forgotten.add(asOf);
        if (!category.isEmpty()) {
            switched.add(new Switched(asOf, category, "", 0));
            category = "";
        }
        said = null;
        decline = Decline.NONE;
        restarts.clear();
        returnings.clear();
    }

    /**
     * Silence is news when R, F, M, segment or stage change, or would have under the model of the last answer, or when something
     * has left its window.
     */
    private boolean isNews(Head before, Head now, List<Event> applied) {
        ScoringModel then = model(before.modelRef);
        Head underOld = head(now.asOf, applied, then, false);
        return differs(before, now)
                || underOld.recency != before.recency
                || underOld.alive != before.alive
                || leaving(NaiveProfile.of(applied), then, before.asOf).anyMatch(at -> at <= now.asOf);
    }

    private static boolean differs(Head before, Head now) {
        return before.recency != now.recency
                || before.frequency != now.frequency
                || before.monetary != now.monetary
                || before.alive != now.alive
                || before.stage != now.stage
                || !Objects.equals(before.segment, now.segment);
    }

    private void tellChange(Head now, List<Event> applied, ScoringModel model, Trigger trigger) {
        Profile folded = folded(applied);
        boolean bought = NaiveProfile.of(applied).lastOrder() != null;
        changes.add(new Change(
                changeId(now.asOf),
                now.asOf,
                now.recency,
                now.frequency,
                now.monetary,
                now.segment,
                now.stage,
                now.keptOrders,
                now.monetaryMinor,
                !bought ? null : alive(now.asOf, folded, model),
                !bought ? null : chance(now.asOf, folded, model),
                trigger,
                now.modelRef));
    }

    private String changeId(long asOf) {
        return eventId("score-changes", customer, "CHANGE", asOf, toldAt.merge(asOf, 1, Integer::sum) - 1);
    }

    private static double alive(long asOf, Profile folded, ScoringModel model) {
        Rhythm rhythm = folded.rhythm();
        return model.buying().pAlive(rhythm.repeats(), rhythm.span(), Math.max(0, asOf - rhythm.last()));
    }

    private void tellChanges(@Nullable Head before, Head now, List<Event> applied, Trigger trigger, boolean ordered) {
        Head underOld = before == null ? null : head(now.asOf, applied, model(before.modelRef), ordered);
        boolean newModel = before != null && !before.modelRef.equals(now.modelRef);
        if (before == null || before.stage != now.stage) {
            boolean boundary = newModel && underOld != null && underOld.stage == before.stage;
            tell(
                    Kind.STAGE,
                    now,
                    before == null ? null : before.stage.name(),
                    now.stage.name(),
                    before == null ? null : before.stageSince,
                    boundary,
                    trigger);
        }
        String segmentBefore = before == null ? null : before.segment;
        if (!Objects.equals(segmentBefore, now.segment)) {
            boolean boundary = newModel && underOld != null && Objects.equals(underOld.segment, segmentBefore);
            Long since = segmentBefore == null ? null : before.segmentSince;
            tell(Kind.SEGMENT, now, segmentBefore, now.segment, since, boundary, trigger);
        }
    }

    private void tell(
            Kind kind,
            Head now,
            @Nullable String previous,
            @Nullable String current,
            @Nullable Long previousSince,
            boolean boundary,
            Trigger trigger) {
        int ordinal = toldAt.merge(now.asOf, 1, Integer::sum) - 1;
        told.add(new Told(
                kind,
                now.asOf,
                previous,
                current,
                previousSince,
                boundary ? Moved.BOUNDARY : Moved.CUSTOMER,
                trigger,
                eventId(TOPIC, customer, kind.name(), now.asOf, ordinal),
                now.modelRef));
    }

    // ---- what holds at an instant

    private Head head(long asOf, List<Event> applied, ScoringModel model, boolean ordered) {
        NaiveProfile facts = NaiveProfile.of(applied);
        NaiveProfile.Window window = facts.within(model.lookBackMillis(), asOf);
        boolean any = window.lastOrder() != null;
        int r = any ? 5 - exceeded(model.recency().toList(), asOf - window.lastOrder()) : 0;
        int f = any ? 1 + exceeded(model.frequency().toList(), window.keptOrders()) : 0;
        int m = any ? 1 + exceeded(model.monetary().toList(), window.monetaryMinor()) : 0;
        String segment = any ? model.segments().names().get((5 - r) * 5 + (5 - (f + m + 1) / 2)) : null;
        Stage stage = stage(asOf, applied, facts, model, ordered);
        double alive = facts.lastOrder() != null ? alive(asOf, folded(applied), model) : 0;
        boolean sameSegment = said != null && Objects.equals(said.segment, segment);
        return new Head(
                asOf,
                r,
                f,
                m,
                (int) Arrays.stream(LEVELS).filter(level -> alive >= level).count(),
                segment,
                segment == null ? null : sameSegment ? said.segmentSince : Long.valueOf(asOf),
                stage,
                said != null && said.stage == stage ? said.stageSince : asOf,
                facts.lastOrder(),
                window.keptOrders(),
                window.monetaryMinor(),
                model.modelId() + "/" + model.version());
    }

    private Stage stage(long asOf, List<Event> applied, NaiveProfile facts, ScoringModel model, boolean ordered) {
        if (facts.keptOrders() == 0) {
            return Stage.PROSPECT;
        }
        boolean repeats = facts.keptOrders() >= model.stages().matureOrders();
        double span = (double) facts.lastOrder() - facts.firstOrder();
        Stage buying =
                repeats && span / (facts.keptOrders() - 1) < model.stages().hiatusMillis()
                        ? Stage.MATURE
                        : Stage.GROWTH;
        Stage before = said == null ? Stage.UNKNOWN : said.stage;
        Profile folded = folded(applied);
        if (asOf - lastActivity(facts) >= model.stages().hiatusMillis() && gone(asOf, folded, model)) {
            return Stage.DEPARTED;
        }
        if (before == Stage.DEPARTED) {
            return ordered ? buying : Stage.DEPARTED;
        }
        Set<Sign> signs = signs(asOf, folded, model);
        if (before != Stage.DECLINE) {
            return declines(signs) ? Stage.DECLINE : buying;
        }
        ChurnRules rules = model.churn();
        double threshold = threshold(folded.rhythm(), rules);
        boolean over = folded.rhythm().last() > said.stageSince
                && asOf - said.stageSince >= rules.dwellMillis()
                && !declines(signs)
                && chance(asOf, folded, model) >= threshold * (1 + rules.recoverMargin());
        return over ? buying : Stage.DECLINE;
    }

    /** The first instant after {@code asOf}, by {@code by}, at which something holds that goes on to hold in silence. */
    private static void addFirst(Set<Long> instants, LongPredicate holds, long asOf, long by) {
        long before = asOf;
        long at = by;
        if (holds.test(asOf + 1)) {
            at = asOf + 1;
        } else if (!holds.test(by)) {
            return;
        }
        while (at - before > 1) {
            long middle = before + (at - before) / 2;
            if (holds.test(middle)) {
                at = middle;
            } else {
                before = middle;
            }
        }
        instants.add(at);
    }

    /** The next instant at which the customer is looked at though nothing happens; null when there is none. */
    private @Nullable Long deadline(Look look) {
        NaiveProfile facts = NaiveProfile.of(look.applied);
        TreeSet<Long> instants = new TreeSet<>();
        Long lastInWindow = facts.within(look.model.lookBackMillis(), look.asOf).lastOrder();
        if (lastInWindow != null) {
            for (long cut : look.model.recency().toList()) {
                instants.add(lastInWindow + cut + 1);
            }
        }
        leaving(facts, look.model, look.asOf).forEach(instants::add);
        if (look.head.stage == Stage.PROSPECT) {
            instants.add(look.applied.get(look.applied.size() - 1).time() + FORGOTTEN_MILLIS);
        }
        if (look.head.stage != Stage.DEPARTED) {
            long shift = Math.floorMod(hash(customer), rules.maxReviewMillis());
            instants.add(
                    look.asOf + rules.maxReviewMillis() - Math.floorMod(look.asOf - shift, rules.maxReviewMillis()));
        }
        if (look.head.stage != Stage.DEPARTED && facts.keptOrders() > 0) {
            long by = Objects.requireNonNull(instants.higher(look.asOf));
            addChangesOfStage(instants, look, facts, by);
        }
        if (facts.lastOrder() != null) {
            Long higher = instants.higher(look.asOf);
            Profile folded = folded(look.applied);
            for (double level : LEVELS) {
                if (alive(look.asOf, folded, look.model) >= level) {
                    long by = higher == null ? look.asOf + 20_000 * DAY : higher;
                    addFirst(instants, at -> alive(at, folded, look.model) < level, look.asOf, by);
                }
            }
        }
        Long next = instants.higher(look.asOf);
        instants.clear();
        addCheck(instants, look);
        if (next != null) {
            instants.add(next);
        }
        return instants.isEmpty() ? null : instants.first();
    }

    /** When each order and return that the window holds at the instant leaves it. */
    private static Stream<Long> leaving(NaiveProfile facts, ScoringModel model, long asOf) {
        long window = model.lookBackMillis();
        return window == 0
                ? Stream.empty()
                : facts.piecesWithin(window, asOf).stream().map(piece -> piece.time() + window);
    }

    private void addChangesOfStage(Set<Long> instants, Look look, NaiveProfile facts, long by) {
        Profile folded = folded(look.applied);
        ScoringModel model = look.model;
        long hiatus = lastActivity(facts) + model.stages().hiatusMillis();
        addFirstLow(instants, at -> at >= hiatus && gone(at, folded, model), look, hiatus, by, folded);
        if (look.head.stage == Stage.DECLINE) {
            for (Sign sign : List.of(Sign.LOW, Sign.SLOW, Sign.SEVERE)) {
                if (!decline.signs.contains(sign)) {
                    addFirstLow(instants, at -> holds(sign, at, folded, model), look, look.asOf, by, folded);
                }
            }
            if (folded.rhythm().last() > look.head.stageSince) {
                instants.add(look.head.stageSince + model.churn().dwellMillis());
                if (folded.grievances().at() != Profile.NEVER) {
                    instants.add(folded.grievances().at() + model.churn().negativeMillis());
                }
            }
        } else {
            addFirstLow(instants, at -> holds(Sign.LOW, at, folded, model), look, look.asOf, by, folded);
            addFirst(instants, at -> holds(Sign.SLOW, at, folded, model), look.asOf, by);
            // A pair comes when spend or contacts fall, or with the event that made the other sign.
            Stream.of(
                            look.asOf + 1,
                            folded.spend().fallsBelow(model.churn().trendFall(), model.decay()),
                            folded.contacts().fallsBelow(model.churn().trendFall(), model.decay()))
                    .filter(at -> at > look.asOf && at < Profile.NO_DEADLINE && pair(at, folded, model))
                    .forEach(instants::add);
        }
    }

    /** The same for what begins at the earliest when an order is due, or at {@code from}, and may cease for a while. */
    private static void addFirstLow(
            Set<Long> instants, LongPredicate holds, Look look, long from, long by, Profile folded) {
        long due = Math.max(due(folded, look.model), from);
        if (due > look.asOf && due < by) {
            addFirst(instants, holds, look.asOf, due);
            addFirst(instants, holds, due, by);
        } else {
            addFirst(instants, holds, look.asOf, by);
        }
    }

    private static boolean gone(long asOf, Profile folded, ScoringModel model) {
        return overdue(asOf, folded, model)
                && chance(asOf, folded, model) < model.churn().departBelow();
    }

    private static boolean pair(long asOf, Profile folded, ScoringModel model) {
        return Stream.of(Sign.SPEND, Sign.ENGAGEMENT, Sign.NEGATIVE)
                        .filter(sign -> holds(sign, asOf, folded, model))
                        .count()
                >= 2;
    }

    private static boolean overdue(long asOf, Profile folded, ScoringModel model) {
        return asOf >= due(folded, model);
    }

    private static long due(Profile folded, ScoringModel model) {
        Rhythm rhythm = folded.rhythm();
        double gapDays = model.buying().repeat().expectedGapDays(rhythm.repeats(), rhythm.span() / 86_400_000.0);
        return rhythm.last() + 1 + (model.buying().repeat().k() == 1 ? 0 : (long) (gapDays * 86_400_000.0));
    }

    private static long lastActivity(NaiveProfile facts) {
        long visit = facts.lastVisit() == null ? Long.MIN_VALUE : facts.lastVisit();
        return Math.max(visit, Objects.requireNonNull(facts.lastOrder()));
    }

    private static int exceeded(List<Long> cuts, long value) {
        return (int) cuts.stream().filter(cut -> value > cut).count();
    }

    private ScoringModel modelAt(long time) {
        Comparator<ModelTimeline.Entry> order = Comparator.comparingLong(ModelTimeline.Entry::effectiveAt)
                .thenComparingInt(entry -> entry.model().version())
                .thenComparing(entry -> entry.model().modelId());
        return models.stream()
                .filter(entry -> entry.effectiveAt() <= time)
                .max(order)
                .or(() -> models.stream().min(order))
                .orElseThrow()
                .model();
    }

    private ScoringModel model(String ref) {
        return models.stream()
                .map(ModelTimeline.Entry::model)
                .filter(model -> ref.equals(model.modelId() + "/" + model.version()))
                .findFirst()
                .orElseThrow();
    }

    // ---- order, duplicates, names

    /** Events in their total order: time, kind, id, content. */
    public static List<Event> sorted(List<? extends Event> events) {
        Comparator<Event> order = Comparator.comparingLong(Event::time)
                .thenComparingInt(NaiveEngine::rank)
                .thenComparing(event -> event.id().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
                .thenComparing(event -> new EventCodec().encode(event), Arrays::compareUnsigned);
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort(order);
        return sorted;
    }

    private List<Event> withoutDuplicates(List<? extends Event> events) {
        List<Event> unique = new ArrayList<>();
        for (Event event : sorted(events)) {
            boolean known = unique.stream()
                    .anyMatch(other -> other.id().equals(event.id())
                            && (other instanceof Touchpoint) == (event instanceof Touchpoint)
                            && other.time() >= event.time() - rules.dedupHorizonMillis());
            if (!known) {
                unique.add(event);
            }
        }
        return unique;
    }

    private static int rank(Event event) {
        return event instanceof Request ? 0 : event instanceof Purchase ? 1 : event instanceof Return ? 2 : 3;
    }

    private static Trigger trigger(Event event) {
        return event instanceof Purchase
                ? Trigger.PURCHASE
                : event instanceof Return ? Trigger.RETURN : Trigger.TOUCHPOINT;
    }

    /** The first half of SHA-256 over the five parts, each behind its length in two bytes. */
    static String eventId(String topic, String customer, String kind, long instant, int ordinal) {
        ByteBuffer text = ByteBuffer.allocate(100_000);
        for (String part : List.of(topic, customer, kind, "" + instant, "" + ordinal)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            text.putShort((short) bytes.length).put(bytes);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(text.array(), text.position()));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** FNV-1a over UTF-16 units with MurmurHash3's 64-bit finalizer, which spreads the reviews. */
    public static long hash(String text) {
        long h = 0xcbf29ce484222325L;
        for (char unit : text.toCharArray()) {
            h ^= unit;
            h *= 0x100000001b3L;
        }
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        h ^= h >>> 33;
        return h;
    }
}

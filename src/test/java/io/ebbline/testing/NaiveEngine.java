package io.ebbline.testing;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Transition.Kind;
import io.ebbline.engine.Effect.Transition.Moved;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.state.EventCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Ebbline has to say of one customer, worked out from the complete history by brute force: the oracle that the engine,
 * the operator and the job are held against.
 *
 * <p>It shares nothing with the engine but the records: it sorts the events, drops duplicates, and at each instant at which
 * the customer is looked at (an event, an age at which R drops, the end of the hiatus, a review) works everything out
 * again from the first event on.
 */
public final class NaiveEngine {

    /** The topic whose name is part of the ids. */
    public static final String TOPIC = "lifecycle-transitions";

    private static final long WEEK_MILLIS = 7L * 24 * 60 * 60 * 1000;

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

    /** The head of an answer. R, F and M are 0 without a kept order; then there is no segment and no last order either. */
    public record Head(
            long asOf,
            int recency,
            int frequency,
            int monetary,
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
     * @param last the newest answer; null when nothing was said
     * @param atEnd the answer as of the end of the run, which is told on no topic; null when the run has no end
     */
    public record Result(
            List<Told> transitions,
            @Nullable Head last,
            @Nullable Head atEnd,
            int applied,
            int duplicate) {}

    private record Look(long asOf, Head head, List<Event> applied, ScoringModel model) {}

    private final String customer;
    private final List<ModelTimeline.Entry> models;
    private final EngineRules rules;
    private final List<Told> told = new ArrayList<>();
    private final Map<Long, Integer> toldAt = new LinkedHashMap<>();
    private @Nullable Head said;

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
        while (true) {
            Event next = applied.size() < unique.size() ? unique.get(applied.size()) : null;
            Long deadline = look == null ? null : deadline(look);
            if (deadline != null && deadline <= through && (next == null || deadline < next.time())) {
                look = look(deadline, List.copyOf(applied), Trigger.SILENCE);
            } else if (next != null) {
                applied.add(next);
                look = look(next.time(), List.copyOf(applied), trigger(next));
            } else {
                break;
            }
        }
        Head atEnd = rules.until() == EngineRules.ENDLESS
                ? null
                : head(rules.until(), applied, modelAt(rules.until()), false);
        return new Result(List.copyOf(told), said, atEnd, applied.size(), events.size() - unique.size());
    }

    private Look look(long asOf, List<Event> applied, Trigger trigger) {
        ScoringModel model = modelAt(asOf);
        Head before = said;
        Head now = head(asOf, applied, model, trigger == Trigger.PURCHASE);
        if (trigger != Trigger.SILENCE || before == null || isNews(before, now, applied)) {
            tellChanges(before, now, applied, trigger);
            said = now;
        }
        return new Look(asOf, now, applied, model);
    }

    /** Silence is news when R, F, M, segment or stage change, or would have under the model of the last answer. */
    private boolean isNews(Head before, Head now, List<Event> applied) {
        ScoringModel then = model(before.modelRef);
        return before.recency != now.recency
                || before.frequency != now.frequency
                || before.monetary != now.monetary
                || before.stage != now.stage
                || !Objects.equals(before.segment, now.segment)
                || head(now.asOf, applied, then, false).recency != before.recency;
    }

    private void tellChanges(@Nullable Head before, Head now, List<Event> applied, Trigger trigger) {
        Head underOld =
                before == null ? null : head(now.asOf, applied, model(before.modelRef), trigger == Trigger.PURCHASE);
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
        boolean any = facts.lastOrder() != null;
        int r = any ? 5 - exceeded(model.recency().toList(), asOf - facts.lastOrder()) : 0;
        int f = any ? 1 + exceeded(model.frequency().toList(), facts.keptOrders()) : 0;
        int m = any ? 1 + exceeded(model.monetary().toList(), facts.monetaryMinor()) : 0;
        String segment = any ? model.segments().names().get((5 - r) * 5 + (5 - (f + m + 1) / 2)) : null;
        Stage stage = stage(asOf, facts, model, ordered);
        boolean sameSegment = said != null && Objects.equals(said.segment, segment);
        return new Head(
                asOf,
                r,
                f,
                m,
                segment,
                segment == null ? null : sameSegment ? said.segmentSince : Long.valueOf(asOf),
                stage,
                said != null && said.stage == stage ? said.stageSince : asOf,
                facts.lastOrder(),
                facts.keptOrders(),
                facts.monetaryMinor(),
                model.modelId() + "/" + model.version());
    }

    private Stage stage(long asOf, NaiveProfile facts, ScoringModel model, boolean ordered) {
        if (facts.keptOrders() == 0) {
            return Stage.PROSPECT;
        }
        boolean departed = said != null && said.stage == Stage.DEPARTED;
        if ((departed && !ordered)
                || asOf - lastActivity(facts) >= model.stages().hiatusMillis()) {
            return Stage.DEPARTED;
        }
        boolean repeats = facts.keptOrders() >= model.stages().matureOrders();
        double span = (double) facts.lastOrder() - facts.firstOrder();
        return repeats && span / (facts.keptOrders() - 1) < model.stages().hiatusMillis() ? Stage.MATURE : Stage.GROWTH;
    }

    /** The next instant at which the customer is looked at though nothing happens; null when there is none. */
    private @Nullable Long deadline(Look look) {
        NaiveProfile facts = NaiveProfile.of(look.applied);
        TreeSet<Long> instants = new TreeSet<>();
        if (facts.lastOrder() != null) {
            for (long cut : look.model.recency().toList()) {
                instants.add(facts.lastOrder() + cut + 1);
            }
        }
        if (look.head.stage != Stage.DEPARTED) {
            if (facts.keptOrders() > 0) {
                instants.add(lastActivity(facts) + look.model.stages().hiatusMillis());
            }
            instants.add(look.asOf + rules.maxReviewMillis() + Math.floorMod(hash(customer), WEEK_MILLIS));
        }
        return instants.higher(look.asOf);
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
        return event instanceof Purchase ? 1 : event instanceof Return ? 2 : 3;
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

package io.ebbline.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.ebbline.engine.Corrections.Outcome;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Correction;
import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.engine.History.Span;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.engine.Kept.Told;
import io.ebbline.event.Event;
import io.ebbline.event.EventIds;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Unmerge;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Membership.Retired;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what came after a late event again, with it in its place. For one use. */
final class Redo implements Memory {

    /** Something that is implied now, and the span that it falls into; null: nothing is kept of what it falls into. */
    private record Implied(
            Effect effect, Told told, @Nullable Span span) {

        void keep(Told as) {
            if (span != null) {
                span.add(as);
            }
        }
    }

    private final Engine engine;
    private final Corrections.Storage storage;
    private final String customer;
    private final Profile profile;
    private final History history;
    private final Applied late;
    private final List<Applied> booked = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Script script;

    private final List<Implied> implied = new ArrayList<>();

    /** What went to others by the merges that were asked for, by the move's id. */
    private final Map<String, Effect.Moved> merges = new HashMap<>();

    private final List<Effect.Refused> refused = new ArrayList<>();
    private final List<Effect> erased = new ArrayList<>();
    private boolean answered;
    private boolean lateApplied;

    /**
     * A redo.
     *
     * @param base the profile that it begins with; becomes the customer's
     * @param before what is kept of the time before the base; becomes the customer's history
     * @param entries what was kept since the base
     */
    Redo(
            Engine engine,
            Corrections.Storage storage,
            String customer,
            Profile base,
            History before,
            List<Kept> entries,
            Applied late) {
        this.engine = engine;
        this.storage = storage;
        this.customer = customer;
        this.profile = base;
        this.history = before;
        this.late = late;
        List<Applied> inOrder = new ArrayList<>(List.of(late));
        for (Kept entry : entries) {
            if (entry instanceof Told one) {
                told.add(one);
            } else if (entry instanceof Applied event) {
                (event.booked() ? booked : inOrder).add(event);
            }
        }
        inOrder.sort(Applied::compare);
        booked.sort(Comparator.comparingLong(Applied::at));
        script = new Script(inOrder, this::open);
    }

    /**
     * Does it.
     *
     * @param real the customer's profile until now; of no use afterwards
     * @param event the late one
     * @param kept the customer's history, which is replaced
     * @param deadlines how far deadlines were handled
     */
    Outcome run(Profile real, Event event, History kept, long deadlines, Consumer<Effect> out) {
        for (Applied one : booked) {
            engine.advance(customer, profile, script, one.at(), one.at(), this, this::hear);
            Event opened = open(one);
            if (opened != null) {
                long asOf = Math.max(profile.appliedThrough(), one.at());
                engine.book(customer, profile, opened, asOf, this, this::hear);
                history.add(one);
            }
        }
        engine.advance(customer, profile, script, EngineRules.ENDLESS, deadlines, this, this::hear);
        if (!lateApplied) {
            return new Outcome(LateVerdict.DUPLICATE, real);
        }
        Figures before = real.figures();
        Retired retired = real.membership().retired();
        boolean spoken = Scoring.hasAnswer(real);
        long asOf = Math.max(real.appliedThrough(), profile.appliedThrough());
        tellOthers(real, event, out);
        tellRefused(retired, event, out);
        correct(event, out);
        erased.forEach(out);
        Figures now = profile.figures();
        if (!now.equals(before)) {
            out.accept(new Effect.Counted(asOf, before, now));
        }
        tellWhoItIs(spoken, asOf, out);
        kept.restore(history.spans());
        return new Outcome(LateVerdict.CORRECTED, profile);
    }

    /**
     * What others count and offers are made from was told once and is not taken back: they hear of the late event as if it had been
     * booked. So the offers shown, each of which ends once, go on from where they were.
     */
    private void tellOthers(Profile real, Event event, Consumer<Effect> out) {
        Consumer<Effect> others = effect -> {
            if (effect instanceof Effect.Bought
                    || effect instanceof Effect.Responded
                    || effect instanceof Effect.Noted
                    || effect instanceof Effect.Switched) {
                out.accept(effect);
            }
        };
        if (erased.isEmpty()) {
            engine.book(customer, real, event, Math.max(real.appliedThrough(), event.time()), Memory.NONE, others);
        } else {
            engine.late(customer, real, event, event.time(), others);
        }
        if (real.isRetired() != profile.isRetired() || (!erased.isEmpty() && profile.isKnown())) {
            engine.scoring().tellOffers(profile, Math.max(real.appliedThrough(), profile.appliedThrough()), others);
        }
        profile.exposures().restore(List.copyOf(real.exposures().open()));
        long from = Math.max(real.appliedThrough(), profile.appliedThrough());
        profile.deadline(Math.min(profile.deadline(), Responses.due(profile, from)));
    }

    /** Requests that are refused, or refused after all. */
    private void tellRefused(@Nullable Retired retired, Event event, Consumer<Effect> out) {
        for (Effect.Refused one : refused) {
            String request = one.request().id();
            if (one.request().equals(event)) {
                out.accept(one);
            } else if (retired != null && retired.hop().requestId().equals(request)) {
                out.accept(new Effect.Refused(one.asOf(), one.request(), one.why(), true));
            }
        }
    }

    private void tellWhoItIs(boolean spoken, long asOf, Consumer<Effect> out) {
        Retired retired = profile.membership().retired();
        if (Scoring.hasAnswer(profile)) {
            if (answered || !spoken) {
                engine.answer(profile, out);
            }
        } else if (spoken && erased.isEmpty()) {
            out.accept(new Effect.Retired(asOf, retired == null ? null : retired.into()));
        }
    }

    // ---- what is implied

    @Override
    public void before(long instant, Profile now) {
        history.before(instant, engine.rules().correctionHorizonMillis(), () -> storage.pack(now));
    }

    @Override
    public void applied(Event event) {
        Applied one = script.last();
        lateApplied |= one.equals(late);
        history.add(one);
    }

    private @Nullable Event open(Applied one) {
        Event event = storage.open(customer, one.time(), one.body());
        if (event instanceof Merge merge) {
            for (long asOf : new long[] {one.at(), Math.max(profile.appliedThrough(), one.at())}) {
                Move move = Identity.moved(customer, merge, asOf, new byte[0]);
                merges.put(move.id(), new Effect.Moved(merge.into(), move));
            }
        }
        return event;
    }

    private void hear(Effect effect) {
        if (Told.hasId(effect)) {
            List<Span> spans = history.spans();
            Told one = Told.of(effect, storage.content(customer, effect));
            implied.add(new Implied(effect, one, spans.isEmpty() ? null : spans.get(spans.size() - 1)));
        } else if (effect instanceof Answer || effect instanceof Effect.AnswerDue) {
            answered = true;
        } else if (effect instanceof Effect.Refused one) {
            refused.add(one);
        } else if (effect instanceof Effect.Forgotten) {
            erased.add(effect);
            history.clear(); // What was before is not to be done again.
        } else if (effect instanceof Effect.Erased) {
            erased.add(effect);
            lateApplied = true;
        }
    }

    // ---- what was told

    /** Takes back what was told and is not implied, then tells what is implied and was not told. */
    private void correct(Event event, Consumer<Effect> out) {
        Map<String, List<Told>> byId = told.stream().collect(groupingBy(Told::id, toList()));
        Set<Told> stands = new HashSet<>();
        List<Effect> news = new ArrayList<>();
        for (Implied one : implied) {
            if (one.told.line() == Told.Line.MOVE && !merges.containsKey(one.told.id())) {
                Told same = findMove(one.told.toldId());
                if (same == null) {
                    news.add(one.effect);
                }
                Told now = same == null ? one.told : same;
                stands.add(now);
                one.keep(now);
                continue;
            }
            List<Told> before = byId.getOrDefault(one.told.id(), List.of());
            Told same = find(before, one.told.content());
            Told now = same == null ? one.told.again(before.size()) : same;
            if (same == null) {
                news.add(named(one.effect, now.toldId()));
            }
            stands.add(now);
            one.keep(now);
        }
        for (Told one : told) {
            if (one.takenBack()) {
                keep(one);
            } else if (!stands.contains(one)) {
                takeBack(one, event, out);
            }
        }
        news.forEach(out);
    }

    /** What is not the customer's own to say is under one id always the same. */
    private @Nullable Told findMove(String id) {
        for (Told one : told) {
            if (one.line() == Told.Line.MOVE && one.toldId().equals(id)) {
                return one;
            }
        }
        return null;
    }

    private static @Nullable Told find(List<Told> before, long content) {
        for (Told one : before) {
            if (!one.takenBack() && one.content() == content) {
                return one;
            }
        }
        return null;
    }

    /** What is taken back is kept: its id is not used again. */
    private void keep(Told one) {
        List<Span> spans = history.spans();
        for (Span span : spans) {
            if (one.at() < span.end() || span == spans.get(spans.size() - 1)) {
                span.add(one);
                return;
            }
        }
    }

    private void takeBack(Told one, Event event, Consumer<Effect> out) {
        Effect.Moved moved = merges.get(one.id());
        if (one.line() != Told.Line.MOVE) {
            out.accept(correction(one, cause(event)));
            keep(one.takeBack());
        } else if (moved == null) {
            keep(one); // To who does not count as the other any more nobody listens.
        } else {
            if (implied.stream().noneMatch(now -> now.told.id().equals(one.id()))) { // Else that takes its place.
                String id = MoveIds.numbered(one.id(), one.again() + 1);
                out.accept(new Effect.Moved(moved.to(), Identity.takenBack(moved.move(), id)));
            }
            keep(one.takeBack());
        }
    }

    private static Correction.Cause cause(Event event) {
        if (event instanceof Unmerge || (event instanceof Move move && move.kind() == Move.Kind.UNMOVED)) {
            return Correction.Cause.UNMERGE;
        }
        return Identity.concerns(event) ? Correction.Cause.MERGE : Correction.Cause.LATE_EVENT;
    }

    private Correction correction(Told one, Correction.Cause cause) {
        String id = one.toldId();
        return new Correction(
                EventIds.of(id, customer, "CORRECTION", one.at(), 0),
                one.at(),
                id,
                one.line(),
                late.time(),
                cause,
                profile.standing().modelRef());
    }

    static Effect named(Effect effect, String id) {
        if (effect instanceof Effect.Transition transition) {
            return transition.named(id);
        }
        if (effect instanceof Effect.Moved moved) {
            return moved.named(id);
        }
        return effect instanceof Effect.Signal signal ? signal.named(id) : ((Effect.Changed) effect).named(id);
    }
}

package io.ebbline.engine;

import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.engine.History.Span;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.engine.Kept.Told;
import io.ebbline.event.Event;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts late events where they belong. What came after one is done again, from a profile that was kept, through the same engine;
 * then what was told and is not implied any more is taken back, and what is newly implied is told.
 *
 * <p>An event is put where it belongs if it is not older than the correction horizon, and what came after it is kept; else its money
 * is booked as of the customer's latest instant, or nothing is done of it: see {@link Engine#late}.
 */
public final class Corrections {

    /** What the storage of customers lends. */
    public interface Storage {

        /** A profile as bytes. */
        byte[] pack(Profile profile);

        /** The profile of bytes. */
        Profile unpack(byte[] packed);

        /** The event of bytes; null: it is refused. */
        @Nullable
        Event open(String customer, long time, byte[] body);

        /** A hash of what an effect says. */
        long content(String customer, Effect effect);

        /** The base and all the entries of a span, in the order in which they were kept. */
        Loaded load(Span span);
    }

    /** All of a span. */
    public record Loaded(byte[] base, List<Kept> entries) {}

    /**
     * What became of a late event.
     *
     * @param profile the customer's profile from now on: the one given, or another in its place
     */
    public record Outcome(LateVerdict verdict, Profile profile) {}

    private final Engine engine;
    private final Storage storage;
    private final long horizon;

    public Corrections(Engine engine, Storage storage) {
        this.engine = engine;
        this.storage = storage;
        this.horizon = engine.rules().correctionHorizonMillis();
    }

    /**
     * Applies a late event. Advance the customer afterwards.
     *
     * @param history of the customer: knows what is told now, too
     * @param late the event's bytes
     * @param event the event
     * @param watermark how far events were applied
     * @param deadlines how far deadlines were handled
     * @param out hears what is told now
     */
    public Outcome late(
            String customer,
            Profile profile,
            History history,
            Applied late,
            Event event,
            long watermark,
            long deadlines,
            Consumer<Effect> out) {
        if (engine.isDuplicate(profile, event)) {
            return new Outcome(LateVerdict.DUPLICATE, profile);
        }
        long applied = profile.appliedThrough();
        if (horizon > 0 && event.time() >= engine.reached(profile, watermark) - horizon) {
            if (event.time() > applied && history.spans().stream().noneMatch(Span::isCorrected)) {
                return new Outcome(inOrder(customer, profile, history, late, event, out), profile);
            }
            Redo redo = redo(customer, history, late);
            if (redo != null) {
                return redo.run(profile, event, history, Math.max(deadlines, applied), out);
            }
            if (event.time() > applied) {
                return new Outcome(inOrder(customer, profile, history, late, event, out), profile);
            }
        }
        Memory memory = horizon > 0 ? new Keeper(history) : Memory.NONE;
        Consumer<Effect> kept = horizon > 0 ? keeping(customer, history, out) : out;
        LateVerdict verdict = engine.late(customer, profile, event, watermark, memory, kept);
        if (verdict == LateVerdict.BOOKED && horizon > 0) {
            history.add(new Applied(late.time(), late.body(), Math.max(applied, event.time()), true));
        }
        return new Outcome(verdict, profile);
    }

    /** Nothing has happened since, or been told and taken back: it is applied as if it had come in time. */
    private LateVerdict inOrder(
            String customer, Profile profile, History history, Applied late, Event event, Consumer<Effect> out) {
        Script alone = new Script(List.of(late), one -> event);
        long time = event.time();
        Consumer<Effect> kept = keeping(customer, history, out);
        if (engine.advance(customer, profile, alone, time, time, new Keeper(history), kept)
                        .duplicate()
                > 0) {
            return LateVerdict.DUPLICATE;
        }
        history.add(late);
        return LateVerdict.CORRECTED;
    }

    private Consumer<Effect> keeping(String customer, History history, Consumer<Effect> out) {
        return effect -> {
            if (Told.hasId(effect)) {
                Told one = Told.of(effect, storage.content(customer, effect));
                Told now = one.line() == Told.Line.MOVE ? one : one.again(timesTold(history, one.id()));
                history.add(now);
                out.accept(now.equals(one) ? effect : Redo.named(effect, now.toldId()));
                return;
            }
            if (effect instanceof Effect.Forgotten) {
                history.clear();
            }
            out.accept(effect);
        };
    }

    /** How often something was told under an id, where anything was taken back: else no id comes twice. */
    private int timesTold(History history, String id) {
        if (history.spans().stream().noneMatch(Span::isCorrected)) {
            return 0;
        }
        int times = 0;
        for (Span span : history.spans()) {
            for (Kept entry :
                    span.isOverfull() ? List.<Kept>of() : storage.load(span).entries()) {
                times += entry instanceof Told told && told.id().equals(id) ? 1 : 0;
            }
        }
        return times;
    }

    /** A redo from the newest base that is older than the event; null: there is none. */
    private @Nullable Redo redo(String customer, History history, Applied late) {
        List<Span> spans = history.spans();
        List<Kept> entries = new ArrayList<>();
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            if (span.isOverfull()) {
                return null;
            }
            Loaded loaded = storage.load(span);
            entries.addAll(0, loaded.entries());
            Profile base = storage.unpack(loaded.base());
            boolean lacksIds = i > 0
                    && spans.get(i - 1).isCorrected()
                    && late.time() < spans.get(i - 1).end();
            if (base.appliedThrough() < late.time() && !lacksIds) {
                History before = new History();
                before.restore(i == 0 ? List.of() : List.of(spans.get(i - 1).copy()));
                return new Redo(engine, storage, customer, base, before, entries, late);
            }
        }
        return null;
    }

    /** Begins spans. */
    private final class Keeper implements Memory {
        private final History history;

        private Keeper(History history) {
            this.history = history;
        }

        @Override
        public void before(long instant, Profile profile) {
            history.before(instant, horizon, () -> storage.pack(profile));
        }

        @Override
        public void applied(Event event) {}
    }
}

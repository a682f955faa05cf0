package io.ebbline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.engine.History.Span;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.engine.Kept.Told;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Move;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Profile;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.EventCodec;
import io.ebbline.state.HistoryCodec;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.StoredParcels;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.Shop;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Customers whose ids are merged, each treated as an operator would, and what goes from one to the other with a delay. */
final class MergedShop {

    /** Something for a customer and when it comes. */
    record Arrival(String customer, Event event, long at, long serial) {}

    private static final Comparator<Arrival> ORDER =
            Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::serial);

    final EngineRules rules;
    final Map<String, Id> ids = new TreeMap<>();
    final List<Effect.Moved> moves = new ArrayList<>();
    final Set<String> everTold = new HashSet<>();
    private final ModelTimeline models = new ModelTimeline();
    private final LongUnaryOperator delay;
    private final PriorityQueue<Arrival> underWay = new PriorityQueue<>(ORDER);
    private long serial;
    private long now = Long.MIN_VALUE;
    private boolean replays;

    /**
     * A shop.
     *
     * @param delay of a move that is told at an instant
     */
    MergedShop(EngineRules rules, LongUnaryOperator delay) {
        this.rules = rules;
        this.delay = delay;
        models.add(Shop.calm(), 0);
    }

    /** A shop in which moves come at once. */
    static MergedShop prompt() {
        return delayed(0);
    }

    /** A shop in which every move comes that much later; what is not older than 40 days is put where it belongs. */
    static MergedShop delayed(long millis) {
        long horizon = 40 * Shop.DAY;
        EngineRules rules = new EngineRules(EngineRules.ENDLESS, horizon, 30 * Shop.DAY, ZoneOffset.UTC);
        return new MergedShop(rules.withCorrections(horizon), told -> millis);
    }

    /** A shop that reads the moves of another, each in time, and sends none. */
    static MergedShop replaying(List<Effect.Moved> recorded) {
        MergedShop shop = prompt();
        shop.replays = true;
        recorded.forEach(moved -> shop.send(moved.to(), moved.move()));
        return shop;
    }

    MergedShop send(String customer, Event event) {
        return send(customer, event, event.time());
    }

    MergedShop send(String customer, Event event, long at) {
        underWay.add(new Arrival(customer, event, at, serial++));
        return this;
    }

    /** Has everything come that is to come by an instant, and what it brings about. */
    MergedShop until(long instant) {
        while (!underWay.isEmpty() && underWay.peek().at <= instant) {
            Arrival next = underWay.remove();
            if (next.at > now) {
                now = next.at;
            }
            id(next.customer).take(next.event);
            if (underWay.isEmpty() || underWay.peek().at > now) {
                ids.values().forEach(Id::advance);
            }
        }
        now = instant;
        ids.values().forEach(Id::advance);
        return underWay.isEmpty() || underWay.peek().at > instant ? this : until(instant);
    }

    Id id(String name) {
        return ids.computeIfAbsent(name, Id::new);
    }

    /** A customer. */
    final class Id implements Inbox, Memory, Corrections.Storage {
        final String name;
        final Engine engine;
        final Corrections corrections;
        final EventCodec codec = new EventCodec();
        final List<Event> waiting = new ArrayList<>();
        final History kept = new History();
        final Map<Integer, List<byte[]>> stored = new LinkedHashMap<>();
        final Map<LateVerdict, Integer> verdicts = new TreeMap<>();
        final Map<String, Effect> stands = new LinkedHashMap<>();
        final List<Effect> all = new ArrayList<>();
        private final PackedWriter out = new PackedWriter();
        Profile profile = new Profile();
        /** Up to when nothing is let in any more. */
        private long erased = Long.MIN_VALUE;

        private Applied last = Applied.inOrder(0, new byte[0]);

        Id(String name) {
            this.name = name;
            this.engine = new Engine(
                    rules,
                    models,
                    NaiveEngine.TOPIC,
                    "churn-signals",
                    "score-changes",
                    Engine.FORTNIGHT,
                    new StoredParcels());
            this.corrections = new Corrections(engine, this);
        }

        void take(Event event) {
            // What is of now has not been passed yet, whoever has been here at this instant.
            if (engine.isLate(profile, event.time(), now - 1)) {
                late(event);
            } else {
                waiting.add(event);
                waiting.sort(Comparator.comparing(this::entry, Applied::compare));
            }
            restore();
        }

        private void late(Event event) {
            if (event.time() <= erased) {
                if (event instanceof Move move) {
                    Engine.eraseSender(name, move, erased, this::said);
                }
                return;
            }
            if (event instanceof Erasure) {
                engine.late(name, profile, event, now, this::tell);
                return;
            }
            advance(); // Up to what it is late for.
            Corrections.Outcome outcome =
                    corrections.late(name, profile, kept, entry(event), event, now, now, this::said);
            verdicts.merge(outcome.verdict(), 1, Integer::sum);
            profile = outcome.profile();
            advance();
        }

        void advance() {
            engine.advance(name, profile, this, now, now, this, this::tell);
        }

        private Applied entry(Event event) {
            return Applied.inOrder(event.time(), codec.encode(event));
        }

        /** All goes into the store and comes back. */
        private void restore() {
            profile = unpack(pack(profile));
            for (Span span : kept.spans()) {
                byte[] base = span.base();
                if (span.isOverfull()) {
                    continue; // Nothing is kept of it.
                }
                if (base != null) {
                    stored.put(span.slot(), new ArrayList<>(List.of(base)));
                }
                stored.get(span.slot()).add(HistoryCodec.write(span.entries(), out));
                span.settled();
            }
        }

        // ---- what is told

        private void tell(Effect effect) {
            if (Told.hasId(effect)) {
                kept.add(Told.of(effect, content(name, effect)));
            } else if (effect instanceof Effect.Forgotten) {
                kept.clear();
            }
            said(effect);
        }

        private void said(Effect effect) {
            all.add(effect);
            if (effect instanceof Effect.Erased one) {
                erased = Math.max(erased, one.asOf());
            }
            if (effect instanceof Effect.Moved moved) {
                assertThat(everTold.add(moved.move().id()))
                        .as("moves are told once")
                        .isTrue();
                moves.add(moved);
                if (replays) {
                    return;
                }
                send(moved.to(), moved.move(), now + delay.applyAsLong(now));
            } else if (effect instanceof Effect.Correction correction) {
                assertThat(stands.remove(correction.corrects()))
                        .as("what is taken back")
                        .isNotNull();
            } else if (Told.hasId(effect)) {
                String id = Told.of(effect, 0).id();
                assertThat(everTold.add(id)).as("ids are told once").isTrue();
                stands.put(id, effect);
            }
        }

        /** What was told and not taken back. */
        List<String> told() {
            return stands.values().stream()
                    .map(effect -> effect.toString().replaceFirst("eventId=[0-9a-f]+", ""))
                    .sorted()
                    .toList();
        }

        /** What a reader of the answers sees last: an answer, or null for a tombstone or nothing. */
        Effect.Answer answer() {
            Effect.Answer newest = null;
            for (Effect effect : all) {
                if (effect instanceof Effect.Answer answer) {
                    newest = answer;
                } else if (effect instanceof Effect.Retired || effect instanceof Effect.Forgotten) {
                    newest = null;
                }
            }
            return newest;
        }

        <E extends Effect> List<E> heard(Class<E> kind) {
            return all.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        // ---- the inbox

        @Override
        public boolean isEmpty() {
            return waiting.isEmpty();
        }

        @Override
        public long nextTime() {
            return waiting.get(0).time();
        }

        @Override
        public Event poll() {
            Event first = waiting.remove(0);
            last = entry(first);
            return first;
        }

        // ---- storage

        @Override
        public void before(long instant, Profile before) {
            if (rules.correctionHorizonMillis() > 0) {
                kept.before(instant, rules.correctionHorizonMillis(), () -> pack(before));
            }
        }

        @Override
        public void applied(Event event) {
            kept.add(last);
        }

        @Override
        public byte[] pack(Profile packed) {
            return CustomerCodec.pack(packed, out);
        }

        @Override
        public Profile unpack(byte[] packed) {
            return CustomerCodec.unpack(packed);
        }

        @Override
        public Event open(String customer, long time, byte[] body) {
            return EventCodec.decode(time, body);
        }

        @Override
        public long content(String customer, Effect effect) {
            return effect instanceof Effect.Moved moved
                    ? Hash64.of(moved.move().payload())
                    : Hash64.of(effect.toString());
        }

        @Override
        public Corrections.Loaded load(Span span) {
            List<Kept> entries = new ArrayList<>();
            byte[] base = span.base();
            if (base == null) {
                List<byte[]> chunks = stored.get(span.slot());
                base = chunks.get(0);
                chunks.subList(1, chunks.size()).forEach(chunk -> entries.addAll(HistoryCodec.read(chunk)));
            }
            entries.addAll(span.entries());
            return new Corrections.Loaded(base, entries);
        }
    }

    /** Kinds of the moves that were told, in order. */
    List<Move.Kind> kinds() {
        return moves.stream().map(moved -> moved.move().kind()).toList();
    }
}

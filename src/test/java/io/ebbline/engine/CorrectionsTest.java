package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.engine.History.Span;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.engine.Kept.Told;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Profile;
import io.ebbline.profile.SeenEvents;
import io.ebbline.profile.Stage;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.EventCodec;
import io.ebbline.state.HistoryCodec;
import io.ebbline.state.PackedWriter;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Late events within the horizon: in the end it is as if they had come in time. */
class CorrectionsTest {

    private static final int TRIES = 150;
    private static final PackedWriter OUT = new PackedWriter();

    /** An event and when it comes. */
    private record Arrival(Event event, long at) {}

    /** A customer to whom events come late, as an operator would treat them. */
    private static final class Run implements Inbox, Memory, Corrections.Storage {
        final RandomHistory history;
        final Random random;
        final Engine engine;
        final Corrections corrections;
        final EventCodec codec = new EventCodec();
        final List<Event> waiting = new ArrayList<>();
        final History kept = new History();
        final Map<Integer, List<byte[]>> stored = new LinkedHashMap<>();
        final Map<LateVerdict, Integer> verdicts = new LinkedHashMap<>();

        /** What was told and not taken back, by the id under which it was told. */
        final Map<String, Effect> stands = new LinkedHashMap<>();

        final Set<String> everTold = new HashSet<>();
        final List<Effect> all = new ArrayList<>();
        Profile profile = new Profile();
        Applied last;
        long watermark = Long.MIN_VALUE;

        Run(RandomHistory history, long horizon, long seed) {
            this.history = history;
            this.random = new Random(seed);
            this.engine = new Engine(
                    history.rules().withCorrections(horizon),
                    history.timeline(),
                    NaiveEngine.TOPIC,
                    "churn-signals",
                    "score-changes");
            this.corrections = new Corrections(engine, this);
        }

        void all(List<Arrival> arrivals) {
            for (Arrival arrival : arrivals) {
                Event event = arrival.event;
                if (engine.isLate(profile, event.time(), watermark)) {
                    late(event);
                } else {
                    waiting.add(event);
                    waiting.sort(Comparator.comparing(this::entry, Applied::compare));
                }
                if (random.nextInt(4) > 0) {
                    watermark = Math.max(watermark, event.time());
                    advance();
                }
                if (random.nextInt(3) == 0) {
                    store();
                }
            }
            watermark = EngineRules.ENDLESS;
            advance();
        }

        private void late(Event event) {
            Corrections.Outcome outcome = corrections.late(
                    history.customer(), profile, kept, entry(event), event, watermark, reached(), this::said);
            verdicts.merge(outcome.verdict(), 1, Integer::sum);
            profile = outcome.profile();
            advance();
        }

        private long reached() {
            return Math.min(watermark, history.rules().until());
        }

        private void advance() {
            engine.advance(history.customer(), profile, this, watermark, reached(), this, this::tell);
        }

        private Applied entry(Event event) {
            return Applied.inOrder(event.time(), codec.encode(event));
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

        @Override
        public void before(long instant, Profile now) {
            kept.before(instant, engine.rules().correctionHorizonMillis(), () -> pack(now));
        }

        @Override
        public void applied(Event event) {
            kept.add(last);
        }

        // ---- what is told

        private void tell(Effect effect) {
            if (Told.hasId(effect)) {
                kept.add(Told.of(effect, content(history.customer(), effect)));
            } else if (effect instanceof Effect.Forgotten) {
                kept.clear();
            }
            said(effect);
        }

        private void said(Effect effect) {
            all.add(effect);
            if (effect instanceof Effect.Correction correction) {
                Effect wrong = stands.remove(correction.corrects());
                assertThat(wrong).as("what is taken back").isNotNull();
                assertThat(correction.asOf()).isEqualTo(wrong.asOf());
                assertThat(everTold.add(correction.eventId())).isTrue();
            } else if (Told.hasId(effect)) {
                String id = Told.of(effect, 0).id();
                assertThat(everTold.add(id)).as("ids are told once").isTrue();
                stands.put(id, effect);
            }
        }

        // ---- storage

        void store() {
            for (Span span : kept.spans()) {
                if (span.base() != null) {
                    stored.put(span.slot(), new ArrayList<>(List.of(span.base())));
                }
                stored.get(span.slot()).add(HistoryCodec.write(span.entries(), new PackedWriter()));
                span.settled();
            }
        }

        @Override
        public byte[] pack(Profile now) {
            return CustomerCodec.pack(now, OUT);
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
            return Hash64.of(effect.toString());
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

        Effect answer() {
            return engine.answerAt(
                    profile, Math.max(profile.appliedThrough(), history.rules().until()));
        }

        Effect lastAnswer() {
            return all.stream()
                    .filter(effect -> effect instanceof Effect.Answer || effect instanceof Effect.Forgotten)
                    .reduce((first, second) -> second)
                    .orElse(null);
        }

        List<String> told() {
            return stands.values().stream().map(Run::withoutId).sorted().toList();
        }

        private static String withoutId(Effect effect) {
            return effect.toString().replaceFirst("eventId=[0-9a-f]+", "");
        }
    }

    /** The same without repeated ids, of which the first to come counts. */
    private static RandomHistory distinct(long seed, int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        Set<Long> ids = new HashSet<>();
        List<Event> events = NaiveEngine.sorted(history.events()).stream()
                .filter(event -> ids.add(SeenEvents.identity(event)))
                .toList();
        return new RandomHistory(seed, history.customer(), events, history.models(), history.rules());
    }

    private static List<Arrival> inOrder(RandomHistory history) {
        return history.events().stream()
                .map(event -> new Arrival(event, event.time()))
                .toList();
    }

    /** Every other event comes late, by the horizon at most; some come twice. */
    private static List<Arrival> late(RandomHistory history, long horizon, Random random) {
        List<Arrival> arrivals = new ArrayList<>();
        for (Event event : history.events()) {
            do {
                long delay = random.nextBoolean() ? 0 : (long) (random.nextDouble() * horizon);
                arrivals.add(new Arrival(event, event.time() + delay));
            } while (random.nextInt(10) == 0);
        }
        Collections.shuffle(arrivals, random);
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        return arrivals;
    }

    private static void mustEqual(Run late, Run inOrder) {
        assertThat(late.profile.data()).isEqualTo(inOrder.profile.data());
        assertThat(late.profile.standing()).isEqualTo(inOrder.profile.standing());
        assertThat(late.profile.figures()).isEqualTo(inOrder.profile.figures());
        if (inOrder.profile.appliedThrough() != Profile.NEVER) {
            assertThat(late.answer()).isEqualTo(inOrder.answer());
        }
        assertThat(late.told()).isEqualTo(inOrder.told());
        Effect last = inOrder.lastAnswer();
        if (last instanceof Effect.Answer) {
            assertThat(late.lastAnswer()).isEqualTo(last);
        }
    }

    private static long horizon(RandomHistory history, Random random) {
        long dedup = history.rules().dedupHorizonMillis();
        return random.nextBoolean() ? dedup : 1 + (long) (random.nextDouble() * dedup);
    }

    /** Or might, before a late event comes. */
    private static boolean forgets(RandomHistory history) {
        List<Event> events = history.events();
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).time() - events.get(i - 1).time() > EngineRules.FORGET_MILLIS / 2) {
                return true;
            }
        }
        return !history.expected().forgotten().isEmpty();
    }

    @Property(tries = TRIES)
    void inTheEndItIsAsIfAllHadComeInTime(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        compare(seed, size, new AtomicInteger());
    }

    private static void compare(long seed, int size, AtomicInteger corrections) {
        RandomHistory history = distinct(seed, size);
        if (forgets(history)) {
            return; // Who has been forgotten is not remembered by a late event.
        }
        Random random = new Random(seed);
        long horizon = horizon(history, random);
        Run inOrder = new Run(history, horizon, seed);
        inOrder.all(inOrder(history));
        for (int i = 0; i < 2; i++) { // In two orders of arrival.
            Run late = new Run(history, horizon, seed + i);
            late.all(late(history, horizon, random));
            assertThat(late.verdicts).doesNotContainKeys(LateVerdict.BOOKED, LateVerdict.TOO_OLD);
            mustEqual(late, inOrder);
            corrections.addAndGet((int) late.all.stream()
                    .filter(Effect.Correction.class::isInstance)
                    .count());
        }
    }

    @Test
    void muchIsTakenBackOnTheWay() {
        AtomicInteger corrections = new AtomicInteger();
        LongStream.range(0, 100).forEach(seed -> compare(seed, 40, corrections));
        assertThat(corrections.get()).isGreaterThan(500);
    }

    @Property(tries = TRIES)
    void beyondTheHorizonMoneyIsRightAndWhatIsToldStaysConsistent(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomHistory history = distinct(seed, size);
        if (forgets(history)) {
            return;
        }
        Random random = new Random(seed);
        long horizon = Math.max(1, history.rules().dedupHorizonMillis() / 4);
        Run inOrder = new Run(history, horizon, seed);
        inOrder.all(inOrder(history));
        Run late = new Run(history, horizon, seed);
        late.all(late(history, 4 * horizon, random));
        assertThat(late.verdicts).doesNotContainKey(LateVerdict.TOO_OLD);
        assertThat(late.profile.grossMinor()).isEqualTo(inOrder.profile.grossMinor());
        assertThat(late.profile.touchpoints()).isEqualTo(inOrder.profile.touchpoints());
        assertThat(late.profile.seen().size()).isPositive();
    }

    /** One after the other at one instant: a change, that it was wrong, and the same change once more. */
    @Test
    void whatWasTakenBackIsToldAgainUnderAnotherId() {
        beyondTheHorizonMoneyIsRightAndWhatIsToldStaysConsistent(3296, 23);
    }

    @Test
    void aRedoDoesWhatWasBookedAgain() {
        RandomHistory history = shop(List.of());
        Run run = new Run(history, 7 * DAY, 0);
        run.waiting.add(order("a", day(1), 100));
        run.waiting.add(visit(day(20)));
        run.watermark = day(21);
        run.advance();
        run.late(order("b", day(5), 1_000));
        assertThat(run.verdicts).isEqualTo(Map.of(LateVerdict.BOOKED, 1));
        run.store();
        run.late(order("c", day(19), 10_000));
        assertThat(run.verdicts).isEqualTo(Map.of(LateVerdict.BOOKED, 1, LateVerdict.CORRECTED, 1));
        assertThat(run.profile.monetaryMinor()).isEqualTo(11_100);
        assertThat(run.profile.keptOrders()).isEqualTo(3);
        run.late(order("b", day(5), 1_000));
        assertThat(run.verdicts).containsEntry(LateVerdict.DUPLICATE, 1);
        assertThat(run.profile.monetaryMinor()).isEqualTo(11_100);
    }

    @Test
    void whatIsOldButCameAfterAllElseNeedsNoHistory() {
        Run run = new Run(shop(List.of()), 7 * DAY, 0);
        run.waiting.add(order("a", day(1), 100));
        run.watermark = day(21);
        run.advance();
        run.late(order("b", day(15), 1_000));
        assertThat(run.verdicts).isEqualTo(Map.of(LateVerdict.CORRECTED, 1));
        assertThat(run.profile.standing().asOf()).isBetween(day(15), day(21));
    }

    @Test
    void aFalseAlarmIsTakenBack() {
        List<Event> inTime = List.of(order("a", day(0), 100), order("b", day(1), 100), visit(day(170)));
        Run run = new Run(shop(inTime), 30 * DAY, 0);
        run.waiting.addAll(inTime);
        run.watermark = day(182);
        run.advance();
        assertThat(run.profile.standing().stage()).isEqualTo(Stage.GROWTH);
        run.watermark = day(351);
        run.advance();
        assertThat(run.profile.standing().stage()).isEqualTo(Stage.DEPARTED);
        Effect.Signal alarm = run.stands.values().stream()
                .filter(Effect.Signal.class::isInstance)
                .map(Effect.Signal.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(alarm.kind()).isEqualTo(SignalKind.DEPARTURE);
        run.late(order("c", day(345), 100));
        assertThat(run.profile.standing().stage()).isNotEqualTo(Stage.DEPARTED);
        assertThat(run.stands).doesNotContainKey(alarm.eventId());
        assertThat(run.all)
                .filteredOn(Effect.Correction.class::isInstance)
                .map(Effect.Correction.class::cast)
                .anySatisfy(taken -> {
                    assertThat(taken.corrects()).isEqualTo(alarm.eventId());
                    assertThat(taken.line()).isEqualTo(Told.Line.SIGNAL);
                    assertThat(taken.asOf()).isEqualTo(alarm.asOf());
                    assertThat(taken.causedAt()).isEqualTo(day(345));
                    assertThat(taken.cause()).isEqualTo(Effect.Correction.Cause.LATE_EVENT);
                });
        assertThat(run.stands.values())
                .filteredOn(Effect.Signal.class::isInstance)
                .as("a win-back that was none")
                .noneMatch(effect -> ((Effect.Signal) effect).kind() == SignalKind.WIN_BACK);
    }

    @Test
    void ofTooMuchNothingIsKept() {
        Run run = new Run(shop(List.of()), 7 * DAY, 0);
        for (int i = 0; i < 3_000; i++) {
            run.waiting.add(visit(day(20) + i));
        }
        run.watermark = day(21);
        run.advance();
        Span span = run.kept.spans().get(0);
        assertThat(span.isOverfull()).isTrue();
        assertThat(span.entries()).isEmpty();
        assertThat(span.base()).isNull();
        run.late(order("a", day(20), 1_000));
        assertThat(run.verdicts).isEqualTo(Map.of(LateVerdict.BOOKED, 1));
        run.waiting.add(visit(day(30)));
        run.waiting.add(visit(day(31)));
        run.watermark = day(32);
        run.advance();
        run.late(order("b", day(30) + 1, 1_000));
        assertThat(run.verdicts).isEqualTo(Map.of(LateVerdict.BOOKED, 1, LateVerdict.CORRECTED, 1));
    }

    @Property(tries = 50)
    void twoSpansAreKeptAndNoMoreThanTheirRoom(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomHistory history = distinct(seed, size);
        long horizon = horizon(history, new Random(seed));
        Run run = new Run(history, horizon, seed);
        run.all(late(history, horizon, new Random(seed)));
        assertThat(run.kept.spans()).hasSizeLessThanOrEqualTo(2);
        assertThat(run.stored).hasSizeLessThanOrEqualTo(2);
        run.kept.spans().forEach(span -> assertThat(span.weight()).isLessThanOrEqualTo(History.ROOM));
    }

    @Property(tries = 100)
    void offersThatWereShownEndOnceAndTheAnswersAreTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomHistory plain = distinct(seed, size);
        if (forgets(plain)) {
            return;
        }
        List<Event> events =
                plain.events().stream().map(CorrectionsTest::aboutAnOffer).toList();
        RandomHistory history = new RandomHistory(
                seed, plain.customer(), events, plain.models(), plain.rules().withOffers());
        long horizon = horizon(history, new Random(seed));
        Run inOrder = new Run(history, horizon, seed);
        inOrder.all(inOrder(history));
        Run late = new Run(history, horizon, seed);
        late.all(late(history, horizon, new Random(seed)));
        assertThat(late.told()).isEqualTo(inOrder.told());
        assertThat(late.profile.standing()).isEqualTo(inOrder.profile.standing());
        assertThat(late.profile.shelf().recent())
                .isEqualTo(inOrder.profile.shelf().recent());
        Map<String, Integer> open = new TreeMap<>();
        for (Effect effect : late.all) {
            if (effect instanceof Effect.Responded responded) {
                Exposure one = responded.exposure();
                int more = switch (responded.step()) {
                    case SHOWN -> 1;
                    case ACCEPTED -> 0;
                    case ENDED -> -1;
                };
                int now = open.merge(one.offerId() + " " + one.shown(), more, Integer::sum);
                assertThat(now).isBetween(0, 1);
            }
        }
        open.values().removeIf(count -> count == 0);
        assertThat(open.keySet())
                .isEqualTo(late.profile.exposures().open().stream()
                        .map(one -> one.offerId() + " " + one.shown())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Event aboutAnOffer(Event event) {
        if (!(event instanceof Touchpoint t)) {
            return event;
        }
        TouchpointType[] types = {
            TouchpointType.OFFER_SHOWN, TouchpointType.OFFER_ACCEPTED, TouchpointType.OFFER_REJECTED
        };
        int dice = Math.floorMod(t.id().hashCode(), 12);
        TouchpointType type = dice < 3 ? types[dice] : t.type();
        return new Touchpoint(
                t.id(), t.time(), type, t.channel(), t.sku(), t.category(), t.campaign(), "o" + dice % 2, t.value());
    }

    private static RandomHistory shop(List<Event> events) {
        List<ModelTimeline.Entry> models =
                List.of(new ModelTimeline.Entry(Shop.calm(), Shop.calm().ref(), 0));
        return new RandomHistory(0, "c1", events, models, EngineRules.defaults());
    }
}

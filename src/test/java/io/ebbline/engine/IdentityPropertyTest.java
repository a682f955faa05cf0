package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import io.ebbline.score.ScoreValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The oracle follows pointers through the requests in order, and has one customer to whom everything happened. */
class IdentityPropertyTest {

    private static final long END = day(60);
    private static final List<String> IDS = List.of("ann", "bob", "cyd", "dee");

    /** An event of an id. */
    private record Sent(String id, Event event) {}

    /** No two of them at one instant. */
    private static List<Sent> history(Random random, int size, int people, boolean unmerging) {
        List<Sent> all = new ArrayList<>();
        Map<String, List<String>> orders = new HashMap<>();
        Set<Long> times = new HashSet<>();
        for (int i = 0; i < size; i++) {
            long time = day(50 * random.nextDouble());
            while (!times.add(time)) {
                time++;
            }
            String id = IDS.get(random.nextInt(people));
            all.add(new Sent(id, new Touchpoint("", time, TouchpointType.VISIT, null, null, null, null, null, null)));
        }
        all.sort(Comparator.comparingLong(sent -> sent.event.time()));
        for (int i = 0; i < size; i++) {
            String id = all.get(i).id;
            long time = all.get(i).event.time();
            List<String> own = orders.computeIfAbsent(id, none -> new ArrayList<>());
            String other = IDS.get(random.nextInt(people));
            Event event = switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    own.add(id + i);
                    yield order("e" + i, time, id + i, random);
                }
                case 3 ->
                    own.isEmpty()
                            ? order("e" + i, time, id + i, random)
                            : new Return(
                                    "e" + i, time, own.remove(random.nextInt(own.size())), true, "GBP", List.of(), 0);
                case 4 -> touch("e" + i, time, random);
                case 5, 6 -> new Merge("q" + i, time, other);
                default -> unmerging ? new Unmerge("q" + i, time, other) : touch("e" + i, time, random);
            };
            all.set(i, new Sent(id, event));
        }
        return all;
    }

    private static Purchase order(String event, long time, String order, Random random) {
        long minor = 100 + random.nextInt(9_000);
        Line line = new Line("sku" + random.nextInt(3), "kind" + random.nextInt(2), 10_000, minor * 100, null);
        return new Purchase(
                event, time, order, "GBP", random.nextBoolean() ? "web" : "shop", null, List.of(line), minor);
    }

    private static Touchpoint touch(String event, long time, Random random) {
        TouchpointType[] types = {TouchpointType.VISIT, TouchpointType.CLICK, TouchpointType.REVIEW};
        TouchpointType type = types[random.nextInt(3)];
        Double value = type == TouchpointType.REVIEW ? 1.0 + random.nextInt(5) : null;
        return new Touchpoint(event, time, type, "web", null, null, null, null, value);
    }

    /** Who counts as whom in the end. */
    private static Map<String, String> pointers(List<Sent> history) {
        Map<String, String> into = new HashMap<>();
        for (Sent sent : history) {
            if (sent.event instanceof Merge merge) {
                if (!into.containsKey(sent.id) && !survivor(merge.into(), into).equals(sent.id)) {
                    into.put(sent.id, merge.into());
                }
            } else if (sent.event instanceof Unmerge unmerge) {
                into.remove(sent.id, unmerge.into());
            }
        }
        return into;
    }

    private static String survivor(String id, Map<String, String> into) {
        String next = id;
        while (into.containsKey(next)) {
            next = into.get(next);
        }
        return next;
    }

    private static MergedShop run(List<Sent> history, MergedShop shop, Random random, long lateness) {
        for (Sent sent : history) {
            long late = lateness > 0 && random.nextInt(3) == 0 ? (long) (random.nextDouble() * lateness) : 0;
            shop.send(sent.id, sent.event, sent.event.time() + late);
        }
        return shop.until(END).until(END + 8 * DAY);
    }

    private static void mustBeAsIf(List<Sent> history, MergedShop shop) {
        Map<String, String> into = pointers(history);
        for (String id : IDS) {
            MergedShop.Id actual = shop.id(id);
            assertThat(actual.verdicts).as(id).doesNotContainKeys(LateVerdict.BOOKED, LateVerdict.TOO_OLD);
            assertThat(actual.profile.isRetired()).as(id + " is retired").isEqualTo(into.containsKey(id));
            MergedShop one = MergedShop.prompt();
            for (Sent sent : history) {
                boolean happened = !(sent.event instanceof Merge || sent.event instanceof Unmerge);
                if (happened && survivor(sent.id, into).equals(id)) {
                    one.send(id, sent.event);
                }
            }
            MergedShop.Id expected = one.until(END).until(END + 8 * DAY).id(id);
            if (into.containsKey(id) || !expected.profile.isKnown()) {
                assertThat(actual.answer()).as("answer of " + id).isNull();
            } else {
                assertThat(actual.answer()).as("answer of " + id).isNotNull();
                mustBe(
                        actual.engine.answerAt(actual.profile, END + 8 * DAY),
                        expected.engine.answerAt(expected.profile, END + 8 * DAY));
            }
        }
    }

    /** A replay reads the moves that were recorded and tells none. */
    private static void mustBeReplayed(List<Sent> history, MergedShop live) {
        MergedShop replay = MergedShop.replaying(live.moves);
        run(history, replay, new Random(0), 0);
        for (String id : IDS) {
            assertThat(replay.id(id).verdicts).isEmpty();
            assertThat(live.id(id).told())
                    .as("told of " + id)
                    .isEqualTo(replay.id(id).told());
            assertThat(live.id(id).answer())
                    .as("answer of " + id)
                    .isEqualTo(replay.id(id).answer());
            assertThat(live.id(id).profile.membership().retired())
                    .isEqualTo(replay.id(id).profile.membership().retired());
        }
    }

    private static void mustBe(Answer actual, Answer expected) {
        assertThat(actual.keptOrders()).isEqualTo(expected.keptOrders());
        assertThat(actual.monetaryMinor()).isEqualTo(expected.monetaryMinor());
        assertThat(actual.lastOrder()).isEqualTo(expected.lastOrder());
        assertThat(actual.standing().segment()).isEqualTo(expected.standing().segment());
        assertThat(actual.standing().stage()).isEqualTo(expected.standing().stage());
        assertThat(actual.standing().recency()).isEqualTo(expected.standing().recency());
        mustBe("P(alive)", actual.pAlive(), expected.pAlive());
        mustBe("P(buy)", actual.pBuy(), expected.pBuy());
        mustBe("CLV", actual.clvMinor(), expected.clvMinor());
        for (int i = 0; i < expected.scores().size(); i++) {
            ScoreValue score = expected.scores().get(i);
            assertThat(actual.scores().get(i).label()).as(score.name()).isEqualTo(score.label());
            mustBe(score.name(), actual.scores().get(i).value(), score.value());
        }
    }

    private static void mustBe(String what, double actual, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(actual).as(what).isNaN();
        } else {
            assertThat(actual).as(what).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @Property(tries = 200)
    void mergedIsAsIfItHadBeenOneAllAlong(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 4) int people) {
        List<Sent> history = history(new Random(seed), size, people, false);
        mustBeAsIf(history, run(history, MergedShop.prompt(), new Random(seed), 0));
    }

    @Property(tries = 200)
    void unmergedIsAsIfItHadNeverBeenMerged(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 4) int people) {
        List<Sent> history = history(new Random(seed), size, people, true);
        mustBeAsIf(history, run(history, MergedShop.prompt(), new Random(seed), 0));
    }

    @Property(tries = 200)
    void howLongMovesAreUnderWayDoesNotMatter(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 4) int people) {
        Random random = new Random(seed);
        List<Sent> history = history(random, size, people, true);
        MergedShop prompt = run(history, MergedShop.prompt(), random, 0);
        MergedShop slow =
                run(history, new MergedShop(prompt.rules, now -> (long) (random.nextDouble() * 2 * DAY)), random, 0);
        mustBeAsIf(history, slow);
        mustBeReplayed(history, slow);
    }

    @Property(tries = 200)
    void neitherDoesTheOrderInWhichEventsAndRequestsCome(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 4) int people) {
        Random random = new Random(seed);
        List<Sent> history = history(random, size, people, true);
        MergedShop prompt = run(history, MergedShop.prompt(), random, 0);
        MergedShop slow = run(
                history, new MergedShop(prompt.rules, now -> (long) (random.nextDouble() * 2 * DAY)), random, 5 * DAY);
        mustBeAsIf(history, slow);
        mustBeReplayed(history, slow);
    }

    /**
     * What happens after an erasure counts, however late the other ids hear of it. Of merges and erasures that are under way then, what
     * is not known yet does not save who turns out not to have been merged any more: so there are none here.
     */
    @Property(tries = 200)
    void anErasureIsAsOfItsInstantAtAllThatAreMerged(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 4) int people) {
        Random random = new Random(seed);
        List<Sent> history = history(random, size, people, true);
        boolean erased = false;
        for (int i = 0; i < history.size(); i++) {
            Sent sent = history.get(i);
            long time = sent.event.time();
            if (time > day(20) && (sent.event instanceof Merge || sent.event instanceof Unmerge)) {
                boolean erases = time > day(30) && !erased;
                erased |= erases;
                history.set(i, new Sent(sent.id, erases ? new Erasure("q" + i, time) : touch("e" + i, time, random)));
            }
        }
        MergedShop prompt = run(history, MergedShop.prompt(), random, 0);
        MergedShop slow =
                run(history, new MergedShop(prompt.rules, now -> (long) (random.nextDouble() * 2 * DAY)), random, 0);
        MergedShop replay = MergedShop.replaying(slow.moves);
        run(history, replay, new Random(0), 0);
        for (String id : IDS) {
            assertThat(slow.id(id).answer())
                    .as("answer of " + id)
                    .isEqualTo(replay.id(id).answer());
            for (MergedShop shop : List.of(slow, replay)) {
                assertThat(shop.id(id).profile.membership().retired())
                        .as(id)
                        .isEqualTo(prompt.id(id).profile.membership().retired());
            }
            Answer expected = prompt.id(id).answer();
            Answer actual = slow.id(id).answer();
            if (expected == null || actual == null) {
                assertThat(actual).as("answer of " + id).isEqualTo(expected);
            } else {
                mustBe(actual, expected);
            }
        }
    }
}

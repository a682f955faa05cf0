package io.ebbline.engine;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.ebbline.engine.Effect.Correction;
import io.ebbline.engine.Effect.Refusal;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.engine.Engine.LateVerdict;
import io.ebbline.event.Erasure;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Unmerge;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Membership;
import io.ebbline.profile.Profile;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.Shop;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each race that merges run, by its name. */
class IdentityTest {

    private static final long HOUR = 3_600_000;
    private static final long END = day(30);

    private static Merge merge(String request, double day, String into) {
        return new Merge(request, day(day), into);
    }

    private static Unmerge unmerge(String request, double day, String into) {
        return new Unmerge(request, day(day), into);
    }

    private static void assertOrders(MergedShop shop, String id, long orders, long minor) {
        Effect.Answer answer = shop.id(id).answer();
        assertThat(answer).as("answer of " + id).isNotNull();
        assertThat(answer.keptOrders()).as("orders of " + id).isEqualTo(orders);
        assertThat(answer.monetaryMinor()).as("spend of " + id).isEqualTo(minor);
    }

    private static void assertSilent(MergedShop shop, String id) {
        assertThat(shop.id(id).answer()).as("answer of " + id).isNull();
        assertThat(shop.id(id).profile.figures()).isEqualTo(Figures.NONE);
    }

    private static List<Refusal> refusals(MergedShop shop, String id) {
        return shop.id(id).heard(Effect.Refused.class).stream()
                .map(Effect.Refused::why)
                .toList();
    }

    /** What the population counts of all, from nothing. */
    private static long counted(MergedShop shop) {
        return shop.ids.values().stream()
                .flatMap(id -> id.heard(Effect.Counted.class).stream())
                .mapToLong(counted ->
                        counted.now().monetaryMinor() - counted.before().monetaryMinor())
                .sum();
    }

    @Test
    void whoIsMergedIsSilentAndTheEndNamesWhoStays() {
        MergedShop shop = MergedShop.prompt()
                .send("ann", order("a1", day(1), 1_000))
                .send("bob", order("b1", day(2), 200))
                .send("ann", merge("q1", 5, "bob"))
                .until(END);
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 2, 1_200);
        List<Transition> ends = shop.id("ann").heard(Transition.class).stream()
                .filter(transition -> transition.current() == null)
                .toList();
        assertThat(ends).extracting(Transition::kind).containsExactly(Transition.Kind.STAGE, Transition.Kind.SEGMENT);
        assertThat(ends).allSatisfy(end -> {
            assertThat(end.trigger()).isEqualTo(Trigger.MERGE);
            assertThat(end.asOf()).isEqualTo(day(5));
            assertThat(end.reasons().get(0).code()).isEqualTo(ReasonCode.MERGED);
            assertThat(end.reasons().get(0).label()).isEqualTo("bob");
        });
        assertThat(shop.id("ann").heard(Effect.Retired.class)).containsExactly(new Effect.Retired(day(5), "bob"));
        assertThat(counted(shop)).isEqualTo(1_200);
        Membership pointer = shop.id("ann").profile.membership();
        assertThat(pointer.retired()).isEqualTo(new Membership.Retired("bob", new Move.Hop("ann", day(5), "q1")));
    }

    @Test
    void whatHappensToTheOldIdAfterTheMergeCountsForTheOther() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("ann", merge("q1", 5, "bob"))
                .send("ann", order("a2", day(6), 30))
                .send("ann", wholeBack("a1", day(7), 1_000))
                .until(END);
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 1, 30);
        assertThat(shop.kinds()).containsExactly(Move.Kind.MOVED, Move.Kind.FORWARDED, Move.Kind.FORWARDED);
        assertThat(shop.id("ann").heard(Effect.Answer.class)).hasSize(1);
        assertThat(counted(shop)).isEqualTo(30);
    }

    /** A return whose purchase comes at the same instant is handed on behind it. */
    @Test
    void whatHappensAtTheInstantOfTheMergeComesAfterItAndInOrder() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(5), 1_000))
                .send("ann", wholeBack("a1", day(5), 1_000))
                .send("ann", order("a2", day(5), 70))
                .send("ann", merge("q1", 5, "bob"))
                .until(END);
        assertOrders(shop, "bob", 1, 70);
        assertThat(shop.id("bob").profile.looseReturns().size()).isZero();
    }

    @Test
    void theMergeTellsWhatItChanges() {
        MergedShop shop = MergedShop.prompt();
        for (int i = 0; i < 2; i++) {
            shop.send("ann", order("a" + i, day(1 + 3 * i), 1_000)).send("bob", order("b" + i, day(2 + 3 * i), 1_000));
        }
        shop.send("ann", merge("q1", 10, "bob")).until(END);
        assertThat(shop.id("bob").heard(Transition.class))
                .filteredOn(transition -> transition.trigger() == Trigger.MERGE)
                .extracting(Transition::previous, Transition::current)
                .contains(tuple("GROWTH", "MATURE"));
    }

    @Test
    void anUnmergeGivesTheTwoBack() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("bob", order("b1", day(2), 200))
                .send("ann", merge("q1", 5, "bob"))
                .send("ann", order("a2", day(6), 30))
                .send("bob", order("b2", day(7), 4))
                .send("ann", unmerge("q2", 10, "bob"))
                .send("ann", order("a3", day(11), 5_000))
                .until(END);
        assertOrders(shop, "ann", 3, 6_030);
        assertOrders(shop, "bob", 2, 204);
        assertThat(shop.id("ann").profile.membership()).isEqualTo(Membership.NONE);
        assertThat(shop.id("bob").profile.membership()).isEqualTo(Membership.NONE);
        assertThat(shop.id("ann").heard(Transition.class))
                .filteredOn(transition -> transition.trigger() == Trigger.UNMERGE)
                .extracting(Transition::previous)
                .containsOnlyNulls()
                .hasSize(2);
        assertThat(counted(shop)).isEqualTo(6_234);
    }

    @Test
    void aChainEndsAtTheLast() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("bob", order("b1", day(2), 200))
                .send("cyd", order("c1", day(3), 30))
                .send("ann", merge("q1", 5, "bob"))
                .send("bob", merge("q2", 6, "cyd"))
                .send("ann", order("a2", day(7), 4))
                .until(END);
        assertSilent(shop, "ann");
        assertSilent(shop, "bob");
        assertOrders(shop, "cyd", 4, 1_234);
        shop.send("bob", unmerge("q3", 31, "cyd")).until(day(40));
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 3, 1_204);
        assertOrders(shop, "cyd", 1, 30);
        shop.send("ann", unmerge("q4", 41, "bob")).until(day(45));
        assertOrders(shop, "ann", 2, 1_004);
        assertOrders(shop, "bob", 1, 200);
    }

    @Test
    void whoRetiresWhileAMergeIsUnderWayHandsItOn() {
        MergedShop shop = MergedShop.delayed(3 * DAY)
                .send("ann", order("a1", day(1), 1_000))
                .send("bob", order("b1", day(2), 200))
                .send("ann", merge("q1", 5, "bob"))
                .send("bob", merge("q2", 6, "cyd")) // Does not know of Ann yet.
                .send("ann", order("a2", day(7), 4))
                .until(END);
        assertSilent(shop, "ann");
        assertSilent(shop, "bob");
        assertOrders(shop, "cyd", 3, 1_204);
        assertThat(counted(shop)).isEqualTo(1_204);
    }

    @Test
    void ofTwoThatAreMergedIntoEachOtherTheLaterMergeIsUndone() {
        for (long delay : new long[] {0, HOUR, 3 * DAY}) {
            MergedShop shop = MergedShop.delayed(delay)
                    .send("ann", order("a1", day(1), 1_000))
                    .send("bob", order("b1", day(2), 200))
                    .send("ann", merge("q1", 5, "bob"))
                    .send("bob", merge("q2", 6, "ann"))
                    .until(END);
            assertSilent(shop, "ann");
            assertOrders(shop, "bob", 2, 1_200);
            assertThat(refusals(shop, "bob")).containsExactly(Refusal.MERGE_CYCLE);
            assertThat(refusals(shop, "ann")).isEmpty();
            assertThat(counted(shop)).isEqualTo(1_200);
        }
    }

    /** Neither knows of the other: the moves go round. */
    @Test
    void ofTwoThatAreMergedIntoEachOtherAtOneInstantTheOneWithTheLaterRequestIsUndone() {
        for (long delay : new long[] {0, HOUR, 3 * DAY}) {
            MergedShop shop = MergedShop.delayed(delay)
                    .send("ann", order("a1", day(1), 1_000))
                    .send("bob", order("b1", day(2), 200))
                    .send("ann", merge("q2", 5, "bob"))
                    .send("bob", merge("q1", 5, "ann"))
                    .send("bob", order("b2", day(8), 30))
                    .until(END);
            assertSilent(shop, "bob");
            assertOrders(shop, "ann", 3, 1_230);
            assertThat(shop.id("ann").heard(Effect.Refused.class))
                    .singleElement()
                    .satisfies(refused -> {
                        assertThat(refused.undone()).isTrue();
                        assertThat(refused.why()).isEqualTo(Refusal.MERGE_CYCLE);
                        assertThat(refused.request()).isEqualTo(merge("q2", 5, "bob"));
                    });
            assertThat(refusals(shop, "bob")).isEmpty();
            assertThat(counted(shop)).isEqualTo(1_230);
        }
    }

    @Test
    void aCircleOfThreeIsBrokenOnce() {
        for (long delay : new long[] {0, HOUR, 3 * DAY}) {
            MergedShop shop = MergedShop.delayed(delay)
                    .send("ann", order("a1", day(1), 1_000))
                    .send("bob", order("b1", day(2), 200))
                    .send("cyd", order("c1", day(3), 30))
                    .send("ann", merge("q1", 5, "bob"))
                    .send("bob", merge("q3", 5, "cyd"))
                    .send("cyd", merge("q2", 5, "ann"))
                    .until(END);
            assertOrders(shop, "bob", 3, 1_230);
            assertSilent(shop, "ann");
            assertSilent(shop, "cyd");
            assertThat(shop.ids.keySet().stream().flatMap(id -> refusals(shop, id).stream()))
                    .containsExactly(Refusal.MERGE_CYCLE);
        }
    }

    @Test
    void whatCantBeServedIsRefused() {
        MergedShop shop = MergedShop.prompt()
                .send("ann", order("a1", day(1), 1_000))
                .send("ann", merge("q1", 2, "ann"))
                .send("ann", unmerge("q2", 3, "bob"))
                .send("ann", merge("q3", 4, "bob"))
                .send("ann", merge("q4", 5, "cyd"))
                .send("ann", unmerge("q5", 6, "cyd"))
                .send("bob", merge("q6", 7, "ann"))
                .until(END);
        assertThat(refusals(shop, "ann"))
                .containsExactly(Refusal.INTO_ITSELF, Refusal.NOT_MERGED, Refusal.ALREADY_MERGED, Refusal.NOT_MERGED);
        assertThat(refusals(shop, "bob")).containsExactly(Refusal.MERGE_CYCLE);
        assertOrders(shop, "bob", 1, 1_000);
    }

    @Test
    void whatComesTwiceCountsOnce() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("ann", merge("q1", 5, "bob"))
                .send("ann", order("a2", day(6), 30))
                .send("ann", merge("q1", 5, "bob"), day(8))
                .send("ann", order("a2", day(6), 30), day(8))
                .until(END);
        List.copyOf(shop.moves).forEach(moved -> shop.send(moved.to(), moved.move(), day(31)));
        shop.until(day(32));
        assertOrders(shop, "bob", 2, 1_030);
        assertThat(shop.id("ann").verdicts).containsExactly(entry(LateVerdict.DUPLICATE, 2));
        assertThat(shop.id("bob").verdicts.get(LateVerdict.DUPLICATE)).isEqualTo(2);
        assertThat(refusals(shop, "ann")).isEmpty();
    }

    @Test
    void anIdOfWhichNothingIsKnownCanBeMergedAndHasAPointerFromThenOn() {
        MergedShop shop =
                MergedShop.delayed(HOUR).send("ann", merge("q1", 5, "bob")).until(day(6));
        assertThat(shop.id("bob").heard(Effect.Answer.class)).isEmpty();
        assertThat(shop.id("bob").profile.isKnown()).isFalse();
        shop.send("ann", order("a1", day(7), 1_000)).until(END);
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 1, 1_000);
    }

    @Test
    void whoHadDoneNothingAloneIsGoneAfterTheUnmerge() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("ann", merge("q1", 5, "bob"))
                .send("ann", unmerge("q2", 6, "bob"))
                .until(END);
        assertOrders(shop, "ann", 1, 1_000);
        assertSilent(shop, "bob");
        assertThat(shop.id("bob").heard(Transition.class).stream()
                        .filter(end -> end.current() == null && end.asOf() == day(6))
                        .flatMap(end -> end.reasons().stream())
                        .map(reason -> reason.code()))
                .containsExactly(ReasonCode.UNMERGED, ReasonCode.UNMERGED);
        assertThat(counted(shop)).isEqualTo(1_000);
        shop.until(day(6 + 401));
        assertThat(shop.id("bob").profile.appliedThrough()).isEqualTo(Profile.NEVER);
    }

    @Test
    void theMemberThatIsOneTooManyStaysItself() {
        MergedShop shop = MergedShop.delayed(HOUR).send("bob", order("b1", day(1), 1));
        int members = Membership.CAPACITY;
        for (int i = 1; i <= members; i++) {
            shop.send("c" + i, order("c1", day(1), 100)).send("c" + i, merge("q", 2 + i / 100.0, "bob"));
        }
        shop.until(END);
        assertOrders(shop, "bob", 1 + 1, 1 + 100L * (members - 1)); // All call their order by the same id.
        assertThat(shop.id("bob").profile.membership().members()).hasSize(members);
        assertOrders(shop, "c" + members, 1, 100);
        assertThat(refusals(shop, "c" + members)).containsExactly(Refusal.TOO_MANY_MEMBERS);
        assertThat(counted(shop)).isEqualTo(1 + 100L * members);
    }

    /** A record that no broker takes would stop the job. */
    @Test
    void moreThanFitsIntoARecordIsNotMoved() {
        MergedShop shop = MergedShop.prompt();
        for (int i = 1; i < Membership.CAPACITY; i++) {
            Profile profile = shop.id("c" + i).profile;
            for (int order = 0; order < 1_000; order++) {
                Shop.apply(profile, order("o" + i + "." + order, day(order / 4.0), 100));
            }
            shop.send("c" + i, merge("q", 300 + i, "bob"));
        }
        shop.send("bob", merge("q", 350, "cyd")).until(day(360));
        assertThat(refusals(shop, "bob")).containsExactly(Refusal.TOO_MANY_MEMBERS);
        assertOrders(shop, "bob", 31_000, 3_100_000);
        assertThat(shop.moves).allMatch(moved -> moved.move().payload().length < 512 << 10);
    }

    // ---- erasure

    @Test
    void theErasureOfAMemberErasesAll() {
        for (String erased : List.of("ann", "bob", "cyd")) {
            MergedShop shop = MergedShop.delayed(HOUR)
                    .send("ann", order("a1", day(1), 1_000))
                    .send("bob", order("b1", day(2), 200))
                    .send("cyd", order("c1", day(3), 30))
                    .send("ann", merge("q1", 5, "bob"))
                    .send("bob", merge("q2", 6, "cyd"))
                    .send(erased, new Erasure("q3", day(10)))
                    .until(END);
            for (String id : List.of("ann", "bob", "cyd")) {
                assertSilent(shop, id);
                Profile profile = shop.id(id).profile;
                assertThat(profile.appliedThrough()).isEqualTo(Profile.NEVER);
                assertThat(profile.membership()).isEqualTo(Membership.NONE);
                assertThat(shop.id(id).kept.spans()).isEmpty();
                assertThat(shop.id(id).heard(Effect.Erased.class))
                        .isNotEmpty()
                        .allSatisfy(effect -> assertThat(effect.asOf()).isEqualTo(day(10)));
            }
            assertThat(counted(shop)).isZero();
            shop.send("ann", order("a9", day(31), 7)).until(day(40));
            assertOrders(shop, "ann", 1, 7);
            assertThat(shop.id("bob").answer()).isNull();
        }
    }

    // ---- what comes late

    @Test
    void aLateEventOfBeforeTheMergeChangesWhatWasMoved() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a2", day(2), 1_000))
                .send("ann", merge("q1", 5, "bob"))
                .send("ann", order("a3", day(6), 30))
                .send("ann", order("a1", day(1), 200), day(9))
                .until(END);
        assertOrders(shop, "bob", 3, 1_230);
        assertThat(shop.id("bob").profile.firstOrder()).isEqualTo(day(1));
        assertThat(shop.kinds()).containsExactly(Move.Kind.MOVED, Move.Kind.FORWARDED, Move.Kind.MOVED);
        assertThat(shop.moves.get(2).move().id())
                .isEqualTo(shop.moves.get(0).move().id() + "~0002");
    }

    @Test
    void aLateMergeTakesBackWhatWasToldSince() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("ann", order("a2", day(6), 30))
                .send("ann", merge("q1", 5, "bob"), day(8))
                .until(END);
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 2, 1_030);
        assertThat(shop.id("ann").heard(Correction.class))
                .isNotEmpty()
                .allMatch(correction -> correction.cause() == Correction.Cause.MERGE);
        assertThat(shop.id("ann").heard(Effect.Retired.class)).hasSize(1);
        assertThat(counted(shop)).isEqualTo(1_030);
    }

    @Test
    void aLateUnmergeTakesBackWhatTheOtherWasToldToHaveDone() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", order("a1", day(1), 1_000))
                .send("bob", order("b1", day(2), 200))
                .send("ann", merge("q1", 5, "bob"))
                .send("ann", order("a2", day(7), 30))
                .send("ann", unmerge("q2", 6, "bob"), day(9))
                .until(END);
        assertOrders(shop, "ann", 2, 1_030);
        assertOrders(shop, "bob", 1, 200);
        assertThat(shop.id("bob").heard(Correction.class))
                .extracting(Correction::cause)
                .contains(Correction.Cause.UNMERGE);
        assertThat(counted(shop)).isEqualTo(1_230);
    }

    /** Then nothing can be put where it belongs; money and counts are right all the same. */
    @Test
    void withoutAHistoryMovesAreBookedAtTheLatestInstant() {
        EngineRules rules = new EngineRules(EngineRules.ENDLESS, 40 * DAY, 30 * DAY, ZoneOffset.UTC);
        MergedShop shop = new MergedShop(rules, told -> 2 * DAY);
        shop.send("ann", order("a1", day(1), 1_000))
                .send("bob", order("b1", day(2), 200))
                .send("ann", merge("q1", 5, "bob"))
                .send("bob", order("b2", day(6), 30))
                .send("ann", order("a2", day(6.5), 4))
                .until(END);
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 4, 1_234);
        assertThat(shop.id("bob").verdicts).containsExactly(entry(LateVerdict.BOOKED, 2));
        shop.send("ann", unmerge("q2", 31, "bob")).until(day(40));
        assertOrders(shop, "ann", 2, 1_004);
        assertOrders(shop, "bob", 2, 230);
        assertThat(counted(shop)).isEqualTo(1_234);
    }

    /** Both have been away for the hiatus of a prospect: whoever counts as them is handed on all the same. */
    @Test
    void whoIsForgottenIsStillTheOther() {
        MergedShop shop = MergedShop.delayed(HOUR)
                .send("ann", visit(day(1)))
                .send("bob", visit(day(2)))
                .send("ann", merge("q1", 5, "bob"))
                .until(day(450));
        assertSilent(shop, "ann");
        assertSilent(shop, "bob");
        assertThat(shop.id("bob").heard(Effect.Forgotten.class)).hasSize(1);
        shop.send("ann", order("a1", day(460), 1_000)).until(day(470));
        assertSilent(shop, "ann");
        assertOrders(shop, "bob", 1, 1_000);
    }
}

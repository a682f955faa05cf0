package io.ebbline.offer;

import static io.ebbline.offer.DeskScene.HOUR;
import static io.ebbline.offer.DeskScene.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferPolicy.Cap;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.OfferEffect.Passed;
import io.ebbline.offer.OfferEffect.Passed.Ground;
import io.ebbline.offer.OfferEffect.Withdrawn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The desk on histories at random, against a log of everything that ever happened which is searched anew for every decision. */
class DeskOracleTest {

    private record Contact(@Nullable String channel, long at) {}

    /** What is known at a decision: events and decisions before it. */
    private static final class Log {
        private final OfferPolicy policy;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Decision> decisions = new ArrayList<>();
        /** By touchpoint in {@link #facts}: the decision that it is about. */
        private final List<@Nullable Decision> about = new ArrayList<>();

        Log(OfferPolicy policy) {
            this.policy = policy;
        }

        void add(Fact fact) {
            facts.add(fact);
            about.add(fact.event() instanceof Touchpoint touchpoint ? decisionOf(touchpoint, fact.asOf()) : null);
        }

        /** The latest that holds the offer and was open at the time of the touchpoint, and still is. */
        private @Nullable Decision decisionOf(Touchpoint touchpoint, long asOf) {
            Decision found = null;
            for (Decision decision : decisions) {
                boolean holds = decision.offers().stream()
                        .anyMatch(offer -> offer.offerId().equals(touchpoint.offerId()));
                boolean open = decision.asOf() < touchpoint.time()
                        && touchpoint.time() < decision.expires()
                        && asOf <= decision.expires();
                found = holds && open ? decision : found;
            }
            return found;
        }

        private List<Touchpoint> touchpoints(TouchpointType... types) {
            return facts.stream()
                    .map(Fact::event)
                    .filter(Touchpoint.class::isInstance)
                    .map(Touchpoint.class::cast)
                    .filter(touchpoint -> Set.of(types).contains(touchpoint.type()))
                    .toList();
        }

        boolean consents(@Nullable String channel) {
            Boolean said = said(channel);
            return said == null ? !policy.consentRequired() : said;
        }

        private @Nullable Boolean said(@Nullable String channel) {
            Boolean said = null;
            long at = Long.MIN_VALUE;
            for (Touchpoint word : touchpoints(TouchpointType.CONSENT, TouchpointType.UNSUBSCRIBE)) {
                boolean yes = word.type() == TouchpointType.CONSENT && (word.value() == null || word.value() != 0);
                boolean concerns = word.channel() == null || word.channel().equals(channel);
                if (channel == null && word.channel() != null) {
                    concerns = !yes && Boolean.FALSE.equals(said(word.channel()));
                }
                if (concerns && (word.time() > at || (word.time() == at && !yes))) {
                    at = word.time();
                    said = yes;
                }
            }
            return said;
        }

        /** Channels by which the customer may be contacted as far as consent goes, null among them when it is left open. */
        List<@Nullable String> routes(@Nullable String best) {
            Set<@Nullable String> known = new HashSet<>();
            known.add(best);
            for (Touchpoint word : touchpoints(TouchpointType.CONSENT)) {
                if (word.channel() != null && isNamed(word.channel())) {
                    known.add(word.channel());
                }
            }
            if (known.size() > 1) {
                known.remove(null);
            }
            return known.stream().filter(this::consents).toList();
        }

        /** The latest word on the channel by name is a yes, and a no to all did not come with it or after it. */
        private boolean isNamed(String channel) {
            Touchpoint last = null;
            for (Touchpoint word : touchpoints(TouchpointType.CONSENT, TouchpointType.UNSUBSCRIBE)) {
                boolean no = word.type() == TouchpointType.UNSUBSCRIBE
                        || Double.valueOf(0).equals(word.value());
                if (channel.equals(word.channel())
                        && (last == null || word.time() > last.time() || (word.time() == last.time() && no))) {
                    last = word;
                }
            }
            boolean yes = last != null
                    && last.type() == TouchpointType.CONSENT
                    && !Double.valueOf(0).equals(last.value());
            return yes && Boolean.TRUE.equals(said(channel));
        }

        private List<Contact> contacts(long asOf) {
            Set<@Nullable String> reporters = new HashSet<>();
            Set<Contact> shows = new HashSet<>();
            Set<Decision> shown = new HashSet<>();
            for (int i = 0; i < facts.size(); i++) {
                if (facts.get(i).event() instanceof Touchpoint show && show.type() == TouchpointType.OFFER_SHOWN) {
                    Decision decision = about.get(i);
                    boolean first = decision != null && shown.add(decision);
                    String by = first && show.channel() == null ? decision.channel() : show.channel();
                    shows.add(new Contact(by, show.time()));
                    if (show.channel() != null) {
                        reporters.add(show.channel());
                    }
                }
            }
            List<Contact> contacts = new ArrayList<>(shows);
            for (Decision decision : decisions) {
                boolean counts = decision.expires() > asOf || !reporters.contains(decision.channel());
                if (!shown.contains(decision) && counts) {
                    contacts.add(new Contact(decision.channel(), decision.sendFrom()));
                }
            }
            return contacts;
        }

        boolean fits(@Nullable String channel, long at, long asOf) {
            List<Contact> contacts = contacts(asOf);
            for (Cap cap : policy.caps()) {
                if (cap.channel() != null && !cap.channel().equals(channel)) {
                    continue;
                }
                List<Long> times = new ArrayList<>(List.of(at));
                contacts.stream()
                        .filter(contact ->
                                cap.channel() == null || cap.channel().equals(contact.channel()))
                        .forEach(contact -> times.add(contact.at()));
                for (long from : times) {
                    boolean holds = from <= at && at < from + cap.periodMillis();
                    long held = times.stream()
                            .filter(time -> from <= time && time < from + cap.periodMillis())
                            .count();
                    if (holds && held > cap.contacts()) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** What is owned in that product, and when all of it was back. */
        private void checkOwned(String sku, long asOf) {
            long kept = 0;
            long back = Long.MIN_VALUE;
            for (Fact fact : facts) {
                if (fact.event() instanceof Purchase purchase) {
                    long bought = purchase.lines().stream()
                            .filter(line -> line.sku().equals(sku))
                            .count();
                    kept += bought;
                    back = bought > 0 ? Long.MIN_VALUE : back;
                } else if (fact.event() instanceof Return goods
                        && goods.lines().get(0).sku().equals(sku)
                        && (kept > 0 || back != Long.MIN_VALUE)) {
                    kept = Math.max(0, kept - 1);
                    back = kept == 0 ? goods.time() : Long.MIN_VALUE;
                }
            }
            assertThat(kept == 0 || RandomFacts.REPLENISHABLE.contains(sku)).isTrue();
            assertThat(back == Long.MIN_VALUE || asOf - back >= policy.returnedMillis())
                    .isTrue();
        }

        void check(Decision decision) {
            assertThat(consents(decision.channel())).isTrue();
            assertThat(fits(decision.channel(), decision.sendFrom(), decision.asOf()))
                    .isTrue();
            assertThat(decision.sendFrom())
                    .isGreaterThanOrEqualTo(decision.asOf())
                    .isLessThan(decision.expires());
            assertThat(decision.offers()).hasSizeBetween(1, policy.listLength());
            for (Offered offer : decision.offers()) {
                assertThat(offer.propensity()).isBetween(0.0, 1.0);
                if (offer.sku() != null) {
                    checkOwned(offer.sku(), decision.asOf());
                }
                for (Decision before : decisions) {
                    if (decision.asOf() - before.asOf() < policy.offerCoolDownMillis()) {
                        assertThat(before.offers())
                                .noneMatch(old -> old.offerId().equals(offer.offerId()));
                    }
                    if (decision.asOf() - before.asOf() < policy.categoryCoolDownMillis() && offer.category() != null) {
                        assertThat(before.offers().get(0).category()).isNotEqualTo(offer.category());
                    }
                }
                for (Touchpoint rejection : touchpoints(TouchpointType.OFFER_REJECTED)) {
                    if (decision.asOf() - rejection.time() < policy.rejectionMillis()) {
                        assertThat(rejection.offerId())
                                .isNotEqualTo(offer.offerId())
                                .isNotEqualTo("sku:" + offer.sku());
                    }
                }
            }
        }

        void check(Passed passed, @Nullable String best, long sendFrom) {
            List<@Nullable String> routes = routes(best);
            if (passed.ground() == Ground.NO_CONSENT) {
                assertThat(routes).isEmpty();
            } else {
                assertThat(routes).isNotEmpty();
                boolean open = routes.stream().anyMatch(channel -> fits(channel, sendFrom, passed.asOf()));
                assertThat(passed.ground()).isEqualTo(open ? Ground.NOTHING : Ground.CAPPED);
            }
        }
    }

    @Property(tries = 1_500)
    void noRuleIsEverBroken(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomFacts history = RandomFacts.of(seed, size, 0);
        DeskScene scene = history.scene();
        Log log = new Log(history.policy());
        for (Fact fact : history.facts()) {
            Context before = scene.book.context();
            for (OfferEffect effect : scene.deadline(fact.asOf() - 1)) {
                follow(scene, log, before, effect);
            }
            List<OfferEffect> said = scene.fact(fact);
            log.add(new Fact(Math.max(fact.asOf(), scene.book.latest()), fact.event(), fact.cause(), fact.context()));
            said.forEach(effect -> follow(scene, log, fact.context(), effect));
        }
    }

    private static void follow(DeskScene scene, Log log, @Nullable Context context, OfferEffect effect) {
        if (effect instanceof Decision decision) {
            log.check(decision);
            log.decisions.add(decision);
        } else if (effect instanceof Passed passed && scene.book.open().size() < OfferBook.OPEN) {
            Context known = Objects.requireNonNull(context);
            log.check(passed, known.channel(), sendFrom(log.policy, known.hour(), passed.asOf()));
        }
    }

    private static long sendFrom(OfferPolicy policy, int best, long asOf) {
        Set<Integer> quiet = new HashSet<>();
        for (int hour = policy.quietFromHour(); hour != policy.quietToHour(); hour = (hour + 1) % 24) {
            quiet.add(hour);
        }
        long at = asOf;
        while (best >= 0 && !quiet.contains(best) ? hour(at) != best : quiet.contains(hour(at))) {
            at = (at / HOUR + 1) * HOUR;
        }
        return at;
    }

    private static int hour(long at) {
        return (int) (at / HOUR % 24);
    }

    @Property(tries = 600)
    void eachOfferHasOneOutcomeAndIsWithdrawnOnceAtMost(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        RandomFacts history = RandomFacts.of(seed, size, 0);
        DeskScene scene = history.scene();
        history.facts().forEach(scene::fact);
        scene.needs = (shelf, market, asOf) -> Long.MAX_VALUE;
        scene.until = Long.MAX_VALUE;
        scene.deadline(scene.until - 1);
        List<Decision> decisions = only(Decision.class, scene.said);
        List<Withdrawn> withdrawn = only(Withdrawn.class, scene.said);
        assertThat(scene.said.stream()
                        .filter(effect -> effect instanceof Decision || effect instanceof Withdrawn)
                        .map(effect -> effect instanceof Decision one ? one.eventId() : ((Withdrawn) effect).eventId()))
                .doesNotHaveDuplicates();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            boolean replaced = i + 1 < decisions.size() && decisions.get(i + 1).asOf() < decision.expires();
            int rank = 1;
            for (Offered offer : decision.offers()) {
                boolean bought = history.facts().stream()
                        .map(Fact::event)
                        .filter(Purchase.class::isInstance)
                        .anyMatch(purchase -> decision.asOf() < purchase.time()
                                && purchase.time() < decision.expires()
                                && isOf(offer, (Purchase) purchase)
                                && isInTime(history, (Purchase) purchase, decision));
                expected.add(decision.expires() + " " + offer.offerId() + " " + rank++ + " " + bought);
                long times = withdrawn.stream()
                        .filter(one -> one.decisionId().equals(decision.eventId())
                                && one.offerId().equals(offer.offerId()))
                        .peek(one -> assertThat(one.asOf()).isLessThan(decision.expires()))
                        .count();
                assertThat(times).isBetween(replaced ? 1L : 0L, 1L);
            }
        }
        assertThat(only(Outcome.class, scene.said).stream()
                        .map(one -> one.asOf() + " " + one.offerId() + " " + one.rank() + " " + one.bought())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** A late purchase that was told after the outcome does not count. */
    private static boolean isInTime(RandomFacts history, Purchase purchase, Decision decision) {
        return history.facts().stream()
                .anyMatch(fact -> purchase.equals(fact.event()) && fact.asOf() <= decision.expires());
    }

    private static boolean isOf(Offered offer, Purchase purchase) {
        return purchase.lines().stream()
                .anyMatch(line -> offer.sku() != null
                        ? offer.sku().equals(line.sku())
                        : offer.category() == null || offer.category().equals(line.category()));
    }

    @Property(tries = 600)
    void whatIsSaidDoesNotDependOnHowFarTimeAdvancesInAStep(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        RandomFacts history = RandomFacts.of(seed, size, 0);
        DeskScene jumps = history.scene();
        DeskScene steps = history.scene();
        Random random = new Random(seed);
        long now = DeskScene.START;
        for (Fact fact : history.facts()) {
            jumps.fact(fact);
            while (now < fact.asOf() - 1) {
                now = Math.min(fact.asOf() - 1, now + random.nextInt(100) * HOUR);
                steps.deadline(now);
            }
            steps.fact(fact);
            assertThat(steps.said).isEqualTo(jumps.said);
        }
        jumps.deadline(now + 100 * DeskScene.DAY);
        for (int day = 1; day <= 100; day++) {
            steps.deadline(now + day * DeskScene.DAY);
        }
        assertThat(steps.said).isEqualTo(jumps.said);
    }

    /** What is decided on the holdout group is what anybody else would be told. */
    @Property(tries = 300)
    void theHoldoutGroupIsDecidedOnLikeAnybodyElse(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        RandomFacts history = RandomFacts.of(seed, size, .5);
        Assume.that(!history.policy().thompson()); // their draws differ
        String in = "a";
        String out = "a";
        for (int i = 0; Desk.isHeldOut(in, history.policy()); i++) {
            in = "a" + i;
        }
        for (int i = 0; !Desk.isHeldOut(out, history.policy()); i++) {
            out = "a" + i;
        }
        List<List<Outcome>> outcomes = new ArrayList<>();
        for (String customer : List.of(in, out)) {
            DeskScene scene = history.scene();
            for (Fact fact : history.facts()) {
                scene.fact(customer, fact);
            }
            if (customer.equals(out)) {
                assertThat(scene.said).hasOnlyElementsOfTypes(Passed.class, Outcome.class);
            }
            outcomes.add(only(Outcome.class, scene.said).stream()
                    .map(one -> new Outcome(
                            one.asOf(),
                            one.offerId(),
                            one.kind(),
                            one.segment(),
                            one.rank(),
                            true,
                            one.propensity(),
                            one.shown(),
                            one.accepted(),
                            one.rejected(),
                            one.bought()))
                    .toList());
        }
        assertThat(outcomes.get(1)).isEqualTo(outcomes.get(0));
    }
}

package io.ebbline.offer;

import static io.ebbline.offer.DeskScene.CUSTOMER;
import static io.ebbline.offer.DeskScene.DAY;
import static io.ebbline.offer.DeskScene.HOUR;
import static io.ebbline.offer.DeskScene.START;
import static io.ebbline.offer.DeskScene.candidate;
import static io.ebbline.offer.DeskScene.context;
import static io.ebbline.offer.DeskScene.decision;
import static io.ebbline.offer.DeskScene.ids;
import static io.ebbline.offer.DeskScene.offer;
import static io.ebbline.offer.DeskScene.only;
import static io.ebbline.offer.DeskScene.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.TouchpointType;
import io.ebbline.model.Offer;
import io.ebbline.model.Offer.Eligibility;
import io.ebbline.model.OfferPolicy.Weight;
import io.ebbline.model.Product;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Passed;
import io.ebbline.offer.OfferEffect.Refusal;
import io.ebbline.offer.OfferEffect.Refused;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Stage;
import io.ebbline.testing.Outlooks;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What is chosen, what it is worth, and what stands in its way, case by case. */
class DeciderTest {

    private DeskScene scene = new DeskScene(new PolicyBuilder());

    private Decision asked() {
        return decision(scene.asks(START, Fact.Cause.STAGE));
    }

    private static Offer of(
            String id,
            String sku,
            long worth,
            List<String> channels,
            long from,
            long to,
            Eligibility whom,
            double lever) {
        return new Offer(id, sku, null, worth, channels, from, to, 14 * DAY, null, whom, lever);
    }

    private static Eligibility whom(List<String> stages, List<String> segments, Long least, List<String> categories) {
        return new Eligibility(stages, segments, least, null, categories, false);
    }

    // ---- what it is worth

    @Test
    void aProductIsWorthItsChanceInAnOrderThatComesInTimeTimesItsMargin() {
        scene = new DeskScene(new PolicyBuilder()
                        .life(7 * DAY)
                        .weights(new Weight("GROWTH", "EXPLORE", 2), new Weight(null, null, 9))
                        .levers(new Weight("tea", null, 3)))
                .products("tea.a");
        Offered offered = asked().offers().get(0);
        // No order in half a horizon: .5^.5; of those that come a half holds it; a share of .5 of 10.00.
        double propensity = 1 - Math.sqrt(Math.sqrt(.5));
        assertThat(offered.propensity()).isCloseTo(propensity, within(1e-12));
        assertThat(offered.drawn()).isNaN();
        assertThat(offered.valueMinor()).isEqualTo(500);
        assertThat(offered.weight()).isEqualTo(2);
        assertThat(offered.lever()).isEqualTo(3);
        assertThat(offered.score()).isCloseTo(propensity * 500 * 2 * 3, within(1e-9));
    }

    @Test
    void ofWhomNoOrderIsKnownTheChanceOfOneIsThePriors() {
        scene.products("tea.a").context = context(Stage.PROSPECT, null, Double.NaN);
        assertThat(asked().offers().get(0).propensity()).isCloseTo(1 - Math.sqrt(.9), within(1e-12));
    }

    @Test
    void whereTheCostIsKnownTheMarginCountsAndTheRankingFollowsIt() {
        scene.products("tea.a", "tea.b")
                .catalogue(
                        new Product(
                                "tea.a",
                                null,
                                null,
                                1_200L,
                                1_100L,
                                true,
                                0,
                                9 * START,
                                Product.Use.UNKNOWN,
                                List.of()),
                        new Product(
                                "tea.b", null, null, null, 200L, true, 0, 9 * START, Product.Use.UNKNOWN, List.of()));
        assertThat(asked().offers()).extracting(Offered::offerId).containsExactly("sku:tea.b", "sku:tea.a");
        assertThat(asked().offers()).extracting(Offered::valueMinor).containsExactly(800.0, 100.0);
    }

    @Test
    void whatTheShopGivesAwayIsLessEarned() {
        scene.products("tea.a").offers(of("half", "tea.a", 300, List.of(), 0, 9 * START, Eligibility.EVERYBODY, 4));
        Offered offered = asked().offers().get(0);
        assertThat(offered.offerId()).isEqualTo("half");
        assertThat(offered.kind()).isEqualTo(Kind.CAMPAIGN);
        assertThat(offered.valueMinor()).isEqualTo(200);
        assertThat(offered.lever()).isEqualTo(4);
        assertThat(offered.propensity()).isCloseTo(1 - Math.sqrt(.5), within(1e-12));
        // The product itself is not offered beside it.
        assertThat(asked().offers()).hasSize(1);
    }

    @Test
    void anOfferOfACategoryIsTakenUpByAnyProductOfIt() {
        scene.products("tea.a", "tea.b", "cup.c").offers(offer("teas", null, "tea"));
        Offered offered = asked().offers().get(0);
        assertThat(offered.offerId()).isEqualTo("teas");
        assertThat(offered.propensity()).isCloseTo(1 - Math.pow(.5, 1 - .5 * .6), within(1e-12));
    }

    @Test
    void aLeverOfNothingSwitchesOff() {
        scene = new DeskScene(new PolicyBuilder().levers(new Weight("tea", null, 0))).products("tea.a", "cup.c");
        assertThat(ids(scene.asks(START, Fact.Cause.STAGE))).containsExactly("sku:cup.c");
    }

    @Test
    void equalScoresGoByOfferId() {
        scene.candidates.add(candidate("b", .5));
        scene.candidates.add(candidate("c", .5));
        scene.candidates.add(candidate("a", .5));
        assertThat(ids(scene.asks(START, Fact.Cause.STAGE))).containsExactly("sku:a", "sku:b", "sku:c");
    }

    // ---- what came of it

    /** Of every pace little is known, but of the one that the scene's customer has. */
    private void feedback(double alpha, double beta) {
        double[] first = new double[Pace.values().length];
        double[] second = new double[first.length];
        Arrays.fill(first, 1);
        Arrays.fill(second, 1);
        first[Pace.ONCE.ordinal()] = alpha;
        second[Pace.ONCE.ordinal()] = beta;
        scene.market.apply(new MarketUpdate(
                18_261,
                null,
                List.of(),
                List.of(),
                List.of(new MarketUpdate.Feedback("half", 18_261, 7, first, second))));
    }

    @Test
    void whatIsKnownOfAnOfferAndAPaceIsWhatIsBelieved() {
        scene.products("tea.a").offers(offer("half", "tea.a", null));
        feedback(30, 70);
        assertThat(asked().offers().get(0).propensity()).isCloseTo(.3, within(1e-12));
        assertThat(asked().tick()).isEqualTo(18_261);
    }

    @Test
    void aDrawTakesThePlaceOfTheMeanAndBothAreTold() {
        scene = new DeskScene(new PolicyBuilder().thompson(true))
                .products("tea.a")
                .offers(offer("half", "tea.a", null));
        Offered offered = asked().offers().get(0);
        assertThat(offered.offerId()).isEqualTo("half");
        double mean = offered.propensity();
        assertThat(mean).isCloseTo(1 - Math.sqrt(.5), within(1e-12));
        assertThat(offered.drawn())
                .isCloseTo(
                        Thompson.of(CUSTOMER, "half", START, "policy/1").beta(10 * mean, 10 - 10 * mean), within(1e-9))
                .isNotEqualTo(mean);
        assertThat(offered.score()).isEqualTo(offered.drawn() * 500);
    }

    // ---- what stands in its way

    @Test
    void whatTheCatalogueSaysCanNotBeSoldIsRefused() {
        scene.products("gone", "over", "soon", "here")
                .catalogue(
                        new Product(
                                "gone", null, null, null, null, false, 0, 9 * START, Product.Use.UNKNOWN, List.of()),
                        new Product("over", null, null, null, null, true, 0, START, Product.Use.UNKNOWN, List.of()),
                        new Product(
                                "soon",
                                null,
                                null,
                                null,
                                null,
                                true,
                                START + 1,
                                9 * START,
                                Product.Use.UNKNOWN,
                                List.of()));
        Decision decision = asked();
        assertThat(ids(List.of(decision))).containsExactly("sku:here");
        assertThat(decision.refused())
                .containsExactly(
                        new Refused("sku:gone", Refusal.UNAVAILABLE),
                        new Refused("sku:soon", Refusal.OUT_OF_TIME),
                        new Refused("sku:over", Refusal.OUT_OF_TIME));
    }

    @Test
    void whatIsOwnedIsOfferedAgainOnlyWhereItIsUsedUp() {
        scene.products("pot", "tea.a", "lid")
                .offers(offer("lids", "lid", null))
                .catalogue(product("tea.a", Product.Use.ONCE));
        scene.replenishable.addAll(List.of("pot", "tea.a"));
        Decision decision = decision(scene.buys(START, "pot", "tea.a", "lid"));
        assertThat(ids(List.of(decision))).containsExactly("sku:pot");
        assertThat(decision.offers().get(0).kind()).isEqualTo(Kind.REPLENISH);
        assertThat(decision.refused())
                .containsExactly(new Refused("sku:tea.a", Refusal.OWNED), new Refused("lids", Refusal.OWNED));
    }

    @Test
    void whatCameBackIsNotOfferedForAWhile() {
        scene = new DeskScene(new PolicyBuilder().returned(30 * DAY)).products("tea.a", "cup.c");
        scene.note(scene.purchase(START, "tea.a"));
        scene.note(scene.goods(START + 1, "tea.a"));
        Decision decision = decision(scene.asks(START + 30 * DAY, Fact.Cause.STAGE));
        assertThat(decision.refused()).containsExactly(new Refused("sku:tea.a", Refusal.RETURNED));
        assertThat(ids(scene.asks(START + 30 * DAY + 1, Fact.Cause.STAGE))).contains("sku:tea.a");
    }

    @Test
    void coolDownsHoldOfOffersAndOfTheCategoryThatStoodFirst() {
        scene = new DeskScene(new PolicyBuilder().list(2).coolDowns(10 * DAY, 20 * DAY))
                .products("tea.a", "cup.c", "tea.b", "cup.d", "pot");
        assertThat(ids(scene.asks(START, Fact.Cause.STAGE))).containsExactly("sku:tea.a", "sku:cup.c");
        Decision second = decision(scene.asks(START + 10 * DAY - 1, Fact.Cause.STAGE));
        assertThat(ids(List.of(second))).containsExactly("sku:cup.d", "sku:pot");
        assertThat(second.refused())
                .containsExactly(
                        new Refused("sku:tea.a", Refusal.COOL_DOWN),
                        new Refused("sku:cup.c", Refusal.COOL_DOWN),
                        new Refused("sku:tea.b", Refusal.CATEGORY_COOL_DOWN));
        assertThat(ids(scene.asks(START + 20 * DAY, Fact.Cause.STAGE))).containsExactly("sku:tea.a", "sku:tea.b");
    }

    @Test
    void whomAnOfferIsForHasToBeOneOfThem() {
        scene.offers(
                        of(
                                "phase",
                                "a",
                                0,
                                List.of(),
                                0,
                                9 * START,
                                whom(List.of("MATURE"), List.of(), null, List.of()),
                                1),
                        of(
                                "segment",
                                "a",
                                0,
                                List.of(),
                                0,
                                9 * START,
                                whom(List.of(), List.of("b"), null, List.of()),
                                1),
                        of("clv", "a", 0, List.of(), 0, 9 * START, whom(List.of(), List.of(), 5_001L, List.of()), 1),
                        of(
                                "owner",
                                "a",
                                0,
                                List.of(),
                                0,
                                9 * START,
                                whom(List.of(), List.of(), null, List.of("tea")),
                                1),
                        of(
                                "consent",
                                "a",
                                0,
                                List.of(),
                                0,
                                9 * START,
                                new Eligibility(List.of(), List.of(), null, null, List.of(), true),
                                1))
                .products("a");
        Decision decision = asked();
        assertThat(ids(List.of(decision))).containsExactly("sku:a");
        assertThat(decision.refused())
                .containsExactly(
                        new Refused("clv", Refusal.NOT_ELIGIBLE),
                        new Refused("consent", Refusal.NO_CONSENT),
                        new Refused("owner", Refusal.NOT_ELIGIBLE),
                        new Refused("phase", Refusal.NOT_ELIGIBLE),
                        new Refused("segment", Refusal.NOT_ELIGIBLE));
        scene.note(scene.purchase(START + 1, "tea.x"));
        assertThat(ids(scene.asks(START + 1, Fact.Cause.STAGE))).containsExactly("owner");
        scene.touches(TouchpointType.CONSENT, START + 2, null, null, null);
        assertThat(ids(scene.asks(START + 2, Fact.Cause.STAGE))).containsExactly("consent");
    }

    @Test
    void anUnknownValueIsNoValueBetweenBounds() {
        Eligibility poor = new Eligibility(List.of(), List.of(), null, 10L, List.of(), false);
        scene.offers(of("poor", "a", 0, List.of(), 0, 9 * START, poor, 1)).products("a").context =
                new Context(Stage.GROWTH, null, .9, Outlooks.steady(.5), Double.NaN, null, -1, "model/1", Pace.ONCE);
        assertThat(asked().refused()).containsExactly(new Refused("poor", Refusal.NOT_ELIGIBLE));
    }

    @Test
    void whatHasUsedUpItsBudgetOrIsOutOfTimeIsRefused() {
        scene.offers(
                        of("rich", "a", 0, List.of(), 0, 9 * START, Eligibility.EVERYBODY, 1),
                        of("late", "a", 0, List.of(), START + HOUR, 9 * START, Eligibility.EVERYBODY, 1))
                .products("a");
        scene.usedUp.add("rich");
        assertThat(asked().refused())
                .containsExactly(new Refused("late", Refusal.OUT_OF_TIME), new Refused("rich", Refusal.BUDGET));
    }

    @Test
    void whatExpiresBeforeItCanBeSentIsOutOfTime() {
        scene = new DeskScene(new PolicyBuilder().quiet(21, 8))
                .offers(of("tonight", "a", 0, List.of(), 0, START + 5 * HOUR, Eligibility.EVERYBODY, 1))
                .products("a");
        scene.candidates.add(candidate("b", .01));
        Decision decision = asked();
        assertThat(decision.sendFrom()).isEqualTo(START + 8 * HOUR);
        assertThat(ids(List.of(decision))).containsExactly("sku:a", "sku:b");
    }

    @Test
    void theListStandsAsLongAsEachOfItsOffers() {
        scene.offers(of("soon over", "a", 0, List.of(), 0, START + DAY, Eligibility.EVERYBODY, 50))
                .products("a", "b");
        Decision decision = asked();
        assertThat(ids(List.of(decision))).containsExactly("soon over", "sku:b");
        assertThat(decision.expires()).isEqualTo(START + DAY);
        assertThat(decision.offers().get(1).propensity()).isCloseTo(1 - Math.pow(.5, .4 / 14), within(1e-12));
    }

    @Test
    void offersGoByTheChannelOfTheContact() {
        scene.offers(
                                of("letter", "a", 0, List.of("post"), 0, 9 * START, Eligibility.EVERYBODY, 2),
                                of("mail", "b", 0, List.of("email"), 0, 9 * START, Eligibility.EVERYBODY, 1))
                        .products("a", "b")
                        .context =
                context(Stage.GROWTH, "email", .5);
        Decision decision = asked();
        assertThat(decision.channel()).isEqualTo("email");
        assertThat(ids(List.of(decision))).containsExactly("sku:a", "mail");
        assertThat(decision.refused()).containsExactly(new Refused("letter", Refusal.CHANNEL));
        // Where none is known, the first offer says by which.
        scene.context = context(Stage.GROWTH, null, .5);
        decision = decision(scene.asks(START + 1, Fact.Cause.STAGE));
        assertThat(decision.channel()).isEqualTo("post");
        assertThat(ids(List.of(decision))).containsExactly("letter", "sku:b");
    }

    @Test
    void whereSilenceMeansNoNothingIsOfferedWithoutConsent() {
        scene = new DeskScene(new PolicyBuilder().consentRequired(true)).products("a");
        assertThat(scene.asks(START, Fact.Cause.STAGE)).containsExactly(new Passed(START, Passed.Ground.NO_CONSENT));
        scene.touches(TouchpointType.CONSENT, START, null, null, null);
        assertThat(ids(scene.asks(START, Fact.Cause.STAGE))).containsExactly("sku:a");
    }

    @Test
    void whatIsRefusedDoesNotHideTheRest() {
        scene = new DeskScene(new PolicyBuilder().list(2));
        Product[] gone = new Product[200];
        for (int i = 0; i < gone.length; i++) {
            gone[i] = new Product(
                    "gone" + i, null, null, null, null, false, 0, 9 * START, Product.Use.UNKNOWN, List.of());
            scene.candidates.add(candidate("gone" + i, .5));
        }
        scene.catalogue(gone).candidates.add(candidate("here", .01));
        Decision decision = asked();
        assertThat(ids(List.of(decision))).containsExactly("sku:here");
        assertThat(decision.refused()).hasSize(Decider.REFUSED);
        assertThat(scene.rankings).isEqualTo(2);
    }

    // ---- kinds

    @Test
    void whoSlipsAndWhoHasLeftAreOfferedTheirFavouritesAndWhatIsForThem() {
        Eligibility left = whom(List.of("DEPARTED", "DECLINE"), List.of(), null, List.of());
        scene.offers(of("miss you", null, 0, List.of(), 0, 9 * START, left, 1)).products("tea.a", "cup.c");
        scene.replenishable.add("tea.a");
        scene.note(scene.purchase(START - DAY, "tea.a"));
        scene.context = context(Stage.DEPARTED, null, .5);
        assertThat(asked().offers())
                .extracting(Offered::offerId, Offered::kind)
                .containsExactlyInAnyOrder(
                        Tuple.tuple("miss you", Kind.WIN_BACK),
                        Tuple.tuple("sku:tea.a", Kind.WIN_BACK),
                        Tuple.tuple("sku:cup.c", Kind.EXPLORE));
        scene.context = context(Stage.DECLINE, null, .5);
        assertThat(asked().offers())
                .extracting(Offered::kind)
                .containsExactlyInAnyOrder(Kind.RESCUE, Kind.RESCUE, Kind.EXPLORE);
        scene.context = context(Stage.MATURE, null, .5);
        assertThat(decision(scene.asks(START, Fact.Cause.DECLINE)).offers())
                .extracting(Offered::kind)
                .containsExactlyInAnyOrder(Kind.RESCUE, Kind.EXPLORE);
    }

    @Test
    void aBundleOfWhatWasJustBoughtIsOffered() {
        scene.products("pot", "lid", "cup").catalogue(product("set", Product.Use.UNKNOWN, "pot", "lid"));
        Decision decision = decision(scene.buys(START, "pot"));
        Offered set = decision.offers().stream()
                .filter(offered -> "set".equals(offered.sku()))
                .findFirst()
                .orElseThrow();
        assertThat(set.kind()).isEqualTo(Kind.BUNDLE);
        assertThat(set.propensity()).isCloseTo(1 - Math.pow(.5, .4), within(1e-12));
        // Not when it was bought before, nor when nothing of it is missing.
        assertThat(ids(scene.buys(START + 1, "cup"))).doesNotContain("sku:set");
        assertThat(ids(scene.asks(START + 1, Fact.Cause.STAGE))).containsExactly("sku:lid");
        scene.candidates.add(candidate("more", .1));
        assertThat(ids(scene.buys(START + 2, "lid"))).doesNotContain("sku:set");
    }

    @Test
    void noMoreIsDecidedThanCanBeRemembered() {
        scene.products("a");
        for (int i = 0; i < OfferBook.OPEN; i++) {
            scene.asks(START + i, Fact.Cause.STAGE);
        }
        assertThat(scene.asks(START + 100, Fact.Cause.STAGE))
                .containsExactly(new Passed(START + 100, Passed.Ground.CAPPED));
        assertThat(only(OfferEffect.Outcome.class, scene.deadline(START + 14 * DAY + 100)))
                .hasSize(OfferBook.OPEN);
    }
}

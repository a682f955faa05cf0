package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.Product.Use;
import io.ebbline.model.RankingModel;
import io.ebbline.population.Tick;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplenishTest {

    private static final long DAY = Tick.MILLIS;
    private static final RankingModel MODEL = RankingModel.shipped();

    /** A customer who has ordered, and what the shop has counted of it. */
    private static final class Shop {
        private final Shelf shelf = new Shelf();
        private final Affinities affinities = new Affinities(2);
        private final List<Purchase> purchases = new ArrayList<>();

        Shop order(int day, String... skus) {
            Purchase purchase = purchase("order " + purchases.size(), day, skus);
            purchases.add(purchase);
            affinities.add(shelf.purchase(purchase, true, purchase.time()));
            affinities.endTick(day);
            return this;
        }

        /** Orders of somebody else. */
        Shop other(int day, String... skus) {
            affinities.add(new Shelf().purchase(purchase("other", day, skus), true, day * DAY));
            affinities.endTick(day);
            return this;
        }

        Market market() {
            return affinities.market();
        }

        Shelf.Owned owned(String sku) {
            Shelf.Owned owned = shelf.get(sku);
            assertThat(owned).isNotNull();
            return owned;
        }

        List<Candidate> candidates(Replenish replenish, int day) {
            return replenish.of(shelf, market(), MODEL, day * DAY, sku -> false, 10);
        }
    }

    private static Purchase purchase(String order, int day, String... skus) {
        List<Line> lines = Arrays.stream(skus).map(ReplenishTest::line).toList();
        return new Purchase(order, day * DAY, order, "EUR", null, null, lines, 100L * skus.length);
    }

    private static Line line(String sku) {
        return Line.of(sku, null, BigDecimal.ONE, BigDecimal.ONE);
    }

    // ---- when

    @Test
    void theNeedComesAfterTheMeanGap() {
        Shop shop = new Shop().order(0, "TEA", "POT").order(20, "TEA").order(60, "TEA");

        assertThat(Replenish.needAt(shop.owned("TEA"))).isEqualTo(90 * DAY);
        assertThat(Replenish.needAt(shop.owned("POT"))).isEqualTo(Profile.NO_DEADLINE);
    }

    @Test
    void theNextNeedIsTheEarliestThatIsYetToCome() {
        Shop shop = new Shop()
                .order(0, "TEA", "SOAP", "CUP")
                .order(10, "TEA", "CUP")
                .order(20, "TEA", "SOAP")
                .order(40, "SOAP");
        Replenish replenish = new Replenish();

        // Tea: every 10 days, last on day 20. Soap: every 20 days, last on day 40. Two cups make no rhythm.
        assertThat(replenish.at(shop.shelf, shop.market(), 25 * DAY)).isEqualTo(30 * DAY);
        assertThat(replenish.at(shop.shelf, shop.market(), 30 * DAY)).isEqualTo(60 * DAY);
        assertThat(replenish.at(shop.shelf, shop.market(), 60 * DAY)).isEqualTo(Profile.NO_DEADLINE);

        Replenish word = new Replenish(sku -> sku.equals("CUP") ? Use.REPLENISHABLE : Use.ONCE);
        assertThat(word.at(shop.shelf, shop.market(), 5 * DAY)).isEqualTo(20 * DAY);
    }

    @Property
    void itIsNearerToTheNeedTheLongerItWaitsAndFartherFromItThen(
            @ForAll @IntRange(min = 1, max = 300) int gap,
            @ForAll @IntRange(max = 900) int early,
            @ForAll @IntRange(max = 900) int late) {
        Shelf.Owned tea = new Shop().order(0, "TEA").order(gap, "TEA").owned("TEA");
        long need = Replenish.needAt(tea);
        long first = tea.last() + Math.min(early, late) * DAY;
        long second = tea.last() + Math.max(early, late) * DAY;

        double before = OwnTerms.due(tea, first);
        double after = OwnTerms.due(tea, second);

        assertThat(OwnTerms.due(tea, need)).isZero();
        assertThat(before).isBetween(-4.0, 0.0);
        if (second <= need) {
            assertThat(after).isGreaterThanOrEqualTo(before);
        }
        if (first >= need) {
            assertThat(after).isLessThanOrEqualTo(before);
        }
    }

    // ---- what

    @Test
    void theShopsWordCountsMoreThanThePurchases() {
        Shop shop = new Shop().order(0, "TEA", "POT").order(10, "TEA");

        Replenish word = new Replenish(sku -> sku.equals("POT") ? Use.REPLENISHABLE : Use.ONCE);

        assertThat(skus(shop.candidates(word, 20))).containsExactly("POT");
    }

    @Test
    void withoutAWordItIsWhatIsBoughtAgain() {
        Shop shop = new Shop().order(0, "TEA", "SOAP", "POT");
        Shelf one = new Shelf();
        // Somebody buys soap every day, and the pot only once.
        for (int day = 0; day < 200; day++) {
            String[] skus = day == 0 ? new String[] {"SOAP", "POT"} : new String[] {"SOAP"};
            shop.affinities.add(one.purchase(purchase("one " + day, day, skus), true, day * DAY));
            shop.affinities.endTick(day);
        }
        shop.order(200, "TEA");

        // Tea: bought again by the customer. Soap: by others. The pot: by nobody, though there were a hundred chances.
        assertThat(skus(shop.candidates(new Replenish(), 201))).containsExactlyInAnyOrder("TEA", "SOAP");
        assertThat(new Replenish().isReplenishable(shop.owned("POT"), shop.market())).isFalse();
    }

    @Test
    void whatCameBackAndWhatIsRefusedIsLeftOut() {
        Shop shop = new Shop().order(0, "TEA", "SOAP", "OIL").order(5, "TEA", "SOAP", "OIL");
        shop.shelf.giveBack(new Return(
                "return",
                6 * DAY,
                null,
                false,
                "EUR",
                List.of(Line.of("TEA", null, BigDecimal.valueOf(2), BigDecimal.ONE)),
                200));

        assertThat(skus(new Replenish().of(shop.shelf, shop.market(), MODEL, 7 * DAY, "OIL"::equals, 10)))
                .containsExactly("SOAP");
    }

    @Test
    void theLikeliestStandFirstWithTheirReasons() {
        Shop shop = new Shop().order(0, "TEA", "OIL").order(10, "TEA", "OIL").order(20, "TEA");

        List<Candidate> candidates = shop.candidates(new Replenish(), 28);

        assertThat(skus(candidates)).containsExactly("TEA", "OIL");
        Candidate tea = candidates.get(0);
        assertThat(tea.kind()).isEqualTo(Kind.REPLENISH);
        assertThat(tea.priceMinor()).isEqualTo(100);
        assertThat(tea.chance()).isBetween(0.0, 1.0).isGreaterThan(candidates.get(1).chance());
        assertThat(tea.reasons())
                .startsWith(
                        new Reason(ReasonCode.USED_UP, 8, 10), new Reason(ReasonCode.OWN_ORDERS, 3, 3))
                .extracting(Reason::code)
                .containsExactly(ReasonCode.USED_UP, ReasonCode.OWN_ORDERS, ReasonCode.BOUGHT_AGAIN);
        assertThat(new Replenish().of(shop.shelf, shop.market(), MODEL, 28 * DAY, sku -> false, 1))
                .hasSize(1);
    }

    // ---- the terms, from the bare orders

    @Property(tries = 200)
    void theTermsAreThoseOfTheBareOrders(@ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 255) Integer> orders) {
        Shop shop = new Shop().other(0, "B", "C").other(1, "A", "D");
        for (int i = 0; i < orders.size(); i++) {
            shop.order(2 + 3 * i, skus(orders.get(i)));
        }
        Market market = shop.market();
        long asOf = (2 + 3 * orders.size()) * DAY;
        OwnTerms terms = new OwnTerms(shop.shelf, market, asOf);
        for (Shelf.Owned owned : shop.shelf.items()) {
            int item = market.index(owned.sku());
            List<Integer> held = IntStream.range(0, orders.size())
                    .filter(i -> List.of(skus(orders.get(i))).contains(owned.sku()))
                    .boxed()
                    .toList();
            double count =
                    held.stream().mapToDouble(i -> Math.pow(.9, orders.size() - 1 - i)).sum();
            double g = 1e-4 + market.popularity(item);
            double follow = 0;
            for (Shelf.Owned from : shop.shelf.items()) {
                Links links = market.later(market.index(from.sku()));
                for (int k = 0; k < links.size(); k++) {
                    follow += links.items()[k] == item ? links.excess()[k] : 0;
                }
            }
            int waited = orders.size() - held.get(held.size() - 1);
            int span = held.get(held.size() - 1) - held.get(0);
            double ratio = Math.log((3.0 * waited + 1) / (3.0 * span / Math.max(1, held.size() - 1) + 1));

            assertThat(terms.of(owned))
                    .containsExactly(
                            new double[] {
                                Math.log(count),
                                Math.log(1e-4 + market.orderShare(item)),
                                Math.log((1e-4 + market.popularityFast(item)) / g),
                                Math.log(1e-4 + market.repeatRate(item)),
                                Math.log(orders.size()),
                                Math.log(1 + follow / Math.sqrt(shop.shelf.items().size()) / g),
                                0,
                                held.size() == 1 ? 0 : Math.max(-4, -ratio * ratio)
                            },
                            within(1e-9));
        }
    }

    @Test
    void whatMoreIsSpentOnIsWeighedByHowMuchMore() {
        Shelf shelf = new Shelf();
        List<Line> lines = List.of(
                Line.of("TEA", null, BigDecimal.valueOf(4), BigDecimal.valueOf(2)),
                Line.of("OIL", null, BigDecimal.ONE, BigDecimal.valueOf(2)));
        shelf.purchase(new Purchase("1", 0, "1", "EUR", null, null, lines, 1_000), true, 0);
        OwnTerms terms = new OwnTerms(shelf, Market.empty(), DAY);

        // Eight and two: twice as much and half as much as their geometric mean.
        assertThat(shelf.items().stream()
                        .mapToDouble(owned -> terms.of(owned)[6])
                        .toArray())
                .containsExactly(new double[] {Math.log(2), -Math.log(2)}, within(1e-12));
    }

    private static String[] skus(int bits) {
        return IntStream.range(0, 8)
                .filter(i -> (bits >> i & 1) == 1)
                .mapToObj(i -> String.valueOf((char) ('A' + i)))
                .toArray(String[]::new);
    }

    private static List<String> skus(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::sku).toList();
    }
}

package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.RankingModel.Explore;
import io.ebbline.model.RankingModel.Own;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.OwnTerms;
import io.ebbline.offer.Ranked;
import io.ebbline.offer.Ranker;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;

/** Weights from orders that were drawn by known ones. */
class RankingFitTest {

    private static final long DAY = 86_400_000;
    private static final int CUSTOMERS = 150;
    private static final int DAYS = 50;
    private static final Explore EXPLORE = new Explore(-.2, .95, 0, .5, 0, 0, 0, 0, 0);
    private static final Own OWN = new Own(-1, 1, 0, 0, 0, -.3, 0, 0, 0);

    private final Random random = new Random(5);
    private final Affinities affinities = new Affinities(2);
    private final List<Shelf> shelves = new ArrayList<>();
    private final Ranker ranker = new Ranker();
    private final RankingFit explore = new RankingFit();
    private final OwnFit own = new OwnFit();
    private double expectedNew;
    private int actualNew;
    private double expectedAgain;
    private int actualAgain;

    private static Purchase purchase(String id, long time, List<String> skus) {
        return new Purchase(
                id,
                time,
                id,
                "GBP",
                null,
                null,
                skus.stream()
                        .map(sku -> new Line(sku, null, 10_000, 10_000, null))
                        .toList(),
                0);
    }

    /** Everybody orders every second day; what the order holds is drawn product by product. */
    private void live(int fromDay, int toDay, Explore exploreJudged, Own ownJudged) {
        for (int day = fromDay; day < toDay; day++) {
            for (int k = day % 2; k < CUSTOMERS; k += 2) {
                long time = day * DAY + k * 60_000L;
                Shelf shelf = shelves.get(k);
                List<String> skus = draw(shelf, time, exploreJudged, ownJudged);
                if (!skus.isEmpty()) {
                    Purchase purchase = purchase("o" + day, time, skus);
                    OrderHistory.Order order = new OrderHistory.Order("c" + k, purchase, true);
                    explore.add(order, shelf, affinities.market());
                    own.add(order, shelf, affinities.market());
                    affinities.add(shelf.purchase(purchase, true, time));
                }
            }
            affinities.endTick(day);
        }
    }

    private List<String> draw(Shelf shelf, long time, Explore exploreJudged, Own ownJudged) {
        List<String> skus = new ArrayList<>();
        for (Ranked ranked : ranker.best(shelf, affinities.market(), EXPLORE, sku -> false, 1_000)) {
            boolean bought = random.nextDouble() < ranked.chance(EXPLORE);
            expectedNew += ranked.chance(exploreJudged);
            actualNew += bought ? 1 : 0;
            if (bought) {
                skus.add(affinities.market().sku(ranked.item()));
            }
        }
        OwnTerms terms = new OwnTerms(shelf, affinities.market(), time);
        for (Owned owned : shelf.items()) {
            boolean bought = random.nextDouble() < terms.chance(owned, OWN);
            expectedAgain += terms.chance(owned, ownJudged);
            actualAgain += bought ? 1 : 0;
            if (bought) {
                skus.add(owned.sku());
            }
        }
        return skus;
    }

    /** A beginning: six hundred products, the first ones more popular. */
    private void begin() {
        for (int k = 0; k < CUSTOMERS; k++) {
            Shelf shelf = new Shelf();
            List<String> skus = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                if (random.nextDouble() < .3 / (1 + i / 20.0)) {
                    skus.add("P" + i);
                }
            }
            skus.add("P" + random.nextInt(600));
            affinities.add(shelf.purchase(
                    purchase("o", k * 60_000L, skus.stream().distinct().toList()), true, k * 60_000L));
            shelves.add(shelf);
        }
        affinities.endTick(0);
    }

    @Example
    void findsTheWeightsThatOrdersWereDrawnBy() {
        begin();
        live(1, DAYS, EXPLORE, OWN);
        Fitted<Explore> first = explore.fit(DAYS * DAY);
        Fitted<Own> again = own.fit(DAYS * DAY);
        Explore e = first.parameters();
        assertThat(new double[] {e.popularity(), e.trend(), e.later(), e.together(), e.category(), e.price()})
                .containsExactly(new double[] {.95, 0, .5, 0, 0, 0}, within(.15));
        Own o = again.parameters();
        assertThat(new double[] {o.count(), o.popularity(), o.trend(), o.repeatRate(), o.orders(), o.later(), o.due()})
                .containsExactly(new double[] {1, 0, 0, 0, -.3, 0, 0}, within(.1));
        assertThat(o.intercept()).isEqualTo(OWN.intercept(), within(.1));
        assertThat(first.logLikelihood()).isNegative();
        assertThat(again.logLikelihood()).isNegative();

        // The chances hold afterwards, too: within four deviations, and what the weights themselves err by.
        expectedNew = 0;
        actualNew = 0;
        expectedAgain = 0;
        actualAgain = 0;
        live(DAYS, DAYS + 30, e, o);
        assertThat((double) actualNew).isEqualTo(expectedNew, within(4 * Math.sqrt(expectedNew) + .03 * expectedNew));
        assertThat((double) actualAgain)
                .isEqualTo(expectedAgain, within(4 * Math.sqrt(expectedAgain) + .03 * expectedAgain));
    }

    @Example
    void tooLittleIsRefused() {
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> new RankingFit().fit(DAY))
                .withMessageStartingWith("Only 0 first purchases")
                .withMessageContaining("keep the weights in use");
    }
}

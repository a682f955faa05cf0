package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.backtest.PropensityTrial.Figures;
import io.ebbline.backtest.PropensityTrial.Sum;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopOffers;
import io.ebbline.connector.feed.ShopRates;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.fit.OrderHistory;
import io.ebbline.fit.OwnFit;
import io.ebbline.fit.RankingFit;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;

class PropensityTrialTest {

    private static final long DAY = 86_400_000;

    /**
     * Weights of ranking fitted to what was known before the last quarter, chances of an order by the shipped model, which is another
     * shop's: how far that is off is learnt as the history goes on. A fifth is what is allowed.
     */
    @Example
    void asMuchIsBoughtAsWasExpectedInTheQuarterAfterAFitAndMoreWhereMoreWas() {
        History history =
                new SimulatedShop(1, 1_500, 300, Instant.parse("2025-01-01T00:00:00Z"), ShopRates.defaults()).history();
        List<CustomerEvents> customers = CustomerEvents.of(history.records(), history.currency());
        long cut = history.end() / DAY * DAY - 91 * DAY;
        ScoringModel model = ScoringModel.shipped().withRanking(ranking(customers, cut));
        PropensityTrial trial = new PropensityTrial(
                model, ShopOffers.versions().subList(0, 1), EngineRules.defaults(), history.end(), 2);
        customers.forEach(trial::add);
        Figures figures = trial.judge(cut + 14 * DAY);
        for (Kind kind : List.of(Kind.REPLENISH, Kind.POPULAR)) {
            Sum all = figures.of(kind);
            assertThat(all.bought()).isGreaterThan(100);
            assertThat(all.expected() / all.bought()).as(kind.name()).isBetween(.8, 1.2);
            rises(figures.byClass().getOrDefault(kind, new TreeMap<>()));
        }
    }

    private static RankingModel ranking(List<CustomerEvents> customers, long cut) {
        OrderHistory.Builder orders = new OrderHistory.Builder();
        customers.forEach(customer ->
                orders.add(customer.customer(), customer.until(cut - 1).events()));
        RankingFit explore = new RankingFit();
        OwnFit own = new OwnFit();
        orders.build().walk(2, 1, (order, shelf, market) -> {
            explore.add(order, shelf, market);
            own.add(order, shelf, market);
        });
        return new RankingModel(explore.fit(cut).parameters(), own.fit(cut).parameters());
    }

    /** By class, where enough is known: 20 purchases at least are expected. */
    private static void rises(TreeMap<Integer, Sum> classes) {
        double before = 0;
        for (Sum one : classes.values()) {
            if (one.expected() >= 20) {
                double share = (double) one.bought() / one.offers();
                assertThat(share).isGreaterThan(before);
                before = share;
            }
        }
        assertThat(before).isPositive();
    }
}

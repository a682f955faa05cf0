package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.backtest.OfferTrial.Figures;
import io.ebbline.backtest.OfferTrial.Protocol;
import io.ebbline.backtest.OfferTrial.Ranking;
import io.ebbline.event.Event;
import io.ebbline.fit.ChangingShop;
import io.ebbline.fit.OrderHistory;
import io.ebbline.model.RankingModel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OfferTrialTest {

    private static final long DAY = 86_400_000;
    private static final int CUSTOMERS = 40;
    private static final int DAYS = 120;
    private static final Protocol PROTOCOL = new Protocol(50 * DAY, 3, 14);

    /** Customers who order every few days; from an instant on another shop's. */
    private static OrderHistory history(long seed, long change, long other) {
        return ChangingShop.history(CUSTOMERS, DAYS, 6, seed, change, other);
    }

    private static List<Ranking> rankings(OrderHistory history, long before) {
        List<Ranking> rankings = new ArrayList<>();
        OfferTrial.of(history, 2, PROTOCOL, rankings::add);
        rankings.removeIf(ranking -> ranking.time() > before);
        return rankings;
    }

    /** Bit for bit, chances too, whatever comes after an instant. */
    @Property(tries = 4)
    void nothingOfTheFutureReachesARanking(@ForAll long seed) {
        long change = 90 * DAY;
        long before = change - 1;
        List<Ranking> known = rankings(history(seed, change, seed + 1_000), before);
        assertThat(known).hasSizeGreaterThan(100);
        assertThat(rankings(history(seed, change, seed + 2_000), before)).isEqualTo(known);
        assertThat(rankings(history(seed, change - 30 * DAY, seed + 2_000), before))
                .isNotEqualTo(known);
    }

    @Example
    void theWeightsAreFittedAnewAsTimeGoesOn() {
        Figures figures = OfferTrial.of(history(7, DAYS * DAY, 0), 2, PROTOCOL);
        assertThat(figures.weights()).hasSize(5).doesNotHaveDuplicates();
        assertThat(figures.weights()).doesNotContain(RankingModel.shipped().explore());
        double expected =
                figures.calibration().stream().mapToDouble(d -> d.expected()).sum();
        int actual = figures.calibration().stream().mapToInt(d -> d.actual()).sum();
        // Nothing changes in this shop, so what was fitted holds: some 1,200 purchases, give or take four deviations.
        assertThat((double) actual).isEqualTo(expected, within(4 * Math.sqrt(expected)));
    }

    /**
     * Ten customers buy A and B, then D or E, then A again. A first order, one of what is owned, and lines added later to an order are
     * not counted.
     */
    @Example
    void countsTheOrdersThatHoldSomethingNew() {
        OrderHistory.Builder builder = new OrderHistory.Builder();
        for (int k = 0; k < 10; k++) {
            List<Event> events = new ArrayList<>();
            events.add(ChangingShop.purchase("1", k, "A", "B"));
            events.add(ChangingShop.purchase("2", 10 * DAY + k, k < 7 ? "D" : "E"));
            events.add(ChangingShop.purchase("3", 20 * DAY + k, "A"));
            events.add(ChangingShop.purchase("2", 21 * DAY, "F"));
            builder.add("c" + k, events);
        }
        builder.add(
                "late",
                List.of(ChangingShop.purchase("1", 15 * DAY, "B"), ChangingShop.purchase("2", 16 * DAY, "D", "A")));
        Figures figures = OfferTrial.of(builder.build(), 2, new Protocol(12 * DAY, 1, 28));
        assertThat(figures.orders()).isOne();
        assertThat(figures.popularity().hr5()).isOne();
        Figures all = OfferTrial.of(builder.build(), 2, new Protocol(0, 1, 28));
        // Nothing but A and B was known when D and E were bought.
        assertThat(all.orders()).isEqualTo(11);
        assertThat(all.popularity().hr5()).isEqualTo(1 / 11., within(1e-12));
        assertThat(all.ranked().hr10()).isEqualTo(1 / 11., within(1e-12));
    }
}

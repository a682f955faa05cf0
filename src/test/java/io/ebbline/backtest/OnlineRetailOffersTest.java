package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.fit.OrderHistory;
import java.time.Instant;
import net.jqwik.api.Example;

class OnlineRetailOffersTest {

    /** The last three months of UCI Online Retail, ticks of a week; the bar and the baselines are those of the study before. */
    @Example
    void firstPurchasesAreForetoldBetterThanByPopularity() {
        History history = HistoryFormat.ONLINE_RETAIL.read(RealData.file("online_retail/online_retail.csv.gz"), null);
        OrderHistory.Builder builder = new OrderHistory.Builder();
        CustomerEvents.of(history.records(), history.currency())
                .forEach(customer -> builder.add(customer.customer(), customer.events()));
        long from = Instant.parse("2011-09-09T12:50:00Z").toEpochMilli();
        OfferTrial.Figures figures = OfferTrial.of(builder.build(), 2, new OfferTrial.Protocol(from, 7, 28));
        assertThat(figures.popularity().hr5()).isEqualTo(.226, within(.002));
        assertThat(figures.popularity().hr10()).isEqualTo(.332, within(.004));
        // The study kept 50 products a list; more, and what a row drops, move it a little.
        assertThat(figures.linear().hr5()).isEqualTo(.299, within(.008));
        assertThat(figures.ranked().hr5()).isGreaterThanOrEqualTo(.33);
        assertThat(figures.ranked().hr10()).isGreaterThanOrEqualTo(.455);
    }
}

package io.ebbline.offer;

import io.ebbline.profile.Basket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is counted of products, in memory: for backtests and fits. The stream counts with the same classes. Mutable, for one thread. */
public final class Affinities {

    private final BasketCounts counts = new BasketCounts();
    private final Map<String, RowDelta> rowDeltas = new HashMap<>();
    private MarketDelta marketDelta = new MarketDelta();
    private final Map<String, AffinityRow> rows = new HashMap<>();
    private final MarketCounts marketCounts = new MarketCounts();
    private final Market market;

    /**
     * Nothing is counted yet.
     *
     * @param minorDigits decimals of the currency, 0 to 4
     */
    public Affinities(int minorDigits) {
        market = Market.empty(minorDigits);
    }

    /** Counts an order of the open tick, or what was added to one. */
    public void add(Basket basket) {
        counts.add(basket);
        if (counts.isFull()) {
            drain();
        }
    }

    /** What is counted of the open tick beside the orders: feedback. */
    public MarketDelta open() {
        return marketDelta;
    }

    /** Ends a tick: from here on {@link #market} is as of it. Ticks in which nothing happened may be left out. */
    public void endTick(int tick) {
        drain();
        market.apply(marketCounts.fold(tick, marketDelta));
        marketDelta = new MarketDelta();
        List<ListUpdate> news = new ArrayList<>();
        rowDeltas.forEach((sku, delta) -> {
            ListUpdate update = rows.computeIfAbsent(sku, AffinityRow::new).fold(tick, delta, market);
            if (update != null) {
                news.add(update);
            }
        });
        news.forEach(market::apply);
        rowDeltas.clear();
    }

    private void drain() {
        MarketDelta open = marketDelta;
        counts.drain(delta -> rowDeltas.merge(delta.sku(), delta, RowDelta::plus), open::merge);
    }

    /** What is known, as of the last tick that ended; the same object always. */
    public Market market() {
        return market;
    }

    /** The row of each product. */
    public Map<String, AffinityRow> rows() {
        return rows;
    }
}

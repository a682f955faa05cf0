package io.ebbline.backtest;

import io.ebbline.fit.FitException;
import io.ebbline.fit.OrderHistory;
import io.ebbline.fit.OrderHistory.Order;
import io.ebbline.fit.RankingFit;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RankingModel.Explore;
import io.ebbline.offer.Market;
import io.ebbline.offer.Ranked;
import io.ebbline.offer.Ranker;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How often one of the products ranked best before an order is bought in it for the first time: prequentially, with affinities as of
 * the latest tick before the order, and with weights fitted to the days before it.
 *
 * <p>Looked at are the orders after an instant by customers who had ordered before, and of those the ones that hold a first
 * purchase; the calibration looks at the others too. Beside it stand popularity (half-life 28 days) and the linear formula: popularity
 * plus the excess hazard.
 */
public final class OfferTrial {

    /** Which orders are looked at, and how. */
    public record Protocol(long from, int tickDays, int refitDays) {}

    /** Shares of the orders that held one of the best 5, and of the best 10. */
    public record HitRates(double hr5, double hr10) {}

    /**
     * Products that were given about the same chance.
     *
     * @param count how many
     * @param expected the sum of their chances
     * @param actual how many of them were in the order
     */
    public record Decile(int count, double expected, int actual) {}

    /**
     * What came of it.
     *
     * @param orders that held a first purchase, by customers who had ordered before
     * @param calibration ten parts as large as each other of all ranked among the best 10, from the least likely to the likeliest
     * @param weights that were in use, the first ones first
     */
    public record Figures(
            int orders,
            HitRates ranked,
            HitRates popularity,
            HitRates linear,
            List<Decile> calibration,
            List<Explore> weights) {}

    /** What was ranked before an order, the likeliest first, and how likely. */
    record Ranking(long time, String customer, List<String> skus, List<Double> chances) {}

    private static final int BEST = 10;
    private static final long DAY_MILLIS = 86_400_000;
    private static final Explore POPULARITY = new Explore(0, 1, 0, 0, 0, 0, 0, 0, 0);

    /** ln g + ln(1 + D / g) is the logarithm of g + D. */
    private static final Explore LINEAR = new Explore(0, 1, 0, 1, 0, 0, 0, 0, 0);

    private record Guess(double chance, boolean bought) {}

    private static final class Hits {
        private int first;
        private int all;

        void add(List<Ranked> best, Market market, Set<String> fresh) {
            for (int k = 0; k < best.size(); k++) {
                if (fresh.contains(market.sku(best.get(k).item()))) {
                    first += k < BEST / 2 ? 1 : 0;
                    all++;
                    return;
                }
            }
        }

        HitRates of(int orders) {
            return new HitRates(first / (double) orders, all / (double) orders);
        }
    }

    private final Protocol protocol;
    private final Consumer<Ranking> told;
    private final Ranker ranker = new Ranker();
    private final RankingFit fit = new RankingFit();
    private final Hits ranked = new Hits();
    private final Hits popularity = new Hits();
    private final Hits linear = new Hits();
    private final List<Guess> guesses = new ArrayList<>();
    private final List<Explore> weights = new ArrayList<>();
    private Explore inUse = RankingModel.shipped().explore();
    private long nextFit;
    private int orders;

    private OfferTrial(Protocol protocol, Consumer<Ranking> told) {
        this.protocol = protocol;
        this.told = told;
        this.nextFit = protocol.from();
    }

    /** Measures. */
    public static Figures of(OrderHistory history, int minorDigits, Protocol protocol) {
        return of(history, minorDigits, protocol, ranking -> {});
    }

    /**
     * Measures.
     *
     * @param told hears of each ranking
     */
    static Figures of(OrderHistory history, int minorDigits, Protocol protocol, Consumer<Ranking> told) {
        OfferTrial trial = new OfferTrial(protocol, told);
        history.walk(minorDigits, protocol.tickDays(), trial::before);
        return trial.figures();
    }

    private void before(Order order, Shelf shelf, Market market) {
        boolean known = order.begins() && !shelf.items().isEmpty();
        if (known && order.time() >= protocol.from()) {
            fit(order.time());
            measure(order, shelf, market);
        }
        if (order.time() >= protocol.from() - RankingFit.DAYS * DAY_MILLIS) {
            fit.add(order, shelf, market);
        }
    }

    private void fit(long time) {
        while (nextFit <= time) {
            try {
                inUse = fit.fit(nextFit).parameters();
            } catch (FitException e) {
                // Too little is known as yet: the weights in use stay.
            }
            weights.add(inUse);
            nextFit += protocol.refitDays() * DAY_MILLIS;
        }
    }

    private void measure(Order order, Shelf shelf, Market market) {
        Set<String> fresh = order.skus();
        fresh.removeIf(sku -> shelf.get(sku) != null);
        List<Ranked> best = best(shelf, market, inUse);
        told.accept(new Ranking(
                order.time(),
                order.customer(),
                best.stream().map(one -> market.sku(one.item())).toList(),
                best.stream().map(one -> one.chance(inUse)).toList()));
        for (Ranked one : best) {
            guesses.add(new Guess(one.chance(inUse), fresh.contains(market.sku(one.item()))));
        }
        if (!fresh.isEmpty()) {
            orders++;
            ranked.add(best, market, fresh);
            popularity.add(best(shelf, market, POPULARITY), market, fresh);
            linear.add(best(shelf, market, LINEAR), market, fresh);
        }
    }

    private List<Ranked> best(Shelf shelf, Market market, Explore explore) {
        return ranker.best(shelf, market, explore, sku -> false, BEST);
    }

    private Figures figures() {
        return new Figures(
                orders, ranked.of(orders), popularity.of(orders), linear.of(orders), deciles(), List.copyOf(weights));
    }

    private List<Decile> deciles() {
        guesses.sort(Comparator.comparingDouble(Guess::chance));
        List<Decile> deciles = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            List<Guess> part = guesses.subList(
                    (int) ((long) guesses.size() * k / 10), (int) ((long) guesses.size() * (k + 1) / 10));
            deciles.add(new Decile(
                    part.size(), part.stream().mapToDouble(Guess::chance).reduce(0, Double::sum), (int)
                            part.stream().filter(Guess::bought).count()));
        }
        return deciles;
    }
}

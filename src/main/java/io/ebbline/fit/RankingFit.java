package io.ebbline.fit;

import io.ebbline.event.Hash64;
import io.ebbline.fit.Logistic.Row;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RankingModel.Explore;
import io.ebbline.offer.Appetite;
import io.ebbline.offer.Market;
import io.ebbline.offer.Ranked;
import io.ebbline.offer.Ranker;
import io.ebbline.profile.Shelf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The weights by which first purchases are ranked, from orders that have come, each ranked as it was before it: logistic regression
 * over the likeliest products of each order. Mutable, for one thread.
 *
 * <p>The slopes are those that tell what an order holds for the first time from what it does not; an order weighs as the root of
 * what is new in it, so that a few resellers' orders do not decide. Then level and scale are fitted to all orders alike, so that the
 * chances are calibrated; by how many products the customer buys and how many orders they have begun, too. Of the many products that an order does not hold
 * a part is taken by hash, and weighs for the others.
 */
public final class RankingFit {

    /** How many days of orders are fitted to. */
    public static final int DAYS = 91;

    /** How many of the likeliest products of an order are looked at. */
    private static final int CANDIDATES = 150;

    /** One in so many of the products that an order does not hold. */
    private static final int SHARE = 7;

    private static final long DAY_MILLIS = 86_400_000;
    private static final int LEAST_YES = 200;
    private static final boolean[] RISING = {true, false, true, true, true, false};
    private static final boolean[] CALIBRATED = {true, false, false};

    private record Case(long time, Ranked ranked, boolean yes, double weight, int fresh) {}

    private final Ranker ranker = new Ranker();
    private final Deque<Case> cases = new ArrayDeque<>();

    /** Takes an order into account, whose customer has ordered before; of others nothing is learnt. */
    public void add(OrderHistory.Order order, Shelf shelf, Market market) {
        if (!order.begins() || shelf.items().isEmpty()) {
            return;
        }
        Set<String> skus = order.skus();
        skus.removeIf(sku -> shelf.get(sku) != null);
        long seed = Hash64.of(order.customer(), order.purchase().id());
        for (Ranked ranked : ranker.best(shelf, market, RankingModel.shipped().explore(), sku -> false, CANDIDATES)) {
            String sku = market.sku(ranked.item());
            boolean yes = skus.contains(sku);
            if (yes || Math.floorMod(seed ^ Hash64.of(sku), SHARE) == 0) {
                cases.add(new Case(order.time(), ranked, yes, yes ? 1 : SHARE, skus.size()));
            }
        }
    }

    /**
     * The weights as of an instant, from the {@value #DAYS} days before it. What is older is forgotten.
     *
     * @param until milliseconds since the epoch; never falls
     * @throws FitException when too little is known
     */
    public Fitted<Explore> fit(long until) {
        while (!cases.isEmpty() && cases.getFirst().time < until - DAYS * DAY_MILLIS) {
            cases.removeFirst();
        }
        List<Row> rows = new ArrayList<>();
        int yes = 0;
        for (Case one : cases) {
            if (one.fresh > 0 && one.time < until) {
                Ranked x = one.ranked;
                double[] terms = {x.popularity(), x.trend(), x.later(), x.together(), x.category(), x.price()};
                rows.add(new Row(terms, one.yes, 0, one.weight / StrictMath.sqrt(one.fresh)));
                yes += one.yes ? 1 : 0;
            }
        }
        if (yes < LEAST_YES) {
            throw new FitException("Only " + yes + " first purchases of likely products are known of " + DAYS
                    + " days, less than " + LEAST_YES + ": keep the weights in use, or fit to a longer history.");
        }
        double[] w = Logistic.fit(rows, RISING).slopes();
        return calibrated(new Explore(0, w[0], w[1], w[2], w[3], w[4], w[5], 0, 0), until, yes);
    }

    private Fitted<Explore> calibrated(Explore weights, long until, int yes) {
        List<Row> rows = new ArrayList<>();
        for (Case one : cases) {
            if (one.time < until) {
                Appetite appetite = one.ranked.appetite();
                double[] terms = {one.ranked.logOdds(weights), appetite.breadth(), appetite.fresh()};
                rows.add(new Row(terms, one.yes, 0, one.weight));
            }
        }
        Logistic.Fit fit = Logistic.fit(rows, CALIBRATED);
        double scale = fit.slopes()[0];
        if (scale <= 0) {
            throw new FitException(
                    "First purchases follow nothing that is known of products: keep the weights in use.");
        }
        Explore scaled = new Explore(
                fit.intercepts()[0],
                scale * weights.popularity(),
                scale * weights.trend(),
                scale * weights.later(),
                scale * weights.together(),
                scale * weights.category(),
                scale * weights.price(),
                fit.slopes()[1],
                fit.slopes()[2]);
        return new Fitted<>(
                scaled, fit.logLikelihood(rows), yes, "First purchases of " + DAYS + " days, as ranked before each.");
    }
}

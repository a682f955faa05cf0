package io.ebbline.fit;

import io.ebbline.event.Hash64;
import io.ebbline.fit.Logistic.Row;
import io.ebbline.model.RankingModel.Own;
import io.ebbline.offer.Market;
import io.ebbline.offer.OwnTerms;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights by which repeated purchases are ranked, from orders that have come, each looked at as it was before it: logistic
 * regression over what the customer of each order owned. Mutable, for one thread.
 *
 * <p>The slopes are those that tell what an order holds again from what it does not. An order weighs as the root of what it
 * holds, and every customer alike, so that neither big orders nor frequent ones decide. Then level and scale are fitted to all
 * orders alike, so that the chances are calibrated. Of the many products that an order does not hold a part is taken by hash, and
 * weighs for the others.
 */
public final class OwnFit {

    /** One in so many of the products that an order does not hold. */
    private static final int SHARE = 7;

    private static final long DAY_MILLIS = 86_400_000;
    private static final int LEAST_YES = 200;
    private static final boolean[] RISING = {true, true, false, true, false, true, false, true};
    private static final boolean[] CALIBRATED = {true, false};

    private record Case(String customer, long time, double[] terms, boolean yes, int products) {

        double sampled() {
            return yes ? 1 : SHARE;
        }
    }

    private final Deque<Case> cases = new ArrayDeque<>();

    /** Takes an order into account, whose customer has ordered before; of others nothing is learnt. */
    public void add(OrderHistory.Order order, Shelf shelf, Market market) {
        if (!order.begins() || shelf.items().isEmpty()) {
            return;
        }
        Set<String> skus = order.skus();
        long seed = Hash64.of(order.customer(), order.purchase().id());
        OwnTerms terms = new OwnTerms(shelf, market, order.time());
        for (Owned owned : shelf.items()) {
            boolean yes = skus.contains(owned.sku());
            if (yes || Math.floorMod(seed ^ Hash64.of(owned.sku()), SHARE) == 0) {
                cases.add(new Case(order.customer(), order.time(), terms.of(owned), yes, skus.size()));
            }
        }
    }

    /**
     * The weights as of an instant, from the {@value RankingFit#DAYS} days before it. What is older is forgotten.
     *
     * @param until milliseconds since the epoch; never falls
     * @throws FitException when too little is known
     */
    public Fitted<Own> fit(long until) {
        while (!cases.isEmpty() && cases.getFirst().time < until - RankingFit.DAYS * DAY_MILLIS) {
            cases.removeFirst();
        }
        List<Case> known = cases.stream().filter(one -> one.time < until).toList();
        long yes = known.stream().filter(Case::yes).count();
        if (yes < LEAST_YES) {
            throw new FitException("Only " + yes + " repeated purchases are known of " + RankingFit.DAYS
                    + " days, less than " + LEAST_YES + ": keep the weights in use, or fit to a longer history.");
        }
        double[] w = Logistic.fit(weighted(known, yes), RISING).slopes();
        return calibrated(new Own(0, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]), known, yes);
    }

    private static List<Row> weighted(List<Case> known, long yes) {
        Map<String, Double> ofCustomer = new HashMap<>();
        known.forEach(one -> ofCustomer.merge(one.customer, one.sampled(), Double::sum));
        double[] weights = known.stream()
                .mapToDouble(one ->
                        one.sampled() / StrictMath.sqrt(one.products) / ofCustomer.getOrDefault(one.customer, 1.0))
                .toArray();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += known.get(i).yes ? weights[i] : 0;
        }
        List<Row> rows = new ArrayList<>(weights.length);
        for (int i = 0; i < weights.length; i++) {
            rows.add(new Row(known.get(i).terms, known.get(i).yes, 0, weights[i] * yes / sum));
        }
        return rows;
    }

    private static Fitted<Own> calibrated(Own weights, List<Case> known, long yes) {
        List<Row> rows = known.stream()
                .map(one -> new Row(
                        new double[] {OwnTerms.logOdds(one.terms, weights), one.terms[4]}, one.yes, 0, one.sampled()))
                .toList();
        Logistic.Fit fit = Logistic.fit(rows, CALIBRATED);
        double scale = fit.slopes()[0];
        if (scale <= 0) {
            throw new FitException(
                    "Repeated purchases follow nothing that is known of products: keep the weights in use.");
        }
        return new Fitted<>(
                new Own(
                        fit.intercepts()[0],
                        scale * weights.count(),
                        scale * weights.popularity(),
                        scale * weights.trend(),
                        scale * weights.repeatRate(),
                        scale * weights.orders() + fit.slopes()[1],
                        scale * weights.later(),
                        scale * weights.spend(),
                        scale * weights.due()),
                Double.NaN,
                yes,
                "Repeated purchases of " + RankingFit.DAYS + " days, as ranked before each.");
    }
}

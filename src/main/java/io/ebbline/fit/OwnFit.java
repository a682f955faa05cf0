package io.ebbline.fit;

import io.ebbline.event.Hash64;
import io.ebbline.model.RankingModel;
import io.ebbline.offer.Market;
import io.ebbline.offer.OwnTerms;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fits the weights of repeated purchases to what became of the products that customers owned, order by order: a logistic regression
 * with a ridge. It is told of each order before the order is counted anywhere, so that a term never knows what it explains.
 *
 * <p>Every customer counts alike, however many orders they have, and of a product that was not bought one in seven stands for
 * all: which ones is a matter of a hash, the same in every run. An order of many products says less of each of them: it counts by
 * one over the square root of their number.
 */
public final class OwnFit {

    /** One product not bought in so many is looked at. */
    private static final int SAMPLE = 7;

    /** Fewer repeats than this say nothing of eight weights. */
    private static final int ENOUGH = 200;

    private static final boolean[] RISING = {true, true, false, true, false, true, false, true};

    private record Seen(String customer, long time, double[] terms, boolean bought, double weight) {}

    private List<Seen> rows = new ArrayList<>();
    private final Map<String, List<Long>> orders = new HashMap<>();

    /**
     * Takes an order.
     *
     * @param customer whose
     * @param time when, milliseconds since the epoch; never falls
     * @param shelf what they owned before it
     * @param market what was known before it
     * @param basket what it holds, skus
     */
    public void add(String customer, long time, Shelf shelf, Market market, Set<String> basket) {
        OwnTerms terms = new OwnTerms(shelf, market, time);
        double weight = 1 / StrictMath.sqrt(Math.max(1, basket.size()));
        for (Owned owned : shelf.items()) {
            boolean bought = basket.contains(owned.sku());
            if (bought || Math.floorMod(Hash64.of(customer + time, owned.sku()), SAMPLE) == 0) {
                rows.add(new Seen(customer, time, terms.of(owned), bought, bought ? weight : weight * SAMPLE));
            }
        }
        orders.computeIfAbsent(customer, name -> new ArrayList<>()).add(time);
    }

    /** Forgets what came before an instant, milliseconds since the epoch. */
    public void forgetBefore(long instant) {
        rows = new ArrayList<>(rows.stream().filter(row -> row.time >= instant).toList());
        orders.values().forEach(times -> times.removeIf(time -> time < instant));
    }

    /**
     * The weights that suit what it was told best.
     *
     * @param otherwise what to keep where that is too little
     */
    public RankingModel.Own fit(RankingModel.Own otherwise) {
        long repeats = rows.stream().filter(Seen::bought).count();
        if (repeats < ENOUGH) {
            return otherwise;
        }
        double sum = 0;
        for (Seen row : rows) {
            sum += row.bought ? weight(row) : 0;
        }
        double scale = repeats / sum;
        List<Logistic.Row> weighted = rows.stream()
                .map(row -> new Logistic.Row(row.terms, row.bought, 0, scale * weight(row)))
                .toList();
        double[] w = Logistic.line(weighted, RISING);
        return new RankingModel.Own(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8]);
    }

    private double weight(Seen row) {
        return row.weight / orders.getOrDefault(row.customer, List.of(row.time)).size();
    }
}

package io.ebbline.backtest;

import io.ebbline.connector.feed.Affinity;
import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.Links;
import io.ebbline.offer.Market;
import io.ebbline.profile.Basket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lists of products that follow others against the affinities that were planted in a simulated shop. The engine itself says
 * what is in the orders, and the classes that count in the stream count.
 *
 * <p>Customers of such a shop have tastes, so products of one category follow each other whether planted or not. What is looked at
 * is what a list holds beyond that: by how much a product's chance exceeds what the two categories explain.
 */
public final class PlantedTrial {

    /** How far down a list a planted product is looked for. */
    public static final int TOP = 5;

    private final Replay replay;
    private final TreeMap<Integer, List<Basket>> baskets = new TreeMap<>();

    /**
     * What was found at the end of the history.
     *
     * @param planted pairs of products, the second of which is likelier to be bought after the first
     * @param found those of them whose second product is among the first {@value #TOP} of the list of the first
     * @param above pairs that were not planted, of products of different categories, that stand in a list above a product that was
     * @param listed pairs of products of different categories that were not planted and stand among the first {@value #TOP}
     */
    public record Figures(int planted, int found, int above, int listed) {

        /** The share of planted pairs that were found. */
        public double share() {
            return (double) found / planted;
        }

        /** Puts them by key. */
        public void put(Metrics metrics) {
            metrics.put(Metrics.OFFERS + "planted_top5", share());
            metrics.put(Metrics.OFFERS + "planted_false", above);
            metrics.put(Metrics.OFFERS + "planted_listed", listed);
        }
    }

    private record Pair(String from, String to) {}

    /**
     * A test.
     *
     * @param until end of the history, milliseconds since the epoch
     */
    public PlantedTrial(ScoringModel model, EngineRules rules, long until) {
        this.replay = new Replay(model, rules.withOffers(), until);
    }

    /** Adds a customer. */
    public void add(CustomerEvents customer) {
        replay.play(customer, effect -> {
            if (effect instanceof Effect.Bought bought) {
                baskets.computeIfAbsent(Tick.of(bought.asOf()), tick -> new ArrayList<>())
                        .add(bought.basket());
            }
        });
    }

    /** Counts all orders and looks for the planted pairs. */
    public Figures judge(List<Affinity> planted, int minorDigits) {
        Affinities affinities = new Affinities(minorDigits);
        for (Map.Entry<Integer, List<Basket>> tick : baskets.entrySet()) {
            tick.getValue().forEach(affinities::add);
            affinities.endTick(tick.getKey());
        }
        Set<Pair> pairs = new HashSet<>();
        planted.forEach(pair -> pairs.add(new Pair(pair.from(), pair.to())));
        Market market = affinities.market();
        int found = 0;
        int above = 0;
        int listed = 0;
        for (int item = 0; item < market.size(); item++) {
            List<Integer> list = ofItsOwn(market, item);
            int strangers = 0;
            for (int k = 0; k < list.size(); k++) {
                int to = list.get(k);
                if (pairs.contains(new Pair(market.sku(item), market.sku(to)))) {
                    found += k < TOP ? 1 : 0;
                    above += strangers;
                } else if (!Objects.equals(market.category(item), market.category(to))) {
                    strangers++;
                    listed += k < TOP ? 1 : 0;
                }
            }
        }
        return new Figures(planted.size(), found, above, listed);
    }

    /** What stands in a product's list above what its category explains, the strongest first. */
    private static List<Integer> ofItsOwn(Market market, int item) {
        Links links = market.later(item);
        Map<Integer, Double> excess = new HashMap<>();
        for (int k = 0; k < links.size(); k++) {
            int to = links.items()[k];
            double explained = market.popularity(to) * (market.lift(market.category(item), market.category(to)) - 1);
            if (links.excess()[k] > explained) {
                excess.put(to, links.excess()[k] - explained);
            }
        }
        return excess.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> market.sku(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }
}

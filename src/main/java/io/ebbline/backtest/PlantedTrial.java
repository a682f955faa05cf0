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
import java.util.Set;
import java.util.TreeMap;

/**
 * What products are said to lead on to, against the affinities that were planted in a simulated shop. The engine itself says what
 * is in the orders, and the classes that count in the stream count.
 *
 * <p>Customers of such a shop have tastes, so products of a kind follow each other whether planted or not. Those are no
 * affinities: a list holds only what is bought after a product rather than before it.
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
     * @param chained pairs in a list that were not planted themselves, but whose second product is reached from the first over planted
     *     ones
     * @param strangers pairs in a list, wherever they stand, with nothing planted between them
     */
    public record Figures(int planted, int found, int chained, int strangers) {

        /** The share of planted pairs that were found. */
        public double share() {
            return (double) found / planted;
        }

        /** Puts them by key. */
        public void put(Metrics metrics) {
            metrics.put(Metrics.OFFERS + "planted_pairs", planted);
            metrics.put(Metrics.OFFERS + "planted_top5", share());
            metrics.put(Metrics.OFFERS + "planted_chained", chained);
            metrics.put(Metrics.OFFERS + "planted_false", strangers);
        }
    }

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
        Map<String, Set<String>> targets = new HashMap<>();
        planted.forEach(pair ->
                targets.computeIfAbsent(pair.from(), from -> new HashSet<>()).add(pair.to()));
        Market market = affinities.market();
        int found = 0;
        int chained = 0;
        int strangers = 0;
        for (int item = 0; item < market.size(); item++) {
            Set<String> direct = targets.getOrDefault(market.sku(item), Set.of());
            Set<String> reached = reached(market.sku(item), targets);
            Links list = market.leads(item);
            for (int k = 0; k < list.size(); k++) {
                String to = market.sku(list.items()[k]);
                if (direct.contains(to)) {
                    found += k < TOP ? 1 : 0;
                } else if (reached.contains(to)) {
                    chained++;
                } else {
                    strangers++;
                }
            }
        }
        return new Figures(planted.size(), found, chained, strangers);
    }

    private static Set<String> reached(String from, Map<String, Set<String>> targets) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (String to : targets.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (reached.add(to)) {
                    open.add(to);
                }
            }
        }
        return reached;
    }
}

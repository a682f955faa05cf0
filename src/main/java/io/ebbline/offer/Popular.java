package io.ebbline.offer;

import io.ebbline.model.RankingModel;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is bought most, as far as a customer does not own it: the ranking that needs no evidence. */
public final class Popular implements Candidates {

    @Override
    public List<Candidate> of(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        List<Candidate> candidates = new ArrayList<>();
        for (int item : market.popular(market.size())) {
            String sku = market.sku(item);
            if (candidates.size() < limit && shelf.get(sku) == null && !refused.test(sku)) {
                candidates.add(new Candidate(
                        sku,
                        market.category(item),
                        Kind.POPULAR,
                        market.popularity(item),
                        market.priceMinor(item),
                        List.of()));
            }
        }
        return candidates;
    }
}

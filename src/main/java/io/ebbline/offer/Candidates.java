package io.ebbline.offer;

import io.ebbline.model.RankingModel;
import io.ebbline.profile.Shelf;
import java.util.List;
import java.util.function.Predicate;

/** Finds what a customer may buy next. */
@FunctionalInterface
public interface Candidates {

    /**
     * The likeliest products, the likeliest first.
     *
     * @param asOf milliseconds since the epoch
     * @param refused skus to be left out
     * @param limit products at most
     */
    List<Candidate> of(Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit);
}

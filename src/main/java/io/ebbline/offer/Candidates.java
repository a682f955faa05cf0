package io.ebbline.offer;

import io.ebbline.model.RankingModel;
import io.ebbline.profile.Shelf;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

    /**
     * The likeliest products for a customer who needs something that is owned: what is owned alone, and nothing is asked of what
     * follows it or goes with it, which nobody may have at hand then. Who knows of no difference says the same as ever.
     *
     * @param asOf milliseconds since the epoch
     * @param refused skus to be left out
     * @param limit products at most
     */
    default List<Candidate> needed(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        return of(shelf, market, model, asOf, refused, limit);
    }

    /**
     * Of the likeliest products those that are worth most, in any order; others of them may be there too. Nothing is left out that
     * is worth more than one of them.
     *
     * @param asOf milliseconds since the epoch
     * @param limit likeliest products at most
     * @param n of how many it is asked for sure
     * @return null: ask for all of them, see {@link #of}
     */
    default @Nullable List<Candidate> worthiest(
            Shelf shelf, Market market, RankingModel model, long asOf, int limit, Worth worth, int n) {
        return null;
    }
}

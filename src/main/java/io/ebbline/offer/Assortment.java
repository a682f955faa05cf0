package io.ebbline.offer;

import io.ebbline.model.ModelTimeline;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferTimeline;
import io.ebbline.model.Product;
import io.ebbline.model.RankingModel;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that may be offered: what a customer does not own, and what is used up, by the catalogue of the instant. For one thread; it
 * holds no state of a customer.
 */
public final class Assortment implements Candidates, Needs, Budget {

    private static final Comparator<Candidate> LIKELIEST_FIRST = Comparator.comparingDouble(
                    (Candidate candidate) -> -candidate.chance())
            .thenComparing(Candidate::sku);

    private final ModelTimeline models;
    private final Candidates explore;
    private final Replenish replenish = new Replenish(this::use);
    private OfferTimeline.Entry rules;

    /**
     * All that may be offered.
     *
     * @param models the known versions; may grow while this is in use
     * @param explore ranks what is not owned
     */
    public Assortment(ModelTimeline models, Candidates explore) {
        this.models = models;
        this.explore = explore;
        this.rules = models.offers().at(Long.MIN_VALUE);
    }

    @Override
    public List<Candidate> of(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        rules = models.offers().at(asOf);
        List<Candidate> all = new ArrayList<>(explore.of(shelf, market, model, asOf, refused, limit));
        all.addAll(replenish.of(shelf, market, model, asOf, refused, limit));
        all.sort(LIKELIEST_FIRST);
        return all.size() <= limit ? all : List.copyOf(all.subList(0, limit));
    }

    @Override
    public long at(Shelf shelf, Market market, long asOf) {
        rules = models.offers().at(asOf);
        return replenish.at(shelf, market, asOf);
    }

    @Override
    public boolean isUsedUp(Offer offer, Market market) {
        Long budget = offer.budgetMinor();
        return budget != null && (double) offer.worthMinor() * market.accepted(offer.offerId()) >= budget;
    }

    private Product.Use use(String sku) {
        Product product = rules.product(sku);
        return product == null ? Product.Use.UNKNOWN : product.use();
    }
}

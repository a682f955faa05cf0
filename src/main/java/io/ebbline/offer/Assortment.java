package io.ebbline.offer;

import io.ebbline.model.ModelTimeline;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferTimeline;
import io.ebbline.model.Product;
import io.ebbline.model.RankingModel;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that may be offered: what a customer does not own, and what is used up, by the catalogue of the instant. For one thread; it
 * holds no state of a customer.
 */
public final class Assortment implements Candidates, Needs, Budget {

    /** Log odds from which on chances may be equal though the odds are not. */
    private static final double CERTAIN = 30;

    private final ModelTimeline models;
    private final Ranker explore;
    private final Replenish replenish = new Replenish(this::use);
    private final Shortlist shortlist = new Shortlist();
    private OfferTimeline.Entry rules;

    /**
     * All that may be offered.
     *
     * @param models the known versions; may grow while this is in use
     * @param explore ranks what is not owned
     */
    public Assortment(ModelTimeline models, Ranker explore) {
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
        all.sort(Candidate.LIKELIEST_FIRST);
        return all.size() <= limit ? all : List.copyOf(all.subList(0, limit));
    }

    @Override
    public @Nullable List<Candidate> worthiest(
            Shelf shelf, Market market, RankingModel model, long asOf, int limit, Worth worth, int n) {
        rules = models.offers().at(asOf);
        Holdings held = new Holdings(shelf, market);
        RankingModel.Explore weights = model.explore();
        explore.look(held, market, weights, shortlist);
        // What both are ranked by is log odds but for what is the same for all products that are not owned.
        double apart = Appetite.of(shelf, market).logOdds(weights);
        int owned = shortlist.size();
        List<Candidate> again = new ArrayList<>();
        for (Replenish.Ranked one : replenish.ranked(shelf, held, market, model, asOf, Shelf.RECENT)) {
            again.add(Replenish.candidate(one, shelf, market, asOf));
            shortlist.add(one.item(), one.logOdds() - apart);
        }
        int found = shortlist.worthiest(limit, n, k -> {
            double logOdds = shortlist.score(k) + apart;
            if (logOdds > CERTAIN) {
                return Double.NaN;
            }
            if (k >= owned) {
                return worth.of(again.get(k - owned));
            }
            int item = shortlist.item(k);
            return worth.of(
                    1 / (1 + Roughly.exp(-logOdds)),
                    explore.kind(item, weights),
                    market.sku(item),
                    market.category(item),
                    market.priceMinor(item));
        });
        if (found < 0) {
            return null;
        }
        List<Candidate> worthiest = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            int k = shortlist.best(i);
            worthiest.add(
                    k < owned ? explore.candidate(shortlist.item(k), shelf, market, weights) : again.get(k - owned));
        }
        return worthiest;
    }

    @Override
    public List<Candidate> needed(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        rules = models.offers().at(asOf);
        return replenish.needed(shelf, market, model, asOf, refused, limit);
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

package io.ebbline.offer;

import io.ebbline.model.RankingModel;
import io.ebbline.model.RankingModel.Explore;
import io.ebbline.profile.Shelf;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Ranks what a customer does not own by the chance that it is in the next order: a log-linear mix of how popular it is, how that
 * changes, what the products bought last lead on to and what goes with them. Mutable, for one thread.
 *
 * <p>It looks at whatever follows one of the products bought last or goes with it, and at the {@value #POPULAR} most popular of the
 * others. Of equals the first by sku comes first.
 */
public final class Ranker implements Candidates {

    /** Of how many popular products it thinks without any evidence. */
    static final int POPULAR = 150;

    private final ItemTerms terms = new ItemTerms();
    private final Evidence evidence = new Evidence();
    private final Shortlist shortlist = new Shortlist();
    private double[] ofCategory = {};

    @Override
    public List<Candidate> of(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        List<Candidate> candidates = new ArrayList<>();
        for (Ranked ranked : best(shelf, market, model.explore(), refused, limit)) {
            candidates.add(candidate(ranked, market, model.explore()));
        }
        return candidates;
    }

    /**
     * The likeliest products with their terms, the likeliest first.
     *
     * @param refused skus to be left out
     * @param limit products at most
     */
    public List<Ranked> best(Shelf shelf, Market market, Explore weights, Predicate<String> refused, int limit) {
        look(new Holdings(shelf, market), market, weights, shortlist);
        Appetite appetite = Appetite.of(shelf, market);
        List<Ranked> best = new ArrayList<>(Math.min(limit, shortlist.size()));
        // What is refused is found out of few; where too many of them are, more are looked at.
        for (int wanted = limit; ; wanted *= 2) {
            int sure =
                    shortlist.best(wanted, item -> ranked(item, Appetite.USUAL).score(weights), market);
            for (int k = 0; k < sure && best.size() < limit; k++) {
                int item = shortlist.item(shortlist.best(k));
                if (!refused.test(market.sku(item))) {
                    best.add(ranked(item, appetite));
                }
            }
            if (best.size() == limit || sure == shortlist.size()) {
                return best;
            }
            best.clear();
        }
    }

    /** Looks at a customer: adds what may be ranked, with what it ranks by. */
    void look(Holdings held, Market market, Explore weights, Shortlist to) {
        terms.follow(market);
        evidence.gather(held, market, terms);
        double[] common = terms.common(weights);
        double[] categories = categories(weights);
        to.clear();
        int[] popular = terms.popular();
        int some = Math.min(popular.length, POPULAR + evidence.owned());
        for (int k = 0; k < some; k++) {
            int item = popular[k];
            if (evidence.isNews(item)) {
                to.add(item, common[item] + simple(item, categories, weights));
            }
        }
        for (int at = 0; at < evidence.size(); at++) {
            int item = evidence.item(at);
            double share = terms.share(item);
            double later = evidence.laterAt(at);
            double together = evidence.togetherAt(at);
            to.add(
                    item,
                    common[item]
                            + simple(item, categories, weights)
                            + (later == 0 ? 0 : weights.later() * Roughly.log1p(later / share))
                            + (together == 0 ? 0 : weights.together() * Roughly.log1p(together / share)));
        }
    }

    /** About what the category adds to the score, by category. */
    private double[] categories(Explore weights) {
        int number = terms.categories();
        if (ofCategory.length < number) {
            ofCategory = new double[number];
        }
        for (int category = 0; category < number; category++) {
            ofCategory[category] = weights.category() * Roughly.log(evidence.categoryLift(category, terms));
        }
        return ofCategory;
    }

    /** What needs no logarithm of a product's own. */
    private double simple(int item, double[] categories, Explore weights) {
        int category = terms.category(item);
        return (category < 0 ? 0 : categories[category]) + weights.price() * distance(item);
    }

    // ---- terms

    private Ranked ranked(int item, Appetite appetite) {
        double share = terms.share(item);
        return new Ranked(
                item,
                terms.lnShare(item),
                terms.trend(item),
                log1p(evidence.later(item) / share),
                log1p(evidence.together(item) / share),
                evidence.lnCategoryLift(terms.category(item), terms),
                distance(item),
                appetite);
    }

    private static double log1p(double x) {
        return x == 0 ? 0 : StrictMath.log1p(x);
    }

    private double distance(int item) {
        double distance = Math.abs(terms.lnPrice(item) - evidence.usualLnPrice());
        return Double.isNaN(distance) ? 0 : distance;
    }

    // ---- why

    private record Weighed(double share, Reason reason) {}

    /** One of those that were looked at last. */
    Candidate candidate(int item, Shelf shelf, Market market, Explore weights) {
        return candidate(ranked(item, Appetite.of(shelf, market)), market, weights);
    }

    private Candidate candidate(Ranked ranked, Market market, Explore weights) {
        int item = ranked.item();
        return new Candidate(
                market.sku(item),
                market.category(item),
                kind(ranked, weights),
                ranked.chance(weights),
                market.priceMinor(item),
                () -> reasons(ranked, market, weights));
    }

    /** What one of those that were looked at last would be offered as. */
    Kind kind(int item, Explore weights) {
        return evidence.laterFrom(item) < 0 && evidence.togetherFrom(item) < 0
                ? Kind.POPULAR
                : kind(ranked(item, Appetite.USUAL), weights);
    }

    /** What is neither surely led on to nor surely goes with anything is popular, whatever it ranks by. */
    private Kind kind(Ranked ranked, Explore weights) {
        int with = evidence.togetherFrom(ranked.item());
        double follows = evidence.laterFrom(ranked.item()) < 0 ? 0 : weights.later() * ranked.later();
        double goesWith = with < 0 ? 0 : weights.together() * ranked.together();
        if (follows <= 0 && goesWith <= 0) {
            return Kind.POPULAR;
        }
        return goesWith > follows && evidence.isJustBought(with) ? Kind.BUNDLE : Kind.EXPLORE;
    }

    /** Those that speak for it, the one that moves the chance most first; how popular it is comes last. */
    private List<Reason> reasons(Ranked ranked, Market market, Explore weights) {
        int item = ranked.item();
        List<Weighed> weighed = new ArrayList<>();
        int from = evidence.laterFrom(item);
        if (from >= 0) {
            double lift = 1 + evidence.laterMost(item) / terms.share(item);
            weighed.add(weighed(weights.later() * ranked.later(), ReasonCode.FOLLOWS, lift, market.sku(from)));
        }
        int with = evidence.togetherFrom(item);
        double orders = market.orderShare(item);
        if (with >= 0 && orders > 0) {
            double lift = 1 + evidence.togetherMost(item) / orders;
            weighed.add(weighed(weights.together() * ranked.together(), ReasonCode.GOES_WITH, lift, market.sku(with)));
        }
        int category = evidence.categoryFrom(terms.category(item), terms);
        if (category >= 0) {
            double lift = terms.lifts(category)[terms.category(item)];
            weighed.add(weighed(
                    weights.category() * ranked.category(),
                    ReasonCode.CATEGORY_FOLLOWS,
                    lift,
                    terms.categoryName(category)));
        }
        weighed.sort(Comparator.comparingDouble(Weighed::share).reversed());
        List<Reason> reasons = new ArrayList<>();
        weighed.stream().filter(one -> one.share > 0).forEach(one -> reasons.add(one.reason));
        reasons.add(Reason.of(ReasonCode.POPULAR, market.orderShare(item)));
        return reasons;
    }

    private static Weighed weighed(double share, ReasonCode code, double lift, String label) {
        return new Weighed(share, new Reason(code, lift, Double.NaN, label));
    }
}

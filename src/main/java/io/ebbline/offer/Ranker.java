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

    private static final double LN_2 = StrictMath.log(2);

    /** The logarithm of a mantissa, to base 2, exceeds the mantissa less 1 by less than this. */
    private static final double BULGE = .0861;

    /** Far more than what rounding makes of a sum of terms. */
    private static final double ROUNDING = 1e-6;

    private final ItemTerms terms = new ItemTerms();
    private final Evidence evidence = new Evidence();
    private int[] bestItem = {};
    private double[] bestScore = {};
    private int found;

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
        terms.follow(market);
        evidence.gather(shelf, market, terms);
        if (bestItem.length < limit) {
            bestItem = new int[limit];
            bestScore = new double[limit];
        }
        found = 0;
        // The popular ones first: what comes after them is often seen to be worse without a logarithm.
        for (int item : market.popular(POPULAR + evidence.owned())) {
            if (!evidence.isOwned(item) && !evidence.isMet(item)) {
                offer(item, market, weights, refused, limit);
            }
        }
        for (int k = 0; k < evidence.size(); k++) {
            offer(evidence.item(k), market, weights, refused, limit);
        }
        double breadth = breadth(shelf);
        List<Ranked> best = new ArrayList<>(found);
        for (int k = 0; k < found; k++) {
            best.add(ranked(bestItem[k], breadth));
        }
        return best;
    }

    /** ln of products per order; 0 of who has none. */
    private static double breadth(Shelf shelf) {
        int products = shelf.items().size();
        return products == 0 || shelf.orders() == 0 ? 0 : StrictMath.log(products / (double) shelf.orders());
    }

    // ---- the best of them

    private void offer(int item, Market market, Explore weights, Predicate<String> refused, int limit) {
        boolean full = found == limit;
        if (full && (limit == 0 || ceiling(item, weights) < bestScore[limit - 1])) {
            return;
        }
        double score = ranked(item, 0).score(weights);
        int at = found;
        while (at > 0 && isBefore(item, score, bestItem[at - 1], bestScore[at - 1], market)) {
            at--;
        }
        if (at == limit || refused.test(market.sku(item))) {
            return;
        }
        int moved = (full ? limit - 1 : found) - at;
        System.arraycopy(bestItem, at, bestItem, at + 1, moved);
        System.arraycopy(bestScore, at, bestScore, at + 1, moved);
        bestItem[at] = item;
        bestScore[at] = score;
        found += full ? 0 : 1;
    }

    private static boolean isBefore(int item, double score, int other, double otherScore, Market market) {
        return score > otherScore || (score == otherScore && market.sku(item).compareTo(market.sku(other)) < 0);
    }

    private Ranked ranked(int item, double breadth) {
        double share = terms.share(item);
        return new Ranked(
                item,
                terms.lnShare(item),
                terms.trend(item),
                StrictMath.log1p(evidence.later(item) / share),
                StrictMath.log1p(evidence.together(item) / share),
                StrictMath.log(evidence.categoryLift(terms.category(item), terms)),
                distance(item),
                breadth);
    }

    private double distance(int item) {
        double distance = Math.abs(terms.lnPrice(item) - evidence.usualLnPrice());
        return Double.isNaN(distance) ? 0 : distance;
    }

    /** What the score is not above. */
    private double ceiling(int item, Explore weights) {
        double share = terms.share(item);
        return weights.popularity() * terms.lnShare(item)
                + weights.trend() * terms.trend(item)
                + most(weights.later(), 1 + evidence.later(item) / share)
                + most(weights.together(), 1 + evidence.together(item) / share)
                + most(weights.category(), evidence.categoryLift(terms.category(item), terms))
                + weights.price() * distance(item)
                + ROUNDING;
    }

    /** What a weight times the logarithm of a positive number is not above. */
    private static double most(double weight, double x) {
        int exponent = Math.getExponent(x);
        double floor = exponent + x / Math.scalb(1.0, exponent) - 1;
        return weight * LN_2 * (weight > 0 ? floor + BULGE : floor);
    }

    // ---- why

    private record Weighed(double share, Reason reason) {}

    private Candidate candidate(Ranked ranked, Market market, Explore weights) {
        int item = ranked.item();
        double follows = evidence.laterFrom(item) < 0 ? 0 : weights.later() * ranked.later();
        int with = evidence.togetherFrom(item);
        double goesWith = with < 0 ? 0 : weights.together() * ranked.together();
        boolean justBought = with >= 0 && evidence.isJustBought(with);
        return new Candidate(
                market.sku(item),
                market.category(item),
                kind(follows, goesWith, justBought),
                ranked.chance(weights),
                market.priceMinor(item),
                reasons(ranked, market, weights));
    }

    /** What is neither surely led on to nor surely goes with anything is popular, whatever it ranks by. */
    private static Kind kind(double follows, double goesWith, boolean justBought) {
        if (follows <= 0 && goesWith <= 0) {
            return Kind.POPULAR;
        }
        return justBought && goesWith > follows ? Kind.BUNDLE : Kind.EXPLORE;
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

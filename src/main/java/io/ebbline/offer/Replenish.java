package io.ebbline.offer;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.Product;
import io.ebbline.model.RankingModel;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Ranks what a customer owns by the chance that it is in the next order, and says when it is to be expected to be used up.
 *
 * <p>The chance is that of {@link RankingModel.Own}; its terms are those of {@link OwnTerms}. What the shop calls replenishable is, and
 * what it says is needed once is not; where it says nothing, a product is that the customer has bought again, or that is
 * bought again at least half as often as products are on the whole. What came back is left out.
 */
public final class Replenish implements Candidates, Needs {

    private static final double SHARE_OF_MEAN = .5;

    /** Orders that make a rhythm whose next beat is worth to wake up for: it takes two gaps to see that they are alike. */
    static final int RHYTHM_ORDERS = 3;

    private static final double DAY_MILLIS = 86_400_000;

    private final Function<String, Product.Use> use;

    /** A product that is replenishable, and the log odds that it is in the next order. */
    record Ranked(Owned owned, int item, double logOdds) {

        double chance() {
            return 1 / (1 + StrictMath.exp(-logOdds));
        }
    }

    /** Goes by what purchases say alone. */
    public Replenish() {
        this(sku -> Product.Use.UNKNOWN);
    }

    /**
     * Goes by the shop's word where there is one.
     *
     * @param use what the shop says of a product, by sku
     */
    public Replenish(Function<String, Product.Use> use) {
        this.use = use;
    }

    @Override
    public List<Candidate> of(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        return best(
                ranked(shelf, new Holdings(shelf, market), market, model, asOf, Shelf.RECENT),
                shelf,
                market,
                asOf,
                refused,
                limit);
    }

    @Override
    public List<Candidate> needed(
            Shelf shelf, Market market, RankingModel model, long asOf, Predicate<String> refused, int limit) {
        return best(
                ranked(shelf, new Holdings(shelf, market), market, model, asOf, 0),
                shelf,
                market,
                asOf,
                refused,
                limit);
    }

    /**
     * All that is replenishable.
     *
     * @param sources of how many products bought last it is asked what follows them
     */
    List<Ranked> ranked(Shelf shelf, Holdings held, Market market, RankingModel model, long asOf, int sources) {
        List<Ranked> ranked = new ArrayList<>(held.size());
        OwnTerms terms = null;
        for (int k = 0; k < held.size(); k++) {
            Owned owned = held.owned(k);
            int item = held.item(k);
            if (isReplenishable(owned, item, market)) {
                // For many nothing is: then nothing need be known of what is owned.
                terms = terms == null ? new OwnTerms(shelf, held, market, asOf, sources) : terms;
                ranked.add(new Ranked(owned, item, terms.logOdds(owned, item, model.own())));
            }
        }
        return ranked;
    }

    private static List<Candidate> best(
            List<Ranked> ranked, Shelf shelf, Market market, long asOf, Predicate<String> refused, int limit) {
        List<Candidate> best = new ArrayList<>(ranked.size());
        for (Ranked one : ranked) {
            if (!refused.test(one.owned.sku())) {
                best.add(candidate(one, shelf, market, asOf));
            }
        }
        best.sort(Candidate.LIKELIEST_FIRST);
        return best.size() <= limit ? best : List.copyOf(best.subList(0, limit));
    }

    /** Whether it is kept, and bought again when it is used up. */
    public boolean isReplenishable(Owned owned, Market market) {
        return isReplenishable(owned, market.index(owned.sku()), market);
    }

    private boolean isReplenishable(Owned owned, int item, Market market) {
        if (owned.returned() != NEVER) {
            return false;
        }
        return switch (use.apply(owned.sku())) {
            case ONCE -> false;
            case REPLENISHABLE -> true;
            case UNKNOWN -> owned.orders() > 1 || isBoughtAgain(market, item);
        };
    }

    private static boolean isBoughtAgain(Market market, int item) {
        double usual = market.repeatRate();
        return usual > 0 && (item < 0 || market.repeatRate(item) >= SHARE_OF_MEAN * usual);
    }

    static Candidate candidate(Ranked ranked, Shelf shelf, Market market, long asOf) {
        Owned owned = ranked.owned;
        int item = ranked.item;
        String category = owned.category();
        return new Candidate(
                owned.sku(),
                category == null && item >= 0 ? market.category(item) : category,
                Kind.REPLENISH,
                ranked.chance(),
                item < 0 ? Double.NaN : market.priceMinor(item),
                () -> reasons(owned, item, shelf, market, asOf));
    }

    private static List<Reason> reasons(Owned owned, int item, Shelf shelf, Market market, long asOf) {
        List<Reason> reasons = new ArrayList<>();
        double gap = OwnTerms.gapMillis(owned);
        if (gap > 0) {
            reasons.add(new Reason(ReasonCode.USED_UP, (asOf - owned.last()) / DAY_MILLIS, gap / DAY_MILLIS));
        }
        reasons.add(new Reason(ReasonCode.OWN_ORDERS, owned.orders(), shelf.orders()));
        if (item >= 0) {
            reasons.add(new Reason(ReasonCode.BOUGHT_AGAIN, market.repeatRate(item), market.repeatRate()));
        }
        return reasons;
    }

    // ---- when

    /**
     * When a product is to be expected to be used up: its mean gap after it was last bought.
     *
     * @return milliseconds since the epoch, rounded up; {@link io.ebbline.profile.Profile#NO_DEADLINE}: it was bought once
     */
    public static long needAt(Owned owned) {
        double gap = OwnTerms.gapMillis(owned);
        return gap > 0 ? owned.last() + (long) StrictMath.ceil(gap) : NO_DEADLINE;
    }

    @Override
    public long at(Shelf shelf, Market market, long asOf) {
        long next = NO_DEADLINE;
        if (!shelf.hasBoughtAgain()) {
            return next; // Nothing has a gap yet.
        }
        for (Owned owned : shelf.items()) {
            long need = needAt(owned);
            if (need > asOf && need < next && hasRhythm(owned) && isReplenishable(owned, market)) {
                next = need;
            }
        }
        return next;
    }

    private boolean hasRhythm(Owned owned) {
        return owned.orders() >= RHYTHM_ORDERS || use.apply(owned.sku()) == Product.Use.REPLENISHABLE;
    }
}

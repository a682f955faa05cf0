package io.ebbline.offer;

import io.ebbline.model.RankingModel.Own;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;

/** What is weighed of the products that a customer owns, at an instant. */
public final class OwnTerms {

    /** A share is at least this. */
    private static final double LEAST = 1e-4;

    private static final double DAY_MILLIS = 86_400_000;
    private static final double MOST_SPEND = 4;
    private static final double LEAST_DUE = -4;

    private final Shelf shelf;
    private final Market market;
    private final long asOf;
    private final double usualSpend;
    private final double lnOrders;
    private final ItemSums excess;

    /**
     * The terms of a customer.
     *
     * @param asOf milliseconds since the epoch
     */
    public OwnTerms(Shelf shelf, Market market, long asOf) {
        this(shelf, new Holdings(shelf, market), market, asOf, Shelf.RECENT);
    }

    /**
     * The terms of a customer.
     *
     * @param asOf milliseconds since the epoch
     * @param sources of how many products bought last it is asked what follows them: where it is none, the market's lists are left
     *     alone
     */
    OwnTerms(Shelf shelf, Holdings held, Market market, long asOf, int sources) {
        this.shelf = shelf;
        this.market = market;
        this.asOf = asOf;
        this.lnOrders = StrictMath.log((double) Math.max(1, shelf.orders()));
        double sum = 0;
        excess = new ItemSums(held.size());
        for (int i = 0; i < held.size(); i++) {
            sum += lnSpend(held.owned(i));
            if (held.item(i) >= 0) {
                excess.watch(held.item(i));
            }
        }
        usualSpend = held.size() == 0 ? 0 : sum / held.size();
        int first = Math.max(0, held.size() - sources);
        double scale = 1 / StrictMath.sqrt(Math.max(1, held.size() - first));
        for (int i = first; i < held.size(); i++) {
            Links links = held.item(i) < 0 ? Links.NONE : market.later(held.item(i));
            int[] items = links.items();
            double[] each = links.excess();
            for (int k = 0; k < items.length; k++) {
                excess.add(items[k], scale, each[k]);
            }
        }
    }

    /** The terms of a product, in the order of {@link Own}, without the intercept. */
    public double[] of(Owned owned) {
        return of(owned, market.index(owned.sku()));
    }

    private double[] of(Owned owned, int item) {
        double g = LEAST + (item < 0 ? 0 : market.popularity(item));
        double late = LEAST + (item < 0 ? 0 : market.popularityFast(item));
        return new double[] {
            StrictMath.log(shelf.faded(owned)),
            StrictMath.log(LEAST + (item < 0 ? 0 : market.orderShare(item))),
            StrictMath.log(late / g),
            StrictMath.log(LEAST + (item < 0 ? market.repeatRate() : market.repeatRate(item))),
            lnOrders,
            StrictMath.log1p(excess.of(item) / g),
            Math.max(-MOST_SPEND, Math.min(MOST_SPEND, lnSpend(owned) - usualSpend)),
            due(owned, asOf)
        };
    }

    /** The chance that a product is in the next order. */
    public double chance(Owned owned, Own weights) {
        return 1 / (1 + StrictMath.exp(-logOdds(of(owned), weights)));
    }

    /** The log odds of that, of a product with its number in the market. */
    double logOdds(Owned owned, int item, Own weights) {
        return logOdds(of(owned, item), weights);
    }

    /** The log odds that these terms make. */
    public static double logOdds(double[] terms, Own weights) {
        return weights.intercept()
                + weights.count() * terms[0]
                + weights.popularity() * terms[1]
                + weights.trend() * terms[2]
                + weights.repeatRate() * terms[3]
                + weights.orders() * terms[4]
                + weights.later() * terms[5]
                + weights.spend() * terms[6]
                + weights.due() * terms[7];
    }

    /** Ln of what is spent on it in an order. Its unit is the same for all products of a shop. */
    private static double lnSpend(Owned owned) {
        return StrictMath.log((double) Math.max(1, owned.kept()) * Math.max(1, owned.unitPrice()) / owned.orders());
    }

    /**
     * The mean gap between purchases of a product, milliseconds; 0: it was not bought at two instants.
     */
    static double gapMillis(Owned owned) {
        return owned.orders() < 2 ? 0 : (double) (owned.last() - owned.first()) / (owned.orders() - 1);
    }

    /**
     * How near it is to the instant of need: minus the square of ln of the time since it was last bought over its mean gap, both a
     * day longer than they are. It rises until then and falls after it, for what is long overdue is no longer bought. From -4 to
     * 0; 0 for what has no gap.
     */
    static double due(Owned owned, long asOf) {
        double gap = gapMillis(owned);
        if (gap <= 0) {
            return 0;
        }
        double ratio = StrictMath.log((Math.max(0, asOf - owned.last()) + DAY_MILLIS) / (gap + DAY_MILLIS));
        return Math.max(LEAST_DUE, -ratio * ratio);
    }
}

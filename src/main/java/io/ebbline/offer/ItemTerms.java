package io.ebbline.offer;

import io.ebbline.model.RankingModel.Explore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ranking asks of products and is the same for every customer, kept from one request to the next while the market stays as it
 * is. By a product's number in the {@link Market}. Mutable, for one thread.
 */
final class ItemTerms {

    /** A product that was bought by nobody of late counts as bought by one order in a hundred thousand. */
    static final double LEAST_SHARE = 1e-5;

    /** A trend, up or down, counts for no more than this. */
    static final double STEEPEST_TREND = 3;

    private static final int NO_CATEGORY = -1;

    private @Nullable Market market;
    private long changes;

    private int size;
    private double[] common = {};
    private @Nullable Explore commonWeights;
    private double[] share = {};
    private double[] lnShare = {};
    private double[] trend = {};
    private double[] lnPrice = {};
    private int[] popular = {};
    private int[] category = {};
    private String[] categories = {};

    /** By category, lift of what its owners buy of each; null: not asked for yet. */
    private double[] @Nullable [] lifts = {};

    /** Takes over what the market says now. */
    void follow(Market now) {
        if (now == market && now.changes() == changes) {
            return;
        }
        market = now;
        changes = now.changes();
        size = now.size();
        commonWeights = null;
        popular = now.popular(size);
        if (share.length < size) {
            int room = size + size / 4;
            share = new double[room];
            lnShare = new double[room];
            trend = new double[room];
            lnPrice = new double[room];
            category = new int[room];
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (int item = 0; item < size; item++) {
            double popularity = Math.max(now.popularity(item), LEAST_SHARE);
            double fast = Math.max(now.popularityFast(item), LEAST_SHARE);
            share[item] = popularity;
            lnShare[item] = StrictMath.log(popularity);
            trend[item] = Math.max(-STEEPEST_TREND, Math.min(STEEPEST_TREND, StrictMath.log(fast) - lnShare[item]));
            double price = now.priceMinor(item);
            lnPrice[item] = price > 0 ? StrictMath.log(price) : Double.NaN;
            String name = now.category(item);
            category[item] = name == null ? NO_CATEGORY : numbers.computeIfAbsent(name, n -> numbers.size());
        }
        categories = new String[numbers.size()];
        numbers.forEach((name, number) -> categories[number] = name);
        lifts = new double[categories.length][];
    }

    /** The part of the score that is the same for every customer, about. */
    double[] common(Explore weights) {
        if (!weights.equals(commonWeights)) {
            if (common.length < share.length) {
                common = new double[share.length];
            }
            for (int item = 0; item < size; item++) {
                common[item] = weights.popularity() * lnShare[item] + weights.trend() * trend[item];
            }
            commonWeights = weights;
        }
        return common;
    }

    /** All that anybody has bought for the first time, the most popular first. */
    int[] popular() {
        return popular;
    }

    /** g, at least {@link #LEAST_SHARE}. */
    double share(int item) {
        return share[item];
    }

    double lnShare(int item) {
        return lnShare[item];
    }

    double trend(int item) {
        return trend[item];
    }

    /** NaN where no price is known. */
    double lnPrice(int item) {
        return lnPrice[item];
    }

    /** Number of its category; below zero: none. */
    int category(int item) {
        return category[item];
    }

    String categoryName(int number) {
        return categories[number];
    }

    /** How many categories there are. */
    int categories() {
        return categories.length;
    }

    /** How many times as often as usual owners of something of a category buy something for the first time, by its category. */
    double[] lifts(int from) {
        double[] row = lifts[from];
        Market now = market;
        if (row == null && now != null) {
            row = Arrays.stream(categories)
                    .mapToDouble(to -> now.lift(categories[from], to))
                    .toArray();
            lifts[from] = row;
        }
        return row == null ? new double[0] : row;
    }
}

package io.ebbline.connector.feed;

import java.util.SplittableRandom;

/** Kinds of customers of the simulated shop. */
public enum ShopSegment {
    /** Every two to six weeks, nearly regularly. */
    REGULAR(32, 14, 42, 4, 0.5),
    /** Every five to twelve days. */
    FREQUENT(14, 5, 12, 3, 0.5),
    /** Every few months, at random. */
    OCCASIONAL(18, 40, 90, 1, 0.3),
    /** Often in two months of the year that lie half a year apart, hardly ever in between. */
    SEASONAL(10, 45, 75, 2, 0.25),
    /** In the months of the sales, with coupons, cheap things. */
    BARGAIN(10, 25, 50, 2, 0.35),
    /** Once. */
    ONE_TIME(10, 0, 0, 0, 0),
    /** Looks and never buys. */
    PROSPECT(6, 0, 0, 0, 0);

    private static final int TOTAL_WEIGHT = 100;

    private final int weight;
    private final double shortest;
    private final double longest;
    private final int regularity;
    private final double breaking;

    ShopSegment(int weight, double shortest, double longest, int regularity, double breaking) {
        this.weight = weight;
        this.shortest = shortest;
        this.longest = longest;
        this.regularity = regularity;
        this.breaking = breaking;
    }

    /** Whether customers of it buy again and again. */
    public boolean hasRhythm() {
        return regularity > 0;
    }

    static ShopSegment draw(SplittableRandom random) {
        int left = random.nextInt(TOTAL_WEIGHT);
        for (ShopSegment segment : values()) {
            left -= segment.weight;
            if (left < 0) {
                return segment;
            }
        }
        throw new AssertionError("The weights add up to " + TOTAL_WEIGHT + ".");
    }

    /** The share of customers, 0 to 1. */
    double share() {
        return (double) weight / TOTAL_WEIGHT;
    }

    /** A customer's own mean gap, days. */
    double drawDays(SplittableRandom random) {
        return shortest + (longest - shortest) * random.nextDouble();
    }

    /** A gap in mean gaps: Erlang distributed with mean 1, the steadier the higher its shape. */
    double drawGap(SplittableRandom random) {
        double product = 1;
        for (int i = 0; i < regularity; i++) {
            product *= 1 - random.nextDouble();
        }
        // StrictMath: the same on every machine.
        return -StrictMath.log(product) / regularity;
    }

    /** The share of customers whose rhythm is to break sooner or later, 0 to 1. */
    double breaking() {
        return breaking;
    }
}

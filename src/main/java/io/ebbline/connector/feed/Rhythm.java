package io.ebbline.connector.feed;

import java.time.Duration;
import java.util.SplittableRandom;

/** How a simulated customer comes back. */
public enum Rhythm {
    /** Every few days, at random. */
    FREQUENT(15, 3, 7),
    /** Every two to five weeks, give or take a fifth. */
    REGULAR(30, 14, 35),
    /** Several times in three weeks, twice a year. */
    SEASONAL(20, 3, 6),
    /** Never again. */
    ONE_TIME(20, 1, 1),
    /** At growing intervals, until they stop. */
    FADING(15, 5, 15);

    /** No further purchase. */
    static final double NEVER = Double.POSITIVE_INFINITY;

    private static final int TOTAL_WEIGHT = 100;
    private static final double HALF_YEAR_DAYS = 182.5;
    private static final double SEASON_DAYS = 21;
    private static final double FADING_FACTOR = 1.6;
    private static final double FADED_DAYS = 120;
    private static final double DAY = Duration.ofDays(1).toMillis();

    private final int weight;
    private final double shortest;
    private final double longest;

    Rhythm(int weight, double shortest, double longest) {
        this.weight = weight;
        this.shortest = shortest;
        this.longest = longest;
    }

    static Rhythm draw(SplittableRandom random) {
        int left = random.nextInt(TOTAL_WEIGHT);
        for (Rhythm rhythm : values()) {
            left -= rhythm.weight;
            if (left < 0) {
                return rhythm;
            }
        }
        throw new AssertionError("The weights add up to " + TOTAL_WEIGHT + ".");
    }

    /** A customer's own mean interval, days. */
    double drawPace(SplittableRandom random) {
        return shortest + (longest - shortest) * random.nextDouble();
    }

    /**
     * Days from a purchase to the next; {@link #NEVER} when there is none.
     *
     * @param purchases how many there were, at least 1
     * @param pace the customer's own mean interval, days
     * @param sinceSeason milliseconds from the beginning of one of the customer's seasons to the last purchase
     */
    double gap(SplittableRandom random, int purchases, double pace, long sinceSeason) {
        double about = 0.8 + 0.4 * random.nextDouble();
        // StrictMath: the same on every machine.
        double memoryless = -pace * StrictMath.log(1 - random.nextDouble());
        return switch (this) {
            case FREQUENT -> memoryless;
            case REGULAR -> pace * about;
            case SEASONAL -> seasonal(memoryless, sinceSeason / DAY % HALF_YEAR_DAYS, about);
            case ONE_TIME -> NEVER;
            case FADING -> {
                double gap = pace * about * StrictMath.pow(FADING_FACTOR, purchases - 1);
                yield gap > FADED_DAYS ? NEVER : gap;
            }
        };
    }

    private static double seasonal(double gap, double intoSeason, double about) {
        return intoSeason + gap < SEASON_DAYS ? gap : HALF_YEAR_DAYS - intoSeason + 5 * about;
    }
}

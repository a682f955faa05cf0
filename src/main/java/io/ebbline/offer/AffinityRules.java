package io.ebbline.offer;

/**
 * The constants of what is counted of products. A tick is a day, and counts fade by ticks.
 *
 * <p>Half-lives, smoothing, recency cap and list size are those that measured best on Online Retail (first purchases of the last
 * three months, one tick a week).
 */
public final class AffinityRules {

    /** Half-life of popularity and of what follows what, ticks. */
    public static final int HALF_LIFE = 28;

    /** Half-life of the popularity of late, ticks. */
    public static final int FAST_HALF_LIFE = 7;

    /** Half-life of what goes with what in one order, of the share of orders that hold a product and of prices, ticks. */
    public static final int TOGETHER_HALF_LIFE = 56;

    /**
     * Half-life of which of two products customers bought first, ticks; even. Long, for that one product leads on to another is seen on
     * few customers, and changes slowly.
     */
    public static final int SEQUENCE_HALF_LIFE = 364;

    /** Half-life of what became of offers, ticks. */
    public static final int FEEDBACK_HALF_LIFE = 28;

    /** m: orders' worth of belief in the prior that a hazard is drawn towards. */
    public static final double SMOOTHING = 20;

    /** Half-life of how many orders come for each that is foretold, ticks. */
    public static final int PACE_HALF_LIFE = 56;

    /** The same of all orders of late. */
    public static final int PACE_OF_LATE_HALF_LIFE = 7;

    /** Orders' worth of belief in what is known of more when it is told how many come for each that is foretold. */
    public static final double PACE_SMOOTHING = 10;

    /** Products' worth of belief that a customer buys as many at a time as others. */
    public static final double BREADTH_SMOOTHING = 1;

    /** m of a category's hazard. A category has far more orders than a product. */
    public static final double CATEGORY_SMOOTHING = 100;

    /** Products in a list at most. */
    public static final int LIST = 50;

    /** Products that a row counts at most after a tick. */
    public static final int CANDIDATES = 500;

    /** Lists are told again when this share of their orders has come since. */
    public static final double NEWS = .05;

    /** Categories between which it is counted what follows what, at most. */
    public static final int CATEGORIES = 128;

    /** Lines of one order that are counted together at most: an order of hundreds says little of any two. */
    public static final int ORDER_LINES = 100;

    /**
     * What a pair's log-likelihood ratio must reach to get into a list: chi-squared with one degree of freedom. Low, for ranking draws
     * weak pairs towards popularity by itself and gains by them. To be told as a reason a pair must be much surer.
     */
    public static final double SIGNIFICANCE = 1;

    /**
     * How many times as often as by chance a product must be bought after another rather than before it to be told as what the other
     * leads on to. Above 1, for what pair counts can't see shifts the balance a little: a third product between the two, fashions, who
     * buys much.
     */
    public static final double SEQUENCE_MARGIN = 1.25;

    /** Pairs of a shop that are told as a reason although they are chance are to be fewer than this, on average. */
    public static final double ERRORS = .5;

    /** Products at most that a row tells another may lead on to. */
    public static final int LEADS = 20;

    /** What the log-likelihood ratio of such a pair must reach. */
    public static final double LEADS_SIGNIFICANCE = 12;

    private AffinityRules() {}
}

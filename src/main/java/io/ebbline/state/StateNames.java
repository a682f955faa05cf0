package io.ebbline.state;

/** Names of states. They are in every savepoint: never change one. */
public final class StateNames {

    /** The packed value of a customer. */
    public static final String CUSTOMER = "customer";

    /** Waiting events beyond those in the packed value. */
    public static final String INBOX_OVERFLOW = "inbox-overflow";

    /** A part of a customer's history, for corrections. */
    public static final String HISTORY_0 = "history-0";

    /** The other part. */
    public static final String HISTORY_1 = "history-1";

    /** Deadlines of customers. */
    public static final String DEADLINES = "deadlines";

    /** Model versions and when each takes effect. */
    public static final String MODELS = "models";

    /** Counts of events by what became of them. */
    public static final String COUNTS = "counts";

    /** How far the control topic had been read, and whether events had begun to be applied. */
    public static final String MODEL_GATE = "model-gate";

    /** What a subtask counted of ticks that are not over. */
    public static final String OPEN_TICKS = "open-ticks";

    /** What all subtasks counted of ticks that are not told. */
    public static final String POPULATION_TICKS = "population-ticks";

    /** All customers in numbers. */
    public static final String POPULATION = "population";

    /** A product and what goes with it. */
    public static final String AFFINITY_ROW = "affinity-row";

    /** Whether all were told of products the sums alone so far, and not the lists. */
    public static final String SUMS_ALONE = "sums-alone";

    /** What all subtasks counted of the market in ticks that are not over. */
    public static final String MARKET_TICKS = "market-ticks";

    /** What is known of the market, where it is counted. */
    public static final String MARKET_COUNTS = "market-counts";

    /** What is known of the market, where offers are made: an entry for each product, list, category and offer. */
    public static final String MARKET = "market";

    /** News of the market from ticks that are not over yet. */
    public static final String MARKET_NEWS = "market-news";

    /** The packed value of a customer to whom offers are made. */
    public static final String RECIPIENT = "recipient";

    /** Deadlines of offers. */
    public static final String OFFER_DEADLINES = "offer-deadlines";

    /** Counts of offers by what became of them. */
    public static final String OFFER_COUNTS = "offer-counts";

    /** What a subtask counted of offers in ticks that are not over. */
    public static final String OFFER_TICKS = "offer-ticks";

    /** What all subtasks counted of offers in ticks that are not told. */
    public static final String OFFER_STATS_TICKS = "offer-stats-ticks";

    /** What became of offers, in numbers. */
    public static final String OFFER_STATS = "offer-stats";

    private StateNames() {}
}

package io.ebbline.operator;

import java.util.List;

/** Names of metrics and of the counters in the final report. A contract with dashboards, alarms and scripts. */
public final class MetricNames {

    /** Name of the scoring operator, part of its metrics' names. */
    public static final String OPERATOR = "customer-scoring";

    /** Gauge: how far the operator has come in event time, milliseconds since the epoch. */
    public static final String WATERMARK = "ebblineWatermark";

    /** Gauge: events read. */
    public static final String READ = "events.read";

    /** Gauge: events applied in order. */
    public static final String APPLIED = "events.applied";

    /** Gauge: events whose id was known. */
    public static final String DUPLICATE = "events.duplicate";

    /** Gauge: events that came too late. */
    public static final String LATE = "events.late";

    /** Gauge: late events that were applied where they belong. */
    public static final String LATE_CORRECTED = "events.lateCorrected";

    /** Gauge: late events whose facts were booked all the same. */
    public static final String LATE_BOOKED = "events.lateBooked";

    /** Gauge: late events that were too old for anything. */
    public static final String LATE_TOO_OLD = "events.lateTooOld";

    /** Gauge: records refused, for any reason but lateness. */
    public static final String REJECTED = "events.rejected";

    /** Gauge: events waiting for the watermark. */
    public static final String WAITING = "events.waiting";

    /** Start of the counters of refused records by reason. */
    public static final String REJECTED_PREFIX = "rejected.";

    /** Gauge: changes of stage or segment told. */
    public static final String TRANSITIONS = "transitions";

    /** Gauge: answers told. */
    public static final String ANSWERS = "answers";

    /** Gauge: churn signals told. */
    public static final String SIGNALS = "signals";

    /** Gauge: events of customers who had been erased, among those refused. */
    public static final String SUPPRESSED = "events.suppressed";

    /** Gauge: customers forgotten on request, among those forgotten. */
    public static final String ERASED = "customers.erased";

    /** Gauge: records that took back what had been told. */
    public static final String CORRECTIONS = "corrections";

    /** Gauge: customers forgotten. */
    public static final String FORGOTTEN = "customers.forgotten";

    /** In the final report: sum of all purchases, minor units. */
    public static final String GROSS_MINOR = "grossMinor";

    /** In the final report: sum of all returns, minor units, as a negative number. */
    public static final String RETURNS_MINOR = "returnsMinor";

    /** Gauge: moves between customers that were made, written or not. */
    public static final String MOVES_SENT = "moves.sent";

    /** Gauge: moves that were read, with those made by other runs; not those beyond the end of the run. */
    public static final String MOVES_READ = "moves.read";

    /**
     * Gauge: moves made and not read back, summed over subtasks; in a subtask that has not come to the end of a run that has one,
     * more than it can be.
     */
    public static final String MOVES_UNDER_WAY = "ebblineMovesUnderWay";

    /** Gauge: control records refused. */
    public static final String MODELS_REFUSED = "models.refused";

    /** Gauge: versions that came after the instant they take effect had been passed, counted by each subtask that had. */
    public static final String MODELS_LATE = "models.late";

    /** Gauge: customers in the cache. */
    public static final String CACHED = "cachedCustomers";

    /** Name of the operator that counts the population, part of its metrics' names. */
    public static final String POPULATION = "population";

    /** Gauge of the population: predictions of an order whose outcome is known. */
    public static final String PREDICTIONS = "predictions.checked";

    /** Gauge of the population: orders that came per order predicted, 1 at best; NaN before the first was checked. */
    public static final String PREDICTIONS_RATIO = "predictions.ratio";

    /** Gauge of the population: mean squared error of the chances predicted; NaN before the first was checked. */
    public static final String PREDICTIONS_BRIER = "predictions.brier";

    /** Name of the operator that makes offers, part of its metrics' names. */
    public static final String OFFER_OPERATOR = "offer-ranking";

    /** Gauge of the offers, and in the final report: lists of offers told. */
    public static final String OFFERS = "offers";

    /** Gauge of the offers: offers withdrawn. */
    public static final String OFFERS_WITHDRAWN = "offers.withdrawn";

    /** Gauge of the offers: requests that a cap on contacts left without an offer. */
    public static final String OFFERS_CAPPED = "offers.capped";

    /** Gauge of the offers: requests of customers in the holdout group. */
    public static final String OFFERS_HELD_OUT = "offers.heldOut";

    /** Gauge of the offers: requests of customers who have not consented. */
    public static final String OFFERS_NO_CONSENT = "offers.noConsent";

    /** Gauge of the offers: requests for which nothing was left to offer. */
    public static final String OFFERS_NOTHING = "offers.nothing";

    /** Name of the operator that counts the market, part of its metrics' names. */
    public static final String MARKET = "market";

    /** Name of the operator that counts what follows what, part of its metrics' names. */
    public static final String AFFINITY = "affinity";

    /** Name of the operator that tells what became of offers, part of its metrics' names. */
    public static final String OFFER_STATS = "offer-stats";

    /** Counter of a sink: signals and offers that a replay has not told since it started or restarted. */
    public static final String HELD_BACK = "ebblineHeldBack";

    /** The counters of offers. */
    static final List<String> OFFER_COUNTERS =
            List.of(OFFERS, OFFERS_WITHDRAWN, OFFERS_CAPPED, OFFERS_HELD_OUT, OFFERS_NO_CONSENT, OFFERS_NOTHING);

    /** The counters that are gauges too. */
    static final List<String> COUNTERS = List.of(
            READ,
            APPLIED,
            DUPLICATE,
            LATE,
            LATE_CORRECTED,
            LATE_BOOKED,
            LATE_TOO_OLD,
            REJECTED,
            WAITING,
            TRANSITIONS,
            ANSWERS,
            SIGNALS,
            CORRECTIONS,
            FORGOTTEN,
            ERASED,
            SUPPRESSED,
            MOVES_SENT,
            MOVES_READ,
            MODELS_REFUSED,
            MODELS_LATE);

    private MetricNames() {}

    /** The name of a counter as a gauge: Flink takes no dots. */
    public static String gauge(String counter) {
        return counter.replace('.', '_');
    }
}

package io.ebbline.score;

/** Why a score or a change is what it is. Codes are put into words where they are shown; docs/scores.md lists them. */
public enum ReasonCode {
    /** Days since the latest kept order, against the age at which the score drops next. */
    DAYS_SINCE_ORDER,
    /** Kept orders, against the count that the next better score exceeds. */
    KEPT_ORDERS,
    /** Net spend in minor units, against the amount that the next better score exceeds. */
    NET_SPEND,
    /** R now, against R before. */
    RECENCY_SCORE,
    /** F now, against F before. */
    FREQUENCY_SCORE,
    /** M now, against M before. */
    MONETARY_SCORE,
    /** The first kept order. */
    FIRST_ORDER,
    /** Days without an order or a visit, against the hiatus. */
    DAYS_OF_SILENCE,
    /** An order after departure: days that the customer had been away. */
    WIN_BACK,
    /** Unknown: no order is kept. */
    NO_ORDER
}

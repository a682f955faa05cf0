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
    NO_ORDER,
    /** Days since the latest kept order, against the customer's usual gap in days. */
    OVERDUE,
    /** Chance of an order within the horizon, against the threshold. */
    LOW_REPURCHASE,
    /** CUSUM of the customer's own rhythm, against its threshold. */
    FREQUENCY_FALL,
    /** Recent spend per long-run spend, against the threshold. */
    SPEND_FALL,
    /** Recent contacts per long-run contacts, against the threshold. */
    ENGAGEMENT_FALL,
    /** Days since a bad sign; the label names it: COMPLAINT, SURVEY, REVIEW, UNSUBSCRIBE or RETURNS. */
    NEGATIVE,
    /** A sign of life in decline: days that the customer had been in decline. */
    WAKE_UP,
    /** Days without any contact, after which the customer is forgotten. */
    FORGOTTEN,
    /** Chance that the customer is still one. */
    P_ALIVE,
    /** Chance of an order within the horizon; the reference is the horizon in days. */
    P_BUY,
    /** Decayed contacts of one type, which the label names. */
    ENGAGEMENT,
    /** Days since a step was reached, which the label names. */
    STEP,
    /** Share of contacts on one channel, which the label names. */
    CHANNEL,
    /** Share of contacts in one hour of the day. */
    HOUR,
    /** Unknown: no contact is known that says it. */
    NO_CONTACT
}

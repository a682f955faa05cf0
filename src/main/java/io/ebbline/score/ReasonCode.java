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
    /** Days since the last order, against the customer's usual gap in days. */
    OVERDUE,
    /** Chance of an order within the model's horizon, 0 to 1, against the threshold. */
    LOW_REPURCHASE,
    /** Evidence (CUSUM) that the customer orders less often than their own rhythm says, against its threshold. */
    FREQUENCY_FALL,
    /** Recent spend per long-run spend, against the ratio below which it counts as a sign. */
    SPEND_FALL,
    /** Recent contacts per long-run contacts, against the ratio below which it counts as a sign. */
    ENGAGEMENT_FALL,
    /** Days since something that speaks against staying; label: COMPLAINT, SURVEY, REVIEW, UNSUBSCRIBE or RETURNS. */
    NEGATIVE,
    /** An order in decline: days that the customer had been in it. */
    WAKE_UP,
    /** The profile is given up: days without any contact. */
    FORGOTTEN,
    /** Chance that the customer is still one, 0 to 1. */
    P_ALIVE,
    /** Chance of an order within a horizon, 0 to 1; the reference is the horizon in days. */
    P_BUY,
    /** Contacts, older ones counting less; label: the type of contact. */
    ENGAGEMENT,
    /** Days since a step was reached; label: the step. */
    STEP,
    /** Share of the contacts, 0 to 1; label: the channel. */
    CHANNEL,
    /** Share of the contacts that fall into an hour of the day, 0 to 1; label: the hour. */
    HOUR,
    /** Unknown: no contact is known. */
    NO_CONTACT
}

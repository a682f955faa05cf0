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
    /** Chance of an order within the horizon, against the threshold of decline. */
    LOW_REPURCHASE,
    /** CUSUM of the customer's own rhythm, against its alarm. */
    FREQUENCY_FALL,
    /** Recent spend per usual spend, against the share that counts as a fall. */
    SPEND_FALL,
    /** Recent contacts per usual contacts, against the share that counts as a fall. */
    ENGAGEMENT_FALL,
    /** Days since a negative event, against the days that it counts; the label says which. */
    NEGATIVE,
    /** An order in decline: days that it had lasted. */
    WAKE_UP,
    /** Days without any event. */
    FORGOTTEN,
    /** Occasions to order after the first: days on which an order began. */
    REPEATS,
    /** Days that the chance of an order looks ahead. */
    HORIZON,
    /** Contacts of a type, decayed; the label says which. */
    ENGAGEMENT,
    /** Days since a step was reached; the label says which. */
    STEP,
    /** Share of the contacts that came by a channel; the label says which. */
    CHANNEL,
    /** Share of the contacts that came in that hour. */
    HOUR,
    /** Unknown: no contact is known. */
    NO_CONTACT,
    /** What was bought of late, decayed, minor units, against the shop's mean order. */
    RECENT_SPEND
}

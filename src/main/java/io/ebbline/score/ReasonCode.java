package io.ebbline.score;

/**
 * Why a score, a change or an offer is what it is. Codes are put into words where they are shown; docs/scores.md lists them, of
 * offers docs/offers.md.
 */
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
    /** Forgotten on request: days since the last event. */
    ERASED,
    /** The id was merged into another, which the label names: days since the last event. */
    MERGED,
    /** Nothing is left, for a merge was undone: days since the last event. */
    UNMERGED,
    /** Occasions to order after the first: days on which an order began. */
    REPEATS,
    /** Days that a prediction looks ahead. */
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
    /** All that was bought, minor units. */
    GROSS_SPEND,
    /** All that came back, minor units, as a positive number. */
    RETURNED,
    /** What was bought of late, minor units: a purchase counts half after 13 weeks. */
    RECENT_SPEND,
    /** Expected occasions to order within the horizon. */
    EXPECTED_ORDERS,
    /** Expected net spend per occasion, minor units. */
    EXPECTED_SPEND,
    /** Predicted lifetime value, minor units. */
    EXPECTED_VALUE,
    /** Discount rate of a year. */
    DISCOUNT_RATE,
    /** Days until the next order is to be expected. */
    EXPECTED_WAIT,
    /** Chance that the customer is still one. */
    ALIVE,
    /** Unknown: ordered on one day only, so nothing is known of the rhythm; days since. */
    ONE_OCCASION,
    /** Net spend per kept order, minor units, against the amount that counts as much above. */
    AVERAGE_ORDER,
    /** What the customer may yet bring, minor units, against the amount that counts as much above. */
    POTENTIAL,
    /** Share of the decayed spend that was on a deal, against the share that counts as dependence above. */
    DEAL_SHARE,
    /** What was taken off where something was, as a share of the price before. */
    DISCOUNT_DEPTH,
    /** Share of the decayed spend that came shortly after the customer took up a campaign. */
    CAMPAIGN_SHARE,
    /** Share of the decayed spend on a category; the label says which. */
    CATEGORY,
    /** Share of the decayed orders that came by a channel; the label says which. */
    ORDER_CHANNEL,
    /** Mean of the decayed answers to surveys and in reviews, 1 to 5. */
    RATING,
    /** Complaints, decayed. */
    COMPLAINTS,
    /** Returns, decayed. */
    RETURNS,
    /** Service contacts, decayed. */
    SERVICE_CONTACTS,
    /** Referrals, decayed. */
    REFERRALS,
    /** Satisfaction, 0 to 100. */
    SATISFACTION,
    /** Trust, 0 to 100. */
    TRUST,
    /** Share of the spend that did not come back. */
    KEPT_SHARE,
    /** Attachment, 0 to 1, against what counts as attached above. */
    ATTACHMENT,
    /** Unknown: one order alone is known. */
    ONE_ORDER,
    /** Unknown: no survey, rated review or complaint is known. */
    NO_SURVEY,
    /** Unknown: of no order it is known whether it was on a deal. */
    NO_DISCOUNT_KNOWN,
    /** Unknown: no order says of which category its goods are. */
    NO_CATEGORY_KNOWN,
    /** Unknown: no order says by which channel it came. */
    NO_CHANNEL_KNOWN,
    /** Unknown: days since the latest kept order, against the days that the look-back window holds. */
    NO_RECENT_ORDER,
    /** How many times as often buyers of a product go on to this one as anybody does; the label names the product. */
    FOLLOWS,
    /** The same of all products of a category; the label names it. */
    CATEGORY_FOLLOWS,
    /** How many times as often this goes into an order with another product as without; the label names it. */
    GOES_WITH,
    /** Share of the shop's orders of late that hold it. */
    POPULAR,
    /** Days since it was last bought, against the usual gap in days. */
    USED_UP,
    /** Orders of the customer that held it. */
    OWN_ORDERS,
    /** Share of its buyers who buy it again. */
    BOUGHT_AGAIN,
    /** Share of those who were shown it and accepted it, of customers who order at the same pace. */
    TAKEN_UP
}

package io.ebbline.profile;

import io.ebbline.event.Touchpoint;

/**
 * The steps of AIDAS, from a message seen to a customer who is glad of it.
 *
 * <table>
 * <caption>What leads to each step</caption>
 * <tr><th>step</th><th>touchpoints</th><th>orders</th></tr>
 * <tr><td>ATTENTION</td><td>IMPRESSION, OPEN, OFFER_SHOWN, OFFER_REJECTED, COMPLAINT, UNSUBSCRIBE, CONSENT, UNKNOWN</td>
 *     <td></td></tr>
 * <tr><td>INTEREST</td><td>VISIT, VIEW, SEARCH, CLICK, SERVICE_CONTACT, and a REVIEW or SURVEY that is not good</td>
 *     <td></td></tr>
 * <tr><td>DESIRE</td><td>CART_ADD, WISH_LIST, COUPON_CLAIMED, OFFER_ACCEPTED</td><td></td></tr>
 * <tr><td>ACTION</td><td></td><td>the first</td></tr>
 * <tr><td>SATISFACTION</td><td>REFERRAL, a good REVIEW or SURVEY</td><td>the second</td></tr>
 * </table>
 *
 * <p>An order counts though it was returned. The order of the constants is part of the state format.
 */
public enum Aidas {
    ATTENTION,
    INTEREST,
    DESIRE,
    ACTION,
    SATISFACTION;

    /**
     * The step that a touchpoint leads to.
     *
     * @param goodFrom a review or survey is good from this value on; one without a value is not
     */
    public static Aidas of(Touchpoint touchpoint, double goodFrom) {
        return switch (touchpoint.type()) {
            case UNKNOWN, IMPRESSION, OPEN, OFFER_SHOWN, OFFER_REJECTED, COMPLAINT, UNSUBSCRIBE, CONSENT -> ATTENTION;
            case VISIT, VIEW, SEARCH, CLICK, SERVICE_CONTACT -> INTEREST;
            case CART_ADD, WISH_LIST, COUPON_CLAIMED, OFFER_ACCEPTED -> DESIRE;
            case REVIEW, SURVEY -> {
                Double value = touchpoint.value();
                yield value != null && value >= goodFrom ? SATISFACTION : INTEREST;
            }
            case REFERRAL -> SATISFACTION;
        };
    }
}

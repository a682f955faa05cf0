package io.ebbline.event;

/** Kinds of contact. The order of the constants is part of the state format: add at the end. */
public enum TouchpointType {
    /** A type that this release does not know. */
    UNKNOWN(false),
    IMPRESSION(false),
    VISIT(true),
    VIEW(true),
    SEARCH(true),
    CLICK(true),
    OPEN(false),
    CART_ADD(true),
    WISH_LIST(true),
    COUPON_CLAIMED(true),
    OFFER_SHOWN(false),
    OFFER_ACCEPTED(true),
    OFFER_REJECTED(false),
    REVIEW(true),
    SURVEY(true),
    COMPLAINT(true),
    REFERRAL(true),
    SERVICE_CONTACT(true),
    UNSUBSCRIBE(false),
    CONSENT(false);

    private final boolean visit;

    TouchpointType(boolean visit) {
        this.visit = visit;
    }

    /** Whether the customer came to the shop by it, on any channel: a visit speaks against departure. */
    public boolean isVisit() {
        return visit;
    }
}

package io.ebbline.event;

/** Kinds of contact. The order of the constants is part of the state format: add at the end. */
public enum TouchpointType {
    /** A type that this release does not know. */
    UNKNOWN(false, false),
    IMPRESSION(false, false),
    VISIT(true, true),
    VIEW(true, true),
    SEARCH(true, true),
    CLICK(true, true),
    OPEN(false, true),
    CART_ADD(true, true),
    WISH_LIST(true, true),
    COUPON_CLAIMED(true, true),
    OFFER_SHOWN(false, false),
    OFFER_ACCEPTED(true, true),
    OFFER_REJECTED(false, false),
    REVIEW(true, true),
    SURVEY(true, true),
    COMPLAINT(true, false),
    REFERRAL(true, true),
    SERVICE_CONTACT(true, false),
    UNSUBSCRIBE(false, false),
    CONSENT(false, false);

    private final boolean visit;
    private final boolean response;

    TouchpointType(boolean visit, boolean response) {
        this.visit = visit;
        this.response = response;
    }

    /** Whether the customer came to the shop by it, on any channel: a visit speaks against departure. */
    public boolean isVisit() {
        return visit;
    }

    /** Whether the customer took up what the shop offers, so that channel and hour say where and when one is heard. */
    public boolean isResponse() {
        return response;
    }
}

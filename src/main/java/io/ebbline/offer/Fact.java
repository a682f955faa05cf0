package io.ebbline.offer;

import io.ebbline.event.Event;
import io.ebbline.profile.Shelf;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a customer, as scoring tells it to who makes offers, in the order in which it was applied.
 *
 * @param asOf when it was applied, milliseconds since the epoch; never falls from one fact of a customer to the next
 * @param event a purchase, a return, or a contact that bears on offers or on consent; null: silence brought it about
 * @param cause what is asked for
 * @param context after it
 * @param shelf what is owned from now on; null: what was owned before, and what the event says
 */
public record Fact(
        long asOf,
        @Nullable Event event,
        Cause cause,
        Context context,
        @Nullable Shelf shelf) {

    /** A fact after which nothing else is owned than its event says. */
    public Fact(long asOf, @Nullable Event event, Cause cause, Context context) {
        this(asOf, event, cause, context, null);
    }

    /** Whether it asks for an offer. */
    public boolean asksForOffer() {
        return cause == Cause.ORDER || cause == Cause.STAGE || cause == Cause.DECLINE;
    }

    /** What a fact asks for. The order is part of the state format: add at the end. */
    public enum Cause {
        /** Nothing: take note. */
        NOTE,
        /** An offer, for an order has begun. */
        ORDER,
        /** An offer, for the lifecycle stage is another. */
        STAGE,
        /** An offer, for the customer begins to slip or has left. */
        DECLINE,
        /** Nothing more: forget the customer. */
        FORGOTTEN,
        /** An offer, for something that the customer owns is used up by now. No fact has it: the desk itself asks. */
        NEED
    }
}

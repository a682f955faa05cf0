package io.ebbline.operator;

import io.ebbline.offer.Fact;

/**
 * A fact and whose it is.
 *
 * @param due when it is judged, milliseconds since the epoch: at its own instant, or when it comes late, once the watermark has
 *     moved on. By then all has come that was sent with it.
 */
public record CustomerFact(String customer, Fact fact, long due) implements ForCustomer {

    /** A fact that is not late. */
    public CustomerFact(String customer, Fact fact) {
        this(customer, fact, fact.asOf());
    }
}

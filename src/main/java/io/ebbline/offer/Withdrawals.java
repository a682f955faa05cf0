package io.ebbline.offer;

import io.ebbline.event.EventIds;
import io.ebbline.offer.OfferEffect.Withdrawn;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Takes back what has been offered. */
final class Withdrawals {

    private final String topic;

    /**
     * Of one topic.
     *
     * @param topic that offers go to, part of their ids
     */
    Withdrawals(String topic) {
        this.topic = topic;
    }

    /** Takes back those of the offers that still stand. */
    void tell(
            String customer,
            OfferBook book,
            Withdrawn.Why why,
            Predicate<OpenOffer> overtaken,
            Consumer<OfferEffect> out) {
        OpenDecision standing = book.standing();
        if (standing == null) {
            return;
        }
        for (OpenOffer offer : standing.offers()) {
            if (overtaken.test(offer) && offer.withdraw()) {
                out.accept(new Withdrawn(
                        EventIds.of(topic, customer, "WITHDRAWN", book.latest(), book.nextOrdinal()),
                        book.latest(),
                        decisionId(customer, standing),
                        offer.offerId(),
                        offer.kind(),
                        why));
            }
        }
    }

    /** Event id of a decision. */
    String decisionId(String customer, OpenDecision decision) {
        return EventIds.of(topic, customer, "DECISION", decision.asOf(), decision.ordinal());
    }
}

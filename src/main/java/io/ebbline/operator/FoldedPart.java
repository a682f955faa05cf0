package io.ebbline.operator;

import io.ebbline.fit.Buyer;
import io.ebbline.fit.Census;
import io.ebbline.fit.Folded;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.BuyerCodec;
import io.ebbline.state.EventCodec;
import java.util.List;

/** A part of a folded history on its way to the client. */
public sealed interface FoldedPart {

    /**
     * A buyer.
     *
     * @param hash of the customer's id
     * @param body by {@code BuyerCodec}
     */
    record Person(long hash, byte[] body) implements FoldedPart {}

    /** What one subtask counted in a tick. */
    record Day(int tick, Census.Day counts) implements FoldedPart {}

    /** What was in the orders of one customer, in the order of time; at least one. */
    record Orders(List<CustomerEvent> purchases) implements FoldedPart {
        public Orders {
            purchases = List.copyOf(purchases);
        }
    }

    /**
     * Who was left out, and is not missed.
     *
     * @param oneOf of a subtask's buyers one of this many was sent
     * @param ordersOneOf and the orders of one of this many
     */
    record Share(long oneOf, long ordersOneOf) implements FoldedPart {}

    /** Puts it where it belongs. */
    default void addTo(Folded.Builder history, ShopClock clock) {
        if (this instanceof Person person) {
            Buyer buyer = BuyerCodec.read(person.body(), clock);
            history.buyer(person.hash(), buyer);
        } else if (this instanceof Day day) {
            history.day(day.tick(), day.counts());
        } else if (this instanceof Share share) {
            history.sampled(share.oneOf(), share.ordersOneOf());
        } else if (this instanceof Orders orders) {
            history.orders(
                    orders.purchases().get(0).customer(),
                    orders.purchases().stream()
                            .map(event -> EventCodec.decode(event.time(), event.body()))
                            .toList());
        }
    }
}

package io.ebbline.operator;

import io.ebbline.fit.Buyer;
import io.ebbline.fit.Census;
import io.ebbline.fit.Folded;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.BuyerCodec;

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

    /** Puts it where it belongs. */
    default void addTo(Folded.Builder history, ShopClock clock) {
        if (this instanceof Person person) {
            Buyer buyer = BuyerCodec.read(person.body(), clock);
            history.buyer(person.hash(), buyer);
        } else if (this instanceof Day day) {
            history.day(day.tick(), day.counts());
        }
    }
}

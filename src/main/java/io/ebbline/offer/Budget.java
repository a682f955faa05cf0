package io.ebbline.offer;

import io.ebbline.model.Offer;

/** Knows what the shop has given away. */
@FunctionalInterface
public interface Budget {

    /** Whether an offer has used up its budget, as of the market's tick. */
    boolean isUsedUp(Offer offer, Market market);
}

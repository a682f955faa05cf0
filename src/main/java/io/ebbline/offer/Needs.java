package io.ebbline.offer;

import io.ebbline.profile.Shelf;

/** Finds when something that a customer owns is used up. */
@FunctionalInterface
public interface Needs {

    /**
     * The first instant after {@code asOf} at which something is to be expected to be used up;
     * {@link io.ebbline.profile.Profile#NO_DEADLINE}: none.
     *
     * @param asOf milliseconds since the epoch
     */
    long at(Shelf shelf, Market market, long asOf);
}

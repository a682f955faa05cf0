package io.ebbline.cli.view;

/**
 * What became of requests for offers so far.
 *
 * @param made lists of offers told
 * @param accepted offers accepted, of those whose time is over
 * @param withdrawn offers withdrawn
 * @param capped requests that a cap on contacts left without one
 * @param heldOut requests of customers in the holdout group
 */
public record OfferTotals(long made, long accepted, long withdrawn, long capped, long heldOut) {

    /** Whether nobody asked for one: without offers the view has no place for them. */
    boolean isEmpty() {
        return made + capped + heldOut == 0;
    }
}

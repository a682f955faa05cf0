package io.ebbline.cli.view;

/**
 * What became of requests for offers so far.
 *
 * @param made lists of offers told
 * @param ended offers whose time is over and of which it is known whether they were taken up
 * @param taken how many of these were
 * @param withdrawn offers withdrawn
 * @param capped requests that a cap on contacts left without one
 * @param heldOut requests of customers in the holdout group
 */
public record OfferTotals(long made, long ended, long taken, long withdrawn, long capped, long heldOut) {

    /** Whether nobody asked for one: without offers the view has no place for them. */
    boolean isEmpty() {
        return made + capped + heldOut == 0;
    }
}

package io.ebbline.operator;

/**
 * Asks for the lists of a product, for a fact that asks for an offer.
 *
 * @param due as of when, milliseconds since the epoch: when the fact is judged
 */
public record ListAsk(String sku, String customer, long due) implements ForProduct {}

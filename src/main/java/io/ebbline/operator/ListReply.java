package io.ebbline.operator;

import io.ebbline.offer.ListUpdate;

/**
 * The lists that were asked for. A product that has none is passed over.
 *
 * @param due as of when, milliseconds since the epoch
 */
public record ListReply(String customer, long due, ListUpdate lists) implements ForCustomer {}

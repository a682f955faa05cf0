package io.ebbline.connector.feed;

/**
 * Who has bought one product is the likelier to buy another for the first time.
 *
 * @param from sku of the one
 * @param to sku of the other
 * @param factor by which the odds of the first purchase are multiplied, above 1
 */
public record Affinity(String from, String to, double factor) {}

package io.ebbline.event;

/**
 * The customer's id is retired: what it has done counts as done by another.
 *
 * @param into the id that stays
 */
public record Merge(String id, long time, String into) implements Request {}

package io.ebbline.event;

/**
 * The customer was merged by mistake, and is one of their own again.
 *
 * @param into the id that the customer was merged into
 */
public record Unmerge(String id, long time, String into) implements Request {}

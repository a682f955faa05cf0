package io.ebbline.event;

/** Forget the customer, and whatever happened to them up to and including this instant. */
public record Erasure(String id, long time) implements Request {}

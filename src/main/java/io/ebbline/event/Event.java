package io.ebbline.event;

/**
 * Something that happened to one customer. The customer is the key that the event travels under, not part of it.
 *
 * <p>Events of one customer have a total order: by time, then request before move before purchase before return before touchpoint,
 * then by id, then by content.
 */
public sealed interface Event permits Request, Move, Purchase, Return, Touchpoint {

    /** Names the event for ever. Unique per customer and topic, else it is a duplicate. */
    String id();

    /** When it happened, milliseconds since the epoch, UTC. */
    long time();
}

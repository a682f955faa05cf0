package io.ebbline.engine;

import io.ebbline.event.Event;

/** A customer's waiting events in their total order. */
public interface Inbox {

    /** Whether nothing waits. */
    boolean isEmpty();

    /** Time of the first event, milliseconds since the epoch. Only when something waits. */
    long nextTime();

    /** Takes the first event out. Only when something waits. */
    Event poll();
}

package io.ebbline.engine;

import io.ebbline.event.Event;
import org.jspecify.annotations.Nullable;

/** A customer's waiting events in their total order. */
public interface Inbox {

    /** Whether nothing waits. */
    boolean isEmpty();

    /** Time of the first event, milliseconds since the epoch. Only when something waits. */
    long nextTime();

    /** Takes the first event out; null: it was refused, and accounted for. Only when something waits. */
    @Nullable
    Event poll();
}

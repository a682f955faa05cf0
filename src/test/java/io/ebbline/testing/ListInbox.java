package io.ebbline.testing;

import io.ebbline.engine.Inbox;
import io.ebbline.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An inbox that sorts a plain list whenever something comes in. */
public final class ListInbox implements Inbox {

    private List<Event> waiting = new ArrayList<>();

    /** An inbox with these events in it. */
    public static ListInbox of(Collection<? extends Event> events) {
        ListInbox inbox = new ListInbox();
        inbox.addAll(events);
        return inbox;
    }

    /** Puts events in. */
    public void addAll(Collection<? extends Event> events) {
        List<Event> all = new ArrayList<>(waiting);
        all.addAll(events);
        waiting = NaiveEngine.sorted(all);
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public long nextTime() {
        return waiting.get(0).time();
    }

    @Override
    public Event poll() {
        return waiting.remove(0);
    }
}

package io.ebbline.engine;

import io.ebbline.engine.Kept.Applied;
import io.ebbline.event.Event;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An inbox of events that are known beforehand, in their order. */
final class Script implements Inbox {

    private final List<Applied> events;
    private final Function<Applied, @Nullable Event> opener;
    private int next;

    Script(List<Applied> events, Function<Applied, @Nullable Event> opener) {
        this.events = events;
        this.opener = opener;
    }

    @Override
    public boolean isEmpty() {
        return next == events.size();
    }

    @Override
    public long nextTime() {
        return events.get(next).time();
    }

    @Override
    public @Nullable Event poll() {
        return opener.apply(events.get(next++));
    }

    /** The one taken out last. */
    Applied last() {
        return events.get(next - 1);
    }
}

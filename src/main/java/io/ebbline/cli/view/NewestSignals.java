package io.ebbline.cli.view;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The newest signals by their own time: partitions are read side by side, so they come in any order. For one thread. */
final class NewestSignals {
    private static final Comparator<Signal> OLDEST_FIRST = Comparator.comparingLong(Signal::time)
            .thenComparing(Signal::customer)
            .thenComparing(Signal::kind);

    private final int limit;
    private final PriorityQueue<Signal> kept = new PriorityQueue<>(OLDEST_FIRST);

    NewestSignals(int limit) {
        this.limit = limit;
    }

    void add(Signal signal) {
        kept.add(signal);
        if (kept.size() > limit) {
            kept.remove();
        }
    }

    /** The newest first. */
    List<Signal> list() {
        return kept.stream().sorted(OLDEST_FIRST.reversed()).toList();
    }
}

package io.ebbline.cli.view;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The newest by their own time: partitions are read side by side, so they come in any order. For one thread. */
final class Newest<T> {
    private final int limit;
    private final Comparator<T> oldestFirst;
    private final PriorityQueue<T> kept;

    Newest(int limit, Comparator<T> oldestFirst) {
        this.limit = limit;
        this.oldestFirst = oldestFirst;
        this.kept = new PriorityQueue<>(oldestFirst);
    }

    void add(T item) {
        kept.add(item);
        if (kept.size() > limit) {
            kept.remove();
        }
    }

    /** The newest first. */
    List<T> list() {
        return kept.stream().sorted(oldestFirst.reversed()).toList();
    }
}
